// AssemblyScript. Finds the places of many pairs of bytes at one distance. The low nibble of the first byte is the key under
// which a table holds both bytes as one, first XOR second; with up to four such tables, four pairs. What stands there may be
// another pair that gives the same: letters that differ from both in the same bit of their case, say, which are rare. The
// type parameter says how many tables: its size in bytes, so that the compiler drops the rest.
import { bitsOf, countIn, STRIP, sumOfBytes } from './block';
import { addNewlines, newlineCount, tryBlock } from './hits';

/** Tables of 16 bytes, as many as there are pairs under a key. */
let tables: u32 = 0;
let distance: u32 = 0;

export function setKeyed(tablesAt: u32, pairDistance: u32): void {
  tables = tablesAt;
  distance = pairDistance;
}

/** All ones where a pair may begin. */
function matches<Depth>(here: v128, behind: v128, a: v128, b: v128, c: v128, d: v128): v128 {
  const key = v128.and(here, i8x16.splat(0x0f));
  const both = v128.xor(here, behind);
  let found = i8x16.eq(i8x16.swizzle(a, key), both);
  if (sizeof<Depth>() >= 2) found = v128.or(found, i8x16.eq(i8x16.swizzle(b, key), both));
  if (sizeof<Depth>() >= 4) {
    found = v128.or(found, i8x16.eq(i8x16.swizzle(c, key), both));
    found = v128.or(found, i8x16.eq(i8x16.swizzle(d, key), both));
  }
  return found;
}

/** Bits of the places in the 64 bytes at `base` where a pair may begin. */
export function keyedBits<Depth>(base: u32): u64 {
  let bits: u64 = 0;
  for (let lane: u32 = 0; lane < 64; lane += 16) {
    const found = matches<Depth>(
      v128.load(base + lane),
      v128.load(base + lane + distance),
      v128.load(tables),
      v128.load(tables, 16),
      v128.load(tables, 32),
      v128.load(tables, 48),
    );
    bits |= (i8x16.bitmask(found) as u64) << (lane as u64);
  }
  return bits;
}

/** Searches whole blocks; returns where it stopped. */
export function searchKeyed<Depth>(at: u32, end: u32): u32 {
  const a = v128.load(tables);
  const b = v128.load(tables, 16);
  const c = v128.load(tables, 32);
  const d = v128.load(tables, 48);
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
      const m0 = matches<Depth>(v0, v128.load(behind), a, b, c, d);
      const m1 = matches<Depth>(v1, v128.load(behind, 16), a, b, c, d);
      const m2 = matches<Depth>(v2, v128.load(behind, 32), a, b, c, d);
      const m3 = matches<Depth>(v3, v128.load(behind, 48), a, b, c, d);
      counts = countIn(counts, v0, v1, v2, v3);
      if (v128.any_true(v128.or(v128.or(m0, m1), v128.or(m2, m3)))) {
        full = tryBlock(at, bitsOf(m0, m1, m2, m3), at + 64, newlineCount() + sumOfBytes(counts));
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
