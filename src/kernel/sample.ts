// Counts bytes and pairs of bytes in a sample of the input.
import type { SampleCounts } from './byte-shares.ts';
import type { KernelExports } from './module.ts';
import { KINDS } from './pair-kind.ts';

/** More of a sample would not change the choice, and costs time at each start. */
const LONGEST_SAMPLE = 64 * 1024;
const BYTES = 256;

/** Memory that is needed for the time of counting. */
export const SCRATCH_SIZE = LONGEST_SAMPLE + (BYTES + KINDS) * 4;

export function countSample(
  kernel: KernelExports,
  buffer: ArrayBuffer,
  scratchAt: number,
  sample: Uint8Array,
): SampleCounts {
  const size = Math.min(sample.length, LONGEST_SAMPLE);
  const from = scratchAt + (BYTES + KINDS) * 4;
  new Uint8Array(buffer, from, size).set(sample.subarray(0, size));
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
