// AssemblyScript. Bytes copied, compared, hashed and written, sixteen at a time: all memory has so much room behind what is used.

/** Yields where it ends; up to 15 bytes behind that are written over. */
export function copyTo(target: u32, from: u32, length: u32): u32 {
  const end = target + length;
  for (; target < end; target += 16, from += 16) v128.store(target, v128.load(from));
  return end;
}

export function isSame(a: u32, b: u32, length: u32): bool {
  const end = a + (length & ~15);
  for (; a < end; a += 16, b += 16) {
    if (v128.any_true(v128.xor(v128.load(a), v128.load(b)))) return false;
  }
  const wanted = (1 << (length & 15)) - 1;
  return (i8x16.bitmask(i8x16.eq(v128.load(a), v128.load(b))) & wanted) === wanted;
}

/** Where the byte stands, or `end`. */
export function placeOf(byte: u8, at: u32, end: u32): u32 {
  const wanted = i8x16.splat(byte);
  for (; at < end; at += 16) {
    const bits = i8x16.bitmask(i8x16.eq(v128.load(at), wanted));
    if (bits !== 0) return min(end, at + ctz(bits));
  }
  return end;
}

const FACTOR: u64 = ((0x9e3779b9 as u64) << 32) | 0x7f4a7c15;

/** Of eight bytes in every `stride`, and of the length. */
export function hashOf(seed: u64, at: u32, length: u32, stride: u32): u64 {
  let hash = (seed ^ length) * FACTOR;
  const end = at + length;
  for (; at + 8 <= end; at += stride) hash = rotl((hash ^ load<u64>(at)) * FACTOR, 23);
  if (at < end) {
    const left = end - at;
    const all: u64 = ~0;
    hash = rotl((hash ^ (load<u64>(at) & (all >> ((8 - left) << 3)))) * FACTOR, 23);
  }
  return hash;
}

export function shortened(hash: u64): u32 {
  return (hash ^ (hash >> 32)) as u32;
}

/** Yields where it ends. */
export function writeNumber(target: u32, value: u64): u32 {
  let end = target + 1;
  for (let rest = value; rest >= 10; rest /= 10) end++;
  for (let at = end - 1; at >= target; at--) {
    store<u8>(at, 0x30 + ((value % 10) as u8));
    value /= 10;
  }
  return end;
}
