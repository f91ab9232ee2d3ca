// AssemblyScript. Where lines begin around a place: 64 bytes before the first one of the input, and behind the last one, can be read.
const LF: u8 = 0x0a;

/** Where the line begins that holds `place`; no farther back than `floor`, where one does. */
export function lineStart(place: u32, floor: u32): u32 {
  const wanted = i8x16.splat(LF);
  let at = place;
  while (at > floor) {
    const bits = i8x16.bitmask(i8x16.eq(v128.load(at - 16), wanted));
    if (bits !== 0) return max(floor, at - clz(bits << 16));
    at -= 16;
  }
  return floor;
}

/** The first line behind the one that holds `place` that begins as a record may; `end`, where a line begins, if none does. */
export function nextBeginning(place: u32, end: u32): u32 {
  const wanted = i8x16.splat(LF);
  for (let at = place; at < end; at += 16) {
    let bits = i8x16.bitmask(i8x16.eq(v128.load(at), wanted));
    for (; bits !== 0; bits &= bits - 1) {
      const line = at + ctz(bits) + 1;
      if (line >= end) return end;
      if (mayBegin(load<u8>(line))) return line;
    }
  }
  return end;
}

/** As ../../records/line-bytes.ts has it: a digit, a capital, a brace, an escape, a byte-order mark, or NUL. */
function mayBegin(code: u8): bool {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x7b ||
    code === 0x1b ||
    code === 0xef ||
    code === 0
  );
}
