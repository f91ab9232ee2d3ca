// Which kernel searches for a set of literals, and which bytes of each literal it looks for: the rarest.

/** A literal is compared where the byte at `offset` in it was found. */
export interface Window {
  readonly literal: Uint8Array;
  readonly offset: number;
}

export type Plan = PairPlan | TeddyPlan;

interface PairPlan {
  readonly kernel: 'pair';
  /** Bytes from the first byte of a window to its second one. */
  readonly distance: number;
  readonly windows: readonly Window[];
}

interface TeddyPlan {
  readonly kernel: 'teddy';
  readonly distance: 1;
  readonly windows: readonly Window[];
  /** Six tables of 16 bytes: low and high nibbles of the bytes of the windows, eight buckets a byte. */
  readonly tables: Uint8Array;
}

/** No window reaches farther into its literal: the search reads no farther behind its end, and can stop soon. */
export const LONGEST_REACH = 60;

export function planSearch(literals: readonly Uint8Array[], frequencies: Float64Array): Plan {
  const [only] = literals;
  if (literals.length === 1 && only !== undefined && only.length > 1) return planPair(only, frequencies);
  return planTeddy(literals, frequencies);
}

function share(frequencies: Float64Array, literal: Uint8Array, at: number): number {
  return frequencies[literal[at] ?? 0] ?? 0;
}

/** The rarest two bytes, wherever they stand. */
function planPair(literal: Uint8Array, frequencies: Float64Array): PairPlan {
  const places = Array.from(literal.subarray(0, LONGEST_REACH), (_, at) => at);
  const [one = 0, two = 1] = places.sort(
    (a, b) => share(frequencies, literal, a) - share(frequencies, literal, b),
  );
  const offset = Math.min(one, two);
  return { kernel: 'pair', distance: Math.abs(one - two), windows: [{ literal, offset }] };
}

const WIDTH = 3;

/** The rarest three neighbouring bytes of each literal, or all that it has. */
function planTeddy(literals: readonly Uint8Array[], frequencies: Float64Array): TeddyPlan {
  const windows = literals.map((literal) => ({ literal, offset: rarestWindow(literal, frequencies) }));
  const tables = new Uint8Array(WIDTH * 32);
  // Neighbours in order share nibbles, so that their bucket is less of a mixture.
  const sorted = windows
    .map((window) => ({ ...window, bytes: window.literal.subarray(window.offset, window.offset + WIDTH) }))
    .sort((a, b) => a.bytes.length - b.bytes.length || Buffer.compare(a.bytes, b.bytes));
  sorted.forEach(({ bytes }, index) => {
    addToBucket(tables, Math.floor((index * 8) / sorted.length), bytes);
  });
  return { kernel: 'teddy', distance: 1, windows, tables };
}

function rarestWindow(literal: Uint8Array, frequencies: Float64Array): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at === 0 || (at + WIDTH <= literal.length && at < LONGEST_REACH); at++) {
    const product =
      share(frequencies, literal, at) *
      share(frequencies, literal, at + 1) *
      share(frequencies, literal, at + 2);
    if (product < least) [best, least] = [at, product];
  }
  return best;
}

function addToBucket(tables: Uint8Array, bucket: number, bytes: Uint8Array): void {
  const bit = 1 << bucket;
  for (let place = 0; place < WIDTH; place++) {
    const byte = bytes[place];
    for (let nibble = 0; nibble < 16; nibble++) {
      // A literal that has no such byte takes any.
      if (byte === undefined || (byte & 0x0f) === nibble) mark(tables, place * 32 + nibble, bit);
      if (byte === undefined || byte >> 4 === nibble) mark(tables, place * 32 + 16 + nibble, bit);
    }
  }
}

function mark(tables: Uint8Array, at: number, bit: number): void {
  tables[at] = (tables[at] ?? 0) | bit;
}
