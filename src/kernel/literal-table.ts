// The table in the kernel's memory by which assembly/hits.ts compares literals: from the hash of a key, the first two
// to four bytes of a window, or the first byte of one that is shorter, to a chain of entries {next, offset of the
// window, length, blocks}, and from there to the literal as blocks of 16 bytes, each followed by its mask.
import type { Window } from './window.ts';

const HEADS = 2048;
const BYTE_HEADS = 256;
/** As in assembly/hits.ts. */
const HASH = 0x9e3779b1;
const HASH_SHIFT = 21;
const ENTRY_SIZE = 16;
const BLOCK_SIZE = 32;

const blocksOf = (literal: Uint8Array): number => Math.ceil(literal.length / 16);

/** Bytes that the table takes. */
export function tableSize(literals: readonly Uint8Array[]): number {
  const blocks = literals.reduce((sum, literal) => sum + blocksOf(literal), 0);
  return (HEADS + BYTE_HEADS) * 4 + literals.length * ENTRY_SIZE + blocks * BLOCK_SIZE;
}

export interface TablePlaces {
  readonly heads: number;
  /** Which bits of four bytes make a key. */
  readonly keyMask: number;
  /** 0 when all literals have a key. */
  readonly byteHeads: number;
}

/** Writes the table at `at`; `width` is how many bytes a window has, from its offset in the literal, if they are there. */
export function writeTable(
  memory: Buffer,
  at: number,
  windows: readonly Window[],
  width: number,
): TablePlaces {
  const keyLength = Math.min(width, 4);
  const heads = at;
  const byteHeads = heads + HEADS * 4;
  let entry = byteHeads + BYTE_HEADS * 4;
  let block = entry + windows.length * ENTRY_SIZE;
  let anyShort = false;
  for (const { literal, offset } of windows) {
    const key = literal.subarray(offset, offset + keyLength);
    const isShort = key.length < keyLength;
    anyShort ||= isShort;
    const head = isShort ? byteHeads + (key[0] ?? 0) * 4 : heads + hashOf(key) * 4;
    memory.writeUInt32LE(memory.readUInt32LE(head), entry);
    memory.writeUInt32LE(offset, entry + 4);
    memory.writeUInt32LE(literal.length, entry + 8);
    memory.writeUInt32LE(block, entry + 12);
    memory.writeUInt32LE(entry, head);
    entry += ENTRY_SIZE;
    for (let from = 0; from < literal.length; from += 16, block += BLOCK_SIZE) {
      const part = literal.subarray(from, from + 16);
      memory.set(part, block);
      memory.fill(0xff, block + 16, block + 16 + part.length);
    }
  }
  return { heads, keyMask: 2 ** (8 * keyLength) - 1, byteHeads: anyShort ? byteHeads : 0 };
}

function hashOf(key: Uint8Array): number {
  let word = 0;
  key.forEach((byte, at) => {
    word |= byte << (8 * at);
  });
  return Math.imul(word, HASH) >>> HASH_SHIFT;
}
