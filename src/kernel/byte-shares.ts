// How often each byte is to be expected: counted in a sample of the input, and where that says little, as in server logs.

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

export interface ByteShares {
  /** Of all bytes those that are this one, above 0. */
  of(byte: number): number;
  /** Of all places those where the two stand at a distance. */
  ofPairs(distance: number): (first: number, second: number) => number;
}

export function byteShares(sample: Uint8Array | null): ByteShares {
  const expected = sharesInLogs();
  if (sample === null || sample.length === 0) {
    const of = (byte: number): number => expected[byte] ?? 0;
    return { of, ofPairs: () => (first, second) => of(first) * of(second) };
  }
  const total = sample.length + PRIOR_WEIGHT;
  const counts = new Uint32Array(256);
  for (const byte of sample) counts[byte] = (counts[byte] ?? 0) + 1;
  const of = (byte: number): number => ((counts[byte] ?? 0) + (expected[byte] ?? 0) * PRIOR_WEIGHT) / total;
  return {
    of,
    ofPairs: (distance) => {
      const pairs = countPairs(sample, distance);
      return (first, second) =>
        ((pairs[first * 256 + second] ?? 0) + of(first) * of(second) * PRIOR_WEIGHT) / total;
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

function countPairs(sample: Uint8Array, distance: number): Uint32Array {
  const pairs = new Uint32Array(256 * 256);
  for (let at = distance; at < sample.length; at++) {
    const pair = (sample[at - distance] ?? 0) * 256 + (sample[at] ?? 0);
    pairs[pair] = (pairs[pair] ?? 0) + 1;
  }
  return pairs;
}
