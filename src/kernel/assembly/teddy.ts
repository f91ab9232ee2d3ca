// AssemblyScript. Finds the places where one of many literals may have its window of up to three bytes: each nibble of
// a byte is looked up in tables of eight buckets into which the literals were put (the algorithm called Teddy).
import { bitsOf, countIn, STRIP, sumOfBytes } from './block';
import { addNewlines, newlinesWith, tryBlock } from './hits';

/** Six tables of 16 bytes: low and high nibbles of the first, second and third byte. */
let tables: u32 = 0;

export function setTeddy(tablesAt: u32): void {
  tables = tablesAt;
}

function lookUp(low: v128, high: v128, bytes: v128): v128 {
  const nibble = i8x16.splat(0x0f);
  return v128.and(
    i8x16.swizzle(low, v128.and(bytes, nibble)),
    i8x16.swizzle(high, v128.and(i16x8.shr_u(bytes, 4), nibble)),
  );
}

function bucketsAt(at: u32, l0: v128, h0: v128, l1: v128, h1: v128, l2: v128, h2: v128): v128 {
  return v128.and(
    v128.and(lookUp(l0, h0, v128.load(at)), lookUp(l1, h1, v128.load(at, 1))),
    lookUp(l2, h2, v128.load(at, 2)),
  );
}

function anyBucket(buckets: v128): v128 {
  return i8x16.ne(buckets, i8x16.splat(0));
}

/** Bits of the places in the 64 bytes at `base` where a literal may have its window. */
export function teddyBits(base: u32): u64 {
  const l0 = v128.load(tables);
  const h0 = v128.load(tables, 16);
  const l1 = v128.load(tables, 32);
  const h1 = v128.load(tables, 48);
  const l2 = v128.load(tables, 64);
  const h2 = v128.load(tables, 80);
  return bitsOf(
    anyBucket(bucketsAt(base, l0, h0, l1, h1, l2, h2)),
    anyBucket(bucketsAt(base + 16, l0, h0, l1, h1, l2, h2)),
    anyBucket(bucketsAt(base + 32, l0, h0, l1, h1, l2, h2)),
    anyBucket(bucketsAt(base + 48, l0, h0, l1, h1, l2, h2)),
  );
}

/** Searches whole blocks; returns where it stopped. */
export function searchTeddy(at: u32, end: u32): u32 {
  const l0 = v128.load(tables);
  const h0 = v128.load(tables, 16);
  const l1 = v128.load(tables, 32);
  const h1 = v128.load(tables, 48);
  const l2 = v128.load(tables, 64);
  const h2 = v128.load(tables, 80);
  let full: bool = false;
  while (at < end && !full) {
    const stripEnd = min(end, at + STRIP);
    let counts = i8x16.splat(0);
    while (at < stripEnd) {
      const m0 = bucketsAt(at, l0, h0, l1, h1, l2, h2);
      const m1 = bucketsAt(at + 16, l0, h0, l1, h1, l2, h2);
      const m2 = bucketsAt(at + 32, l0, h0, l1, h1, l2, h2);
      const m3 = bucketsAt(at + 48, l0, h0, l1, h1, l2, h2);
      counts = countIn(counts, v128.load(at), v128.load(at, 16), v128.load(at, 32), v128.load(at, 48));
      if (v128.any_true(v128.or(v128.or(m0, m1), v128.or(m2, m3)))) {
        full = tryBlock(
          at,
          bitsOf(anyBucket(m0), anyBucket(m1), anyBucket(m2), anyBucket(m3)),
          at + 64,
          newlinesWith(counts),
        );
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
