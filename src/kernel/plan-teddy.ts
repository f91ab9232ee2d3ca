// Windows and nibble tables for Teddy.
import type { ByteShares } from './byte-shares.ts';
import { LONGEST_REACH, type Window } from './window.ts';

export interface TeddyPlan {
  readonly kernel: 'teddy';
  /** Bytes of a window, unless its literal is shorter. */
  readonly width: number;
  readonly windows: readonly Window[];
  /** Six tables of 16 bytes: low and high nibbles of the bytes of the windows, eight buckets a byte. */
  readonly tables: Uint8Array;
}

const WIDTH = 3;

/** The rarest three neighbouring bytes of each literal, or all that it has. */
export function planTeddy(literals: readonly Uint8Array[], shares: ByteShares): TeddyPlan {
  const windows = literals.map((literal) => ({ literal, offset: rarestWindow(literal, shares) }));
  const tables = new Uint8Array(WIDTH * 32);
  // Neighbours in order share nibbles, so that their bucket is less of a mixture.
  const sorted = windows
    .map((window) => ({ ...window, bytes: window.literal.subarray(window.offset, window.offset + WIDTH) }))
    .sort((a, b) => a.bytes.length - b.bytes.length || Buffer.compare(a.bytes, b.bytes));
  sorted.forEach(({ bytes }, index) => {
    addToBucket(tables, Math.floor((index * 8) / sorted.length), bytes);
  });
  return { kernel: 'teddy', width: WIDTH, windows, tables };
}

function rarestWindow(literal: Uint8Array, shares: ByteShares): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at + WIDTH <= literal.length && at < LONGEST_REACH; at++) {
    let product = 1;
    for (const byte of literal.subarray(at, at + WIDTH)) product *= shares.single[byte] ?? 0;
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
