// The kernel's counts of bytes and kinds of pairs against a count one by one.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { instantiateKernel } from '../../src/kernel/module.ts';
import { kindOf } from '../../src/kernel/pair-kind.ts';
import { countSample, SCRATCH_SIZE } from '../../src/kernel/sample.ts';

const REACH = 64 * 1024;
const COUNTED = 16 * 1024;

/** How often each of the keys occurs, as [key, count]. */
function tally(keys: Iterable<number>): readonly (readonly [number, number])[] {
  const counts = new Map<number, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b);
}

const above0 = (counts: Uint32Array): readonly (readonly [number, number])[] =>
  [...counts.entries()].filter(([, count]) => count > 0);

function* kindsIn(bytes: Uint8Array, distance: number): Generator<number> {
  for (let at = distance; at < bytes.length; at++) yield kindOf(bytes[at - distance] ?? 0, bytes[at] ?? 0);
}

/** In a memory that is no larger than it has to be. */
function check(sample: Uint8Array, counted: Uint8Array, scratchAt: number): void {
  const { buffer, kernel } = instantiateKernel(scratchAt + SCRATCH_SIZE);
  const counts = countSample(kernel, buffer, scratchAt, sample);
  expect(counts.size).toBe(counted.length);
  for (const distance of [1, 7, 12, 1]) {
    expect(above0(counts.pairs(distance))).toEqual(tally(kindsIn(counted, distance)));
  }
  expect(above0(counts.bytes)).toEqual(tally(counted));
  expect(new Uint8Array(buffer, 0, scratchAt).every((byte) => byte === 0)).toBe(true);
}

test('bytes and pairs are counted', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom(1, 3, 256), (bytes, most) => {
      const sample = bytes.map((byte) => byte % most);
      check(sample, sample, 4096);
    }),
    { numRuns: 50 },
  );
});

test('all of 16 KiB are', () => {
  const sample = Uint8Array.from({ length: COUNTED }, (_, at) => at * 7);
  check(sample, sample, 4096);
});

test('a quarter of the first 64 KiB of a longer sample is, from all over it', () => {
  const sample = Uint8Array.from({ length: REACH + 3000 }, (_, at) => (at < REACH ? (at >> 10) * 7 : 255));
  const counted = sample.filter((_, at) => at < REACH && at % 4096 < 1024);
  check(sample, counted, 65536 - (SCRATCH_SIZE % 65536));
});
