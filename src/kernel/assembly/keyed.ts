// AssemblyScript. Finds the places of many pairs of bytes at one distance. The low nibble of the first byte is the key under
// which a table holds both bytes as one, first XOR second; with up to four such tables, four pairs. What stands there may be
// another pair that gives the same: letters that differ from both in the same bit of their case, say, which are rare. The
// type parameter says how many tables: its size in bytes, so that the compiler drops the rest.
import { newlineByte, STRIP, sumOfBytes } from './block';
import { addNewlines, newlinesWith, tryBlock } from './hits';
import { countNewlines } from './newlines';

/** Tables of 16 bytes, as many as there are pairs under a key. */
let tables: u32 = 0;
let distance: u32 = 0;
/** Constants that are set: others V8 makes anew in each round instead of keeping them in a register. */
let lowNibble: v128 = i8x16.splat(0);
let lineFeed: v128 = i8x16.splat(0);

export function setKeyed(tablesAt: u32, pairDistance: u32): void {
  tables = tablesAt;
  distance = pairDistance;
  lowNibble = i8x16.splat(0x0f);
  lineFeed = newlineByte();
}

/** All ones where a pair may begin. */
function matches<Depth>(here: v128, behind: v128, a: v128, b: v128, c: v128, d: v128, nibble: v128): v128 {
  const key = v128.and(here, nibble);
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
      lowNibble,
    );
    bits |= (i8x16.bitmask(found) as u64) << (lane as u64);
  }
  return bits;
}

/** Whether there is no room for more hits. */
let full: bool = false;

/** Searches whole blocks; returns where it stopped. */
export function searchKeyed<Depth>(at: u32, end: u32): u32 {
  full = false;
  while (at < end && !full) at = searchStrip<Depth>(at, min(end, at + STRIP));
  return at;
}

/**
 * The same of so few that a lane holds their line feeds. As long as few vectors are dealt with at a time all are in registers: a
 * block is tested at once with one table, and half by half with more.
 */
function searchStrip<Depth>(at: u32, end: u32): u32 {
  const a = v128.load(tables);
  const b = v128.load(tables, 16);
  const c = v128.load(tables, 32);
  const d = v128.load(tables, 48);
  const nibble = lowNibble;
  const lf = lineFeed;
  const step = distance;
  let counts = i8x16.splat(0);
  while (at < end) {
    const behind = at + step;
    const v0 = v128.load(at);
    const v1 = v128.load(at, 16);
    let found = v128.or(
      matches<Depth>(v0, v128.load(behind), a, b, c, d, nibble),
      matches<Depth>(v1, v128.load(behind, 16), a, b, c, d, nibble),
    );
    counts = i8x16.sub(i8x16.sub(counts, i8x16.eq(v0, lf)), i8x16.eq(v1, lf));
    if (sizeof<Depth>() > 1 && i8x16.bitmask(found) !== 0) {
      full = tryBlock(at, keyedBits<Depth>(at), at + 32, newlinesWith(counts));
      addNewlines(countNewlines(at + 32, at + 64));
      at += 64;
      if (full) break;
      continue;
    }
    const v2 = v128.load(at, 32);
    const v3 = v128.load(at, 48);
    found = v128.or(found, matches<Depth>(v2, v128.load(behind, 32), a, b, c, d, nibble));
    found = v128.or(found, matches<Depth>(v3, v128.load(behind, 48), a, b, c, d, nibble));
    counts = i8x16.sub(i8x16.sub(counts, i8x16.eq(v2, lf)), i8x16.eq(v3, lf));
    at += 64;
    if (i8x16.bitmask(found) !== 0) {
      full = tryBlock(at - 64, keyedBits<Depth>(at - 64), at, newlinesWith(counts));
      if (full) break;
    }
  }
  addNewlines(sumOfBytes(counts));
  return at;
}
