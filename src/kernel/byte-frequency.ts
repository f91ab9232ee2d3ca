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

/** The share of each of the 256 bytes, none of them 0. */
export function byteFrequencies(sample: Uint8Array | null): Float64Array {
  const shares = new Float64Array(256).fill(2 ** -RARE);
  for (const [exponent, bytes] of LOG_BYTES) {
    for (let at = 0; at < bytes.length; at++) shares[bytes.charCodeAt(at)] = 2 ** -exponent;
  }
  if (sample === null) return shares;
  const counts = new Uint32Array(256);
  for (const byte of sample) counts[byte] = (counts[byte] ?? 0) + 1;
  return shares.map(
    (share, byte) => ((counts[byte] ?? 0) + share * PRIOR_WEIGHT) / (sample.length + PRIOR_WEIGHT),
  );
}
