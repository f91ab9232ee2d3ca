// The seed of long properties in the ordinary suites: what CI says of a change must not hang on luck. The heavier suites
// draw theirs, and so does whoever sets OCLOG_SEED to a number of their own.
const FIXED = 20_261_126;

export const SEED = Number(process.env['OCLOG_SEED'] ?? FIXED);

/** For a property that the heavier suite runs, too. */
export function seedFor(numRuns: number): { readonly seed?: number } {
  return numRuns < 1000 ? { seed: SEED } : {};
}
