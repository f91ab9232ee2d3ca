// What is read around a record beside what framing the whole log gives.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Blocks, blocksOf, recordsAfter, recordsBefore } from '../../src/app/surroundings.ts';
import { SourceError } from '../../src/lib/errors.ts';
import { recordsIn } from '../../src/records/live-framer.ts';
import type { LogRecord } from '../../src/records/record.ts';
import type { Source } from '../../src/sources/source.ts';
import { anyLimits, anyLog } from '../helpers/roads.ts';
import { SEED } from '../helpers/seed.ts';

/** Most are too short; the last one is not. */
const REACHES = [40, 300, 2 ** 20];

const blocksIn =
  (bytes: Buffer): Blocks =>
  async (from, to) => ({
    peek: (length) => bytes.subarray(from, to).subarray(0, length),
    read: () => 0,
    readAhead: () => undefined,
    nextAhead: async () => 0,
    close: async () => undefined,
  });

const shown = ({ text, position: { offset, bytes } }: LogRecord): object => ({ text, offset, bytes });

test('around every record stand those that framing all of the log finds there', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(anyLog, anyLimits, fc.integer({ min: 1, max: 4 }), async (bytes, limits, count) => {
      const all = recordsIn(bytes, limits);
      const blocks = blocksIn(bytes);
      for (const [at, { position }] of all.entries()) {
        const before = await recordsBefore(blocks, position, count, limits, REACHES);
        const after = await recordsAfter(blocks, position, count, limits, REACHES);
        expect(before.map(shown)).toEqual(all.slice(Math.max(0, at - count), at).map(shown));
        expect(after.map(shown)).toEqual(all.slice(at + 1, at + 1 + count).map(shown));
        compared += before.length + after.length;
      }
    }),
    { numRuns: 200, seed: SEED },
  );
  expect(compared).toBeGreaterThan(1000);
}, 60_000);

test('nothing is looked for farther away than that', async () => {
  const limits = { maxBytes: 1000, maxLines: 10 };
  const line = `2024-03-01 10:00:01,000 INFO  [A_PLUGIN] (t) ${'x'.repeat(200)}\n`;
  const bytes = Buffer.from(line.repeat(4));
  const [, , third] = recordsIn(bytes, limits);
  if (third === undefined) throw new Error('no third record');
  expect(await recordsBefore(blocksIn(bytes), third.position, 2, limits, [300])).toHaveLength(1);
  expect(await recordsAfter(blocksIn(bytes), third.position, 2, limits, [100])).toHaveLength(0);
});

test('nothing is read where a source does not stand in a file as it is, or cannot be opened', async () => {
  const source: Source = { path: 'x', modified: null, rereadable: true, open: async function* () {} };
  const failing = (error: Error) => async (): Promise<never> => {
    throw error;
  };
  expect(await blocksOf(source)).toBeNull();
  expect(await blocksOf({ ...source, blocks: async () => null })).toBeNull();
  expect(await blocksOf({ ...source, blocks: failing(new SourceError('x', 'gone')) })).toBeNull();
  await expect(blocksOf({ ...source, blocks: failing(new TypeError('a fault')) })).rejects.toThrow(TypeError);
});
