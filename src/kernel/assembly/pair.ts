// AssemblyScript. Finds the places of one pair of bytes: a byte, and another at a fixed distance behind it.
import { bitsOf, countIn, STRIP, sumOfBytes } from './block';
import { addNewlines, newlinesWith, tryBlock } from './hits';

let first: v128 = i8x16.splat(0);
let second: v128 = i8x16.splat(0);
let distance: u32 = 0;

export function setPair(firstByte: u8, secondByte: u8, pairDistance: u32): void {
  first = i8x16.splat(firstByte);
  second = i8x16.splat(secondByte);
  distance = pairDistance;
}

/** Bits of the places in the 64 bytes at `base` where the pair begins. */
export function pairBits(base: u32): u64 {
  const behind = base + distance;
  return bitsOf(
    v128.and(i8x16.eq(v128.load(base), first), i8x16.eq(v128.load(behind), second)),
    v128.and(i8x16.eq(v128.load(base, 16), first), i8x16.eq(v128.load(behind, 16), second)),
    v128.and(i8x16.eq(v128.load(base, 32), first), i8x16.eq(v128.load(behind, 32), second)),
    v128.and(i8x16.eq(v128.load(base, 48), first), i8x16.eq(v128.load(behind, 48), second)),
  );
}

/** Searches whole blocks; returns where it stopped. */
export function searchPair(at: u32, end: u32): u32 {
  const a = first;
  const b = second;
  const step = distance;
  let full: bool = false;
  while (at < end && !full) {
    const stripEnd = min(end, at + STRIP);
    let counts = i8x16.splat(0);
    while (at < stripEnd) {
      const v0 = v128.load(at);
      const v1 = v128.load(at, 16);
      const v2 = v128.load(at, 32);
      const v3 = v128.load(at, 48);
      const behind = at + step;
      const m0 = v128.and(i8x16.eq(v0, a), i8x16.eq(v128.load(behind), b));
      const m1 = v128.and(i8x16.eq(v1, a), i8x16.eq(v128.load(behind, 16), b));
      const m2 = v128.and(i8x16.eq(v2, a), i8x16.eq(v128.load(behind, 32), b));
      const m3 = v128.and(i8x16.eq(v3, a), i8x16.eq(v128.load(behind, 48), b));
      counts = countIn(counts, v0, v1, v2, v3);
      if (v128.any_true(v128.or(v128.or(m0, m1), v128.or(m2, m3)))) {
        full = tryBlock(at, bitsOf(m0, m1, m2, m3), at + 64, newlinesWith(counts));
        at += 64;
        if (full) break;
      } else {
        at += 64;
      }
    }
    addNewlines(sumOfBytes(counts));
  }
  return at;
}
