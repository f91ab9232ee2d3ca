// AssemblyScript. Counts what stands in a sample; here, because it has to be fast from the first run on.

/** Adds one to the 32-bit count of each byte in [from, to). */
export function countBytes(from: u32, to: u32, counts: u32): void {
  for (let at = from; at < to; at++) increment(counts + ((load<u8>(at) as u32) << 2));
}

/** The same for pairs of bytes at a distance; what ../pair-kind.ts says is the index of a pair's count. */
export function countPairs(from: u32, to: u32, distance: u32, counts: u32): void {
  for (let at = from + distance; at < to; at++) {
    const first = load<u8>(at - distance) as u32;
    const kind = ((first & 0x0f) << 8) | (first ^ (load<u8>(at) as u32));
    increment(counts + (kind << 2));
  }
}

function increment(count: u32): void {
  store<u32>(count, load<u32>(count) + 1);
}
