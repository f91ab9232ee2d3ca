// AssemblyScript. Finds the places of up to sixteen pairs of bytes at one distance, whose first bytes differ in their
// low nibbles: the nibble of a byte is the key under which two tables hold the pair that alone can stand here.
import { bitsOf, countIn, STRIP, sumOfBytes } from './block';
import { addNewlines, tryBlock } from './hits';

/** Two tables of 16 bytes: the first and second bytes of the pairs. */
let tables: u32 = 0;
let distance: u32 = 0;

export function setKeyed(tablesAt: u32, pairDistance: u32): void {
  tables = tablesAt;
  distance = pairDistance;
}

/** All ones where a pair begins. */
function matches(here: v128, behind: v128, firsts: v128, seconds: v128): v128 {
  const key = v128.and(here, i8x16.splat(0x0f));
  return v128.and(i8x16.eq(i8x16.swizzle(firsts, key), here), i8x16.eq(i8x16.swizzle(seconds, key), behind));
}

/** Bits of the places in the 64 bytes at `base` where a pair begins. */
export function keyedBits(base: u32): u64 {
  const firsts = v128.load(tables);
  const seconds = v128.load(tables, 16);
  const behind = base + distance;
  return bitsOf(
    matches(v128.load(base), v128.load(behind), firsts, seconds),
    matches(v128.load(base, 16), v128.load(behind, 16), firsts, seconds),
    matches(v128.load(base, 32), v128.load(behind, 32), firsts, seconds),
    matches(v128.load(base, 48), v128.load(behind, 48), firsts, seconds),
  );
}

/** Searches whole blocks; returns where it stopped. */
export function searchKeyed(at: u32, end: u32): u32 {
  const firsts = v128.load(tables);
  const seconds = v128.load(tables, 16);
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
      const m0 = matches(v0, v128.load(behind), firsts, seconds);
      const m1 = matches(v1, v128.load(behind, 16), firsts, seconds);
      const m2 = matches(v2, v128.load(behind, 32), firsts, seconds);
      const m3 = matches(v3, v128.load(behind, 48), firsts, seconds);
      counts = countIn(counts, v0, v1, v2, v3);
      if (v128.any_true(v128.or(v128.or(m0, m1), v128.or(m2, m3)))) {
        full = tryBlock(at, bitsOf(m0, m1, m2, m3));
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
