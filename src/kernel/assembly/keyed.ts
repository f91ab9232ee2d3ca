// AssemblyScript. Finds the places of many pairs of bytes at one distance. The low nibble of a byte is the key under
// which two tables hold the first and the second byte of the only pair that can begin there; with up to four such pairs
// of tables, four pairs. The type parameter says how many: its size in bytes, so that the compiler drops the rest.
import { bitsOf, countIn, STRIP, sumOfBytes } from './block';
import { addNewlines, tryBlock } from './hits';

/** Tables of 16 bytes: firsts and seconds, as often as there are pairs under a key. */
let tables: u32 = 0;
let distance: u32 = 0;

export function setKeyed(tablesAt: u32, pairDistance: u32): void {
  tables = tablesAt;
  distance = pairDistance;
}

function pairsUnder(key: v128, here: v128, behind: v128, firsts: v128, seconds: v128): v128 {
  return v128.and(i8x16.eq(i8x16.swizzle(firsts, key), here), i8x16.eq(i8x16.swizzle(seconds, key), behind));
}

/** All ones where a pair begins. */
function matches<Depth>(
  here: v128,
  behind: v128,
  a1: v128,
  a2: v128,
  b1: v128,
  b2: v128,
  c1: v128,
  c2: v128,
  d1: v128,
  d2: v128,
): v128 {
  const key = v128.and(here, i8x16.splat(0x0f));
  let found = pairsUnder(key, here, behind, a1, a2);
  if (sizeof<Depth>() >= 2) found = v128.or(found, pairsUnder(key, here, behind, b1, b2));
  if (sizeof<Depth>() >= 4) {
    const more = v128.or(pairsUnder(key, here, behind, c1, c2), pairsUnder(key, here, behind, d1, d2));
    found = v128.or(found, more);
  }
  return found;
}

/** Bits of the places in the 64 bytes at `base` where a pair begins. */
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
      v128.load(tables, 64),
      v128.load(tables, 80),
      v128.load(tables, 96),
      v128.load(tables, 112),
    );
    bits |= (i8x16.bitmask(found) as u64) << (lane as u64);
  }
  return bits;
}

/** Searches whole blocks; returns where it stopped. */
export function searchKeyed<Depth>(at: u32, end: u32): u32 {
  const a1 = v128.load(tables);
  const a2 = v128.load(tables, 16);
  const b1 = v128.load(tables, 32);
  const b2 = v128.load(tables, 48);
  const c1 = v128.load(tables, 64);
  const c2 = v128.load(tables, 80);
  const d1 = v128.load(tables, 96);
  const d2 = v128.load(tables, 112);
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
      const m0 = matches<Depth>(v0, v128.load(behind), a1, a2, b1, b2, c1, c2, d1, d2);
      const m1 = matches<Depth>(v1, v128.load(behind, 16), a1, a2, b1, b2, c1, c2, d1, d2);
      const m2 = matches<Depth>(v2, v128.load(behind, 32), a1, a2, b1, b2, c1, c2, d1, d2);
      const m3 = matches<Depth>(v3, v128.load(behind, 48), a1, a2, b1, b2, c1, c2, d1, d2);
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
