// AssemblyScript. Blocks of 64 bytes: four vectors that are searched in one step.

/** A lane of newline counts holds 255, and each block of 64 bytes may add four. */
export const STRIP: u32 = 63 * 64;

export function newlineByte(): v128 {
  return i8x16.splat(0x0a);
}

/** The top bits of the 64 lanes. */
export function bitsOf(a: v128, b: v128, c: v128, d: v128): u64 {
  return (
    (i8x16.bitmask(a) as u64) |
    ((i8x16.bitmask(b) as u64) << 16) |
    ((i8x16.bitmask(c) as u64) << 32) |
    ((i8x16.bitmask(d) as u64) << 48)
  );
}

/** All ones in the lanes of `a`, `b`, `c` and `d` together that are line feeds, as four counts a lane. */
export function countIn(counts: v128, a: v128, b: v128, c: v128, d: v128): v128 {
  const lf = newlineByte();
  return i8x16.sub(
    counts,
    i8x16.add(i8x16.add(i8x16.eq(a, lf), i8x16.eq(b, lf)), i8x16.add(i8x16.eq(c, lf), i8x16.eq(d, lf))),
  );
}

/** The sum of the sixteen unsigned bytes. */
export function sumOfBytes(bytes: v128): u32 {
  const sums = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes));
  return (
    i32x4.extract_lane(sums, 0) +
    i32x4.extract_lane(sums, 1) +
    i32x4.extract_lane(sums, 2) +
    i32x4.extract_lane(sums, 3)
  );
}
