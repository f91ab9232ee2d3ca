// AssemblyScript. Counts line feeds.
import { bitsOf, countIn, newlineByte, STRIP, sumOfBytes } from './block';

/** Line feeds in [from, to) of the 64 bytes at `base`, for `from` among them. */
function newlinesInBlock(base: u32, from: u32, to: u32): u32 {
  const lf = newlineByte();
  let bits = bitsOf(
    i8x16.eq(v128.load(base), lf),
    i8x16.eq(v128.load(base, 16), lf),
    i8x16.eq(v128.load(base, 32), lf),
    i8x16.eq(v128.load(base, 48), lf),
  );
  const all: u64 = ~0;
  bits &= all << ((from - base) as u64);
  if (to < base + 64) bits &= ~(all << ((to - base) as u64));
  return popcnt(bits) as u32;
}

/** Line feeds in [from, to), for `from` at most `to`. */
export function countNewlines(from: u32, to: u32): u32 {
  const begin = (from + 63) & ~63;
  const end = to & ~63;
  if (begin > end) return newlinesInBlock(end, from, to);
  let newlines: u32 = 0;
  if (from < begin) newlines += newlinesInBlock(begin - 64, from, begin);
  let at = begin;
  while (at < end) {
    const stripEnd = min(end, at + STRIP);
    let counts = i8x16.splat(0);
    for (; at < stripEnd; at += 64) {
      counts = countIn(counts, v128.load(at), v128.load(at, 16), v128.load(at, 32), v128.load(at, 48));
    }
    newlines += sumOfBytes(counts);
  }
  if (end < to) newlines += newlinesInBlock(end, end, to);
  return newlines;
}
