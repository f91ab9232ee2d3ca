// Tells random characters from words, paths and class names by how letter case and digits change inside a
// segment. Linear, and no list of words.

/** Below this a run of 40 characters is a path: paths score about -25, random secrets about +18. */
export const PATH_SCORE = -12;

/** What a random stretch inside a longer run must score; words glued together stay under 4. */
const ISLAND_SCORE = 5;

/** Log-likelihood of "random" against "words" for a step from one class (row) to the next: lower, upper, digit. */
const STEPS: readonly (readonly number[])[] = [
  [-0.7, 1.66, 0.83],
  [-0.36, 0.1, 2.08],
  [1.43, 1.43, -1.6],
];
/** Paths have many slashes and no plus; base64 has few of either. */
const SLASH_STEP = -2;
const PLUS_STEP = 2.5;

/** Above 0: rather random than words. */
export function randomness(text: string): number {
  let score = 0;
  for (let i = 1; i < text.length; i += 1) score += step(text, i);
  return score;
}

/** Half-open pieces of a run, widened to the slashes around them, that are random whatever stands beside them. */
export function randomIslands(run: string): readonly (readonly [number, number])[] {
  const islands: (readonly [number, number])[] = [];
  let start = 0;
  let score = 0;
  let peak = 0;
  let peakEnd = 0;
  for (let i = 1; i <= run.length; i += 1) {
    score += i < run.length ? step(run, i) : Number.NEGATIVE_INFINITY;
    if (score > peak) {
      peak = score;
      peakEnd = i + 1;
    } else if (score <= 0 || score < peak - 2 * ISLAND_SCORE) {
      if (peak >= ISLAND_SCORE && isMixed(run.slice(start, peakEnd)))
        islands.push(widened(run, start, peakEnd));
      start = i;
      score = 0;
      peak = 0;
    }
  }
  return islands;
}

/** Upper case, lower case and digits: what identifiers of one case and hashes are not. */
function isMixed(text: string): boolean {
  return /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
}

function widened(run: string, start: number, end: number): readonly [number, number] {
  const next = run.indexOf('/', end);
  return [run.lastIndexOf('/', start) + 1, next < 0 ? run.length : next];
}

function step(text: string, i: number): number {
  const code = text.charCodeAt(i);
  if (code === 0x2f) return SLASH_STEP;
  if (code === 0x2b) return PLUS_STEP;
  const from = letterClass(text.charCodeAt(i - 1));
  const to = letterClass(code);
  return from < 0 || to < 0 ? 0 : (STEPS[from]?.[to] ?? 0);
}

function letterClass(code: number): number {
  if (code >= 0x61 && code <= 0x7a) return 0;
  if (code >= 0x41 && code <= 0x5a) return 1;
  return code >= 0x30 && code <= 0x39 ? 2 : -1;
}
