// The table in the kernel's memory by which assembly/hits.ts compares literals: from two bytes of a window, or the one
// of a literal too short to have two, to a chain of entries {next, offset of the window, length, blocks}, and from
// there to the literal as blocks of 16 bytes, each followed by its mask.
import type { Window } from './window.ts';

const PAIR_HEADS = 1024;
const BYTE_HEADS = 256;
const ENTRY_SIZE = 16;
const BLOCK_SIZE = 32;

const blocksOf = (literal: Uint8Array): number => Math.ceil(literal.length / 16);

/** Bytes that the table takes. */
export function tableSize(literals: readonly Uint8Array[]): number {
  const blocks = literals.reduce((sum, literal) => sum + blocksOf(literal), 0);
  return (PAIR_HEADS + BYTE_HEADS) * 4 + literals.length * ENTRY_SIZE + blocks * BLOCK_SIZE;
}

/** Writes the table at `at`, and returns where its two parts of heads are. */
export function writeTable(
  memory: Buffer,
  at: number,
  windows: readonly Window[],
  distance: number,
): { readonly pairHeads: number; readonly byteHeads: number } {
  const pairHeads = at;
  const byteHeads = pairHeads + PAIR_HEADS * 4;
  let entry = byteHeads + BYTE_HEADS * 4;
  let block = entry + windows.length * ENTRY_SIZE;
  for (const { literal, offset } of windows) {
    const first = literal[offset] ?? 0;
    const second = literal[offset + distance];
    const head =
      second === undefined
        ? byteHeads + first * 4
        : pairHeads + ((first * 251 + second) & (PAIR_HEADS - 1)) * 4;
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
  return { pairHeads, byteHeads };
}
