// Counts bytes and pairs of bytes in a sample of the input.
import type { SampleCounts } from './byte-shares.ts';
import type { KernelExports } from './module.ts';
import { KINDS } from './pair-kind.ts';

/** So far into the input is looked, at a piece of each step: more would not change the choice, and costs time at each start. */
const REACH = 64 * 1024;
const STEP = 4096;
const PIECE = 1024;
const MOST_COUNTED = (REACH / STEP) * PIECE;
const BYTES = 256;

/** Memory that is needed for the time of counting. */
export const SCRATCH_SIZE = MOST_COUNTED + (BYTES + KINDS) * 4;

export function countSample(
  kernel: KernelExports,
  buffer: ArrayBuffer,
  scratchAt: number,
  sample: Uint8Array,
): SampleCounts {
  const from = scratchAt + (BYTES + KINDS) * 4;
  const size = putPieces(sample, new Uint8Array(buffer, from, MOST_COUNTED));
  const bytes = new Uint32Array(buffer, scratchAt, BYTES);
  const pairs = new Uint32Array(buffer, scratchAt + BYTES * 4, KINDS);
  kernel.countBytes(from, from + size, bytes.byteOffset);
  return {
    size,
    bytes,
    pairs: (distance) => {
      pairs.fill(0);
      kernel.countPairs(from, from + size, distance, pairs.byteOffset);
      return pairs;
    },
  };
}

/** Pieces from all over the sample, or all of a short one; how many bytes that are. */
function putPieces(sample: Uint8Array, target: Uint8Array): number {
  const step = sample.length <= MOST_COUNTED ? PIECE : STEP;
  let size = 0;
  for (let at = 0; at < Math.min(sample.length, REACH); at += step) {
    const piece = sample.subarray(at, at + PIECE);
    target.set(piece, size);
    size += piece.length;
  }
  return size;
}
