// AssemblyScript, a module of its own. SHA-256 (FIPS 180-4) of a text that stands in memory, with room behind it for the padding.

const BLOCK: u32 = 64;

/** Where the 64 constants stand, high bytes first, and room for as many words of a block. */
let constants: u32 = 0;
let schedule: u32 = 0;

export function setUp(constantsAt: u32, scheduleAt: u32): void {
  constants = constantsAt;
  schedule = scheduleAt;
}

/** Takes the eight words at `stateAt`, high bytes first, from what they are to begin with to the digest of the text. */
export function digest(textAt: u32, length: u32, stateAt: u32): void {
  const end = textAt + ((length + 8 + BLOCK) & ~(BLOCK - 1));
  memory.fill(textAt + length, 0, end - textAt - length);
  store<u8>(textAt + length, 0x80);
  store<u64>(end - 8, bswap<u64>((length as u64) << 3));
  for (let at = textAt; at < end; at += BLOCK) addBlock(at, stateAt);
}

function word(at: u32): u32 {
  return load<u32>(schedule + (at << 2));
}

function addBlock(block: u32, stateAt: u32): void {
  for (let at: u32 = 0; at < 16; at++) store<u32>(schedule + (at << 2), bswap(load<u32>(block + (at << 2))));
  for (let at: u32 = 16; at < 64; at++) {
    const early = word(at - 15);
    const late = word(at - 2);
    const s0 = rotr(early, 7) ^ rotr(early, 18) ^ (early >>> 3);
    const s1 = rotr(late, 17) ^ rotr(late, 19) ^ (late >>> 10);
    store<u32>(schedule + (at << 2), word(at - 16) + s0 + word(at - 7) + s1);
  }
  let a = bswap(load<u32>(stateAt));
  let b = bswap(load<u32>(stateAt, 4));
  let c = bswap(load<u32>(stateAt, 8));
  let d = bswap(load<u32>(stateAt, 12));
  let e = bswap(load<u32>(stateAt, 16));
  let f = bswap(load<u32>(stateAt, 20));
  let g = bswap(load<u32>(stateAt, 24));
  let h = bswap(load<u32>(stateAt, 28));
  for (let at: u32 = 0; at < 64; at++) {
    const s1 = rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25);
    const first = h + s1 + ((e & f) ^ (~e & g)) + bswap(load<u32>(constants + (at << 2))) + word(at);
    const s0 = rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22);
    const second = s0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = d + first;
    d = c;
    c = b;
    b = a;
    a = first + second;
  }
  add(stateAt, a);
  add(stateAt + 4, b);
  add(stateAt + 8, c);
  add(stateAt + 12, d);
  add(stateAt + 16, e);
  add(stateAt + 20, f);
  add(stateAt + 24, g);
  add(stateAt + 28, h);
}

function add(at: u32, more: u32): void {
  store<u32>(at, bswap(bswap(load<u32>(at)) + more));
}
