// How often each byte is to be expected: counted in a sample of the input, and where that says little, as in server logs.
import { kindOf } from './pair-kind.ts';

/** Bytes of an oc.log (several plugins, traces, AWS errors) by the negative binary logarithm of their share. */
const LOG_BYTES: readonly (readonly [exponent: number, bytes: string])[] = [
  [4, ' ae'],
  [5, '-.012cdilnorstu'],
  [6, '3:Svmp'],
  [7, '\n()456789ACEINPRTWbfghjx'],
  [8, '\t,/DFGLMOU[]_kwy"'],
  [9, ';Hqz=B$'],
  [10, "@KV{}<>'&%X"],
  [11, '#Y+*JQZ!?|\\\r'],
];
const RARE = 14;

/** What a sample must outweigh, in bytes. */
const PRIOR_WEIGHT = 2048;

/** What was counted in a part of the input. */
export interface SampleCounts {
  /** Its length. */
  readonly size: number;
  readonly bytes: Uint32Array;
  /** Counts of pairs of bytes at a distance, by their kind; filled anew by each call. */
  pairs(distance: number): Uint32Array;
}

export interface ByteShares {
  /** Of all bytes those that are this one, above 0. */
  readonly single: Float64Array;
  /** Of all places those where two bytes stand at a distance, or a pair of their kind; to be used before the next call. */
  ofPairs(distance: number): (first: number, second: number) => number;
}

export function byteShares(sample: SampleCounts | null): ByteShares {
  const total = PRIOR_WEIGHT + (sample?.size ?? 0);
  const single = sharesInLogs().map(
    (expected, byte) => (expected * PRIOR_WEIGHT + (sample?.bytes[byte] ?? 0)) / total,
  );
  return {
    single,
    ofPairs: (distance) => {
      const counts = sample?.pairs(distance);
      return (first, second) => {
        const byChance = (single[first] ?? 0) * (single[second] ?? 0);
        return (byChance * PRIOR_WEIGHT + (counts?.[kindOf(first, second)] ?? 0)) / total;
      };
    },
  };
}

function sharesInLogs(): Float64Array {
  const shares = new Float64Array(256).fill(2 ** -RARE);
  for (const [exponent, bytes] of LOG_BYTES) {
    for (let at = 0; at < bytes.length; at++) shares[bytes.charCodeAt(at)] = 2 ** -exponent;
  }
  return shares;
}
