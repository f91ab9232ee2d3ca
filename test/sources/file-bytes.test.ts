// Bytes of an open file from one place to another, while it stays as it is, grows, shrinks, or cannot be read.
import { appendFileSync, closeSync, openSync, truncateSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SourceError } from '../../src/lib/errors.ts';
import { Extent, readBlocks, readBytes } from '../../src/sources/file-bytes.ts';
import type { BlockReader, ReadMeter } from '../../src/sources/source.ts';
import { SEED } from '../helpers/seed.ts';
import { tempFolder } from '../helpers/sources.ts';

const folder = tempFolder();
afterAll(() => folder.remove());
const opened: number[] = [];
afterEach(() => {
  for (const fd of opened.splice(0)) closeSync(fd);
});

interface Opened {
  readonly path: string;
  readonly fd: number;
  readonly extent: Extent;
  readonly meter: ReadMeter;
}

/** `size`: how large the file was when it was opened, if that is not how large it is. */
function open(text: string, from = 0, to = Number.POSITIVE_INFINITY, size = text.length): Opened {
  const path = folder.write('oc.log', text);
  const fd = openSync(path, 'r');
  opened.push(fd);
  return { path, fd, extent: new Extent(path, from, to, size), meter: { total: null, read: 0 } };
}

const blocksOf = ({ fd, extent, meter }: Opened): BlockReader =>
  readBlocks(fd, extent, meter, async () => undefined);

const chunksOf = ({ fd, extent, meter }: Opened): AsyncGenerator<Buffer> => readBytes(fd, extent, meter);

/** What was read before an error, and what it says. */
async function textOf(chunks: AsyncIterable<Buffer>): Promise<{ text: string; problem: string | null }> {
  let text = '';
  try {
    for await (const chunk of chunks) text += chunk.toString('latin1');
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { text, problem: error.message };
  }
  return { text, problem: null };
}

/** What `take` yields of targets, up to the end or an error. */
async function* inBlocks(take: (target: Buffer) => number | Promise<number>, size: number) {
  const target = Buffer.alloc(size);
  for (let count = await take(target); count > 0; count = await take(target)) yield target.subarray(0, count);
}

/** The ways in which the same bytes can be had. */
const WAYS = {
  'in chunks': chunksOf,
  'by blocks': (file: Opened) => inBlocks(blocksOf(file).read, 7),
  'by blocks ahead': (file: Opened) => {
    const blocks = blocksOf(file);
    return inBlocks((target) => {
      blocks.readAhead(target);
      return blocks.nextAhead(target);
    }, 7);
  },
} as const;

const TEXT = 'the quick brown fox jumps over the lazy dog';

describe.each(Object.entries(WAYS))('%s', (_, read) => {
  test('they are those from one place to another, and are counted', async () => {
    for (const [from, to] of [
      [0, Number.POSITIVE_INFINITY],
      [4, 9],
      [40, 1000],
      [TEXT.length, Number.POSITIVE_INFINITY],
      [5, 5],
    ] as const) {
      const file = open(TEXT, from, to);
      const text = TEXT.slice(from, to);
      expect(await textOf(read(file))).toEqual({ text, problem: null });
      expect(file.meter.read).toBe(text.length);
      expect(file.extent.position).toBe(from + text.length);
    }
  });

  test('what was added by the time the end is reached comes too, but what is added then does not', async () => {
    for (const to of [Number.POSITIVE_INFINITY, TEXT.length + 2]) {
      const file = open(TEXT, 0, to);
      appendFileSync(file.path, 'more');
      let text = '';
      for await (const chunk of read(file)) {
        text += chunk.toString();
        if (text.length > TEXT.length) appendFileSync(file.path, 'and more');
      }
      expect(text).toBe(`${TEXT}more`.slice(0, to));
    }
  });

  test('a file that seems empty is read to its end, where one is generated', async () => {
    expect(await textOf(read(open(TEXT, 0, Number.POSITIVE_INFINITY, 0)))).toEqual({
      text: TEXT,
      problem: null,
    });
    expect(await textOf(read(open(TEXT, 0, 9, 0)))).toEqual({ text: TEXT.slice(0, 9), problem: null });
    expect(await textOf(read(open('')))).toEqual({ text: '', problem: null });
  });

  test('a file that shrank is told of, but not where that takes nothing away', async () => {
    const file = open(TEXT, 3, Number.POSITIVE_INFINITY, TEXT.length + 9);
    const problem = `shrank while it was read, from ${TEXT.length + 9} to ${TEXT.length} bytes`;
    expect(await textOf(read(file))).toEqual({ text: TEXT.slice(3), problem });
    expect(await textOf(read(open(TEXT, 0, TEXT.length, TEXT.length + 9)))).toEqual({
      text: TEXT,
      problem: null,
    });
    const cut = open(TEXT);
    truncateSync(cut.path, 4);
    expect(await textOf(read(cut))).toEqual({
      text: 'the ',
      problem: `shrank while it was read, from ${TEXT.length} to 4 bytes`,
    });
  });

  test('what cannot be read is told with its place', async () => {
    const { meter } = open(TEXT);
    const fd = openSync(folder.path, 'r');
    opened.push(fd);
    const file = { path: folder.path, fd, extent: new Extent(folder.path, 3, 9, 9), meter };
    expect(await textOf(read(file))).toEqual({ text: '', problem: 'is a directory after 3 bytes' });
  });
});

test('a chunk stays as it is while the next one is asked for', async () => {
  const size = 256 * 1024;
  const text = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(size)).join('');
  let before: Buffer | null = null;
  let lengths: readonly number[] = [];
  for await (const chunk of chunksOf(open(`${text}e`))) {
    const letter = 'abcde'[lengths.length] ?? '';
    expect(chunk.equals(Buffer.alloc(chunk.length, letter))).toBe(true);
    if (before !== null)
      expect(before.equals(Buffer.alloc(before.length, 'abcde'[lengths.length - 1]))).toBe(true);
    before = chunk;
    lengths = [...lengths, chunk.length];
  }
  expect(lengths).toEqual([size, size, size, size, 1]);
});

/** Has the targets filled, one after the other, and yields how many bytes came to each. */
async function* fillings(blocks: BlockReader, how: 'read' | 'ahead', targets: readonly Buffer[]) {
  if (how === 'ahead') for (const target of targets) blocks.readAhead(target);
  for (const target of targets)
    yield [target, how === 'read' ? blocks.read(target) : await blocks.nextAhead(target)] as const;
}

test('however blocks are asked for, nothing is left out and nothing comes twice', async () => {
  const WHOLE = 'abcdefghijklmnopqrstuvwxyz0123456789'.repeat(3);
  const SIZE = 80;
  const step = fc.record({
    peeked: fc.nat(30),
    how: fc.constantFrom('read', 'ahead'),
    sizes: fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 8 }),
      fc.nat(60),
      fc.nat(60),
      fc.nat(20),
      async (steps, from, length, added) => {
        const to = from + length;
        const file = open(WHOLE.slice(0, SIZE), from, to);
        appendFileSync(file.path, WHOLE.slice(SIZE, SIZE + added));
        const wanted = WHOLE.slice(from, Math.min(to, SIZE + added));
        const blocks = blocksOf(file);
        let text = '';
        /** It may come short at what was the end once. */
        const known = (): number => Math.min(to, SIZE) - from - text.length;
        for (const { peeked, how, sizes } of steps) {
          const beginning = blocks.peek(peeked).toString();
          expect(wanted.startsWith(text + beginning)).toBe(true);
          expect(beginning.length).toBeGreaterThanOrEqual(Math.min(peeked, known()));
          const targets = sizes.map((size) => Buffer.alloc(size));
          for await (const [target, count] of fillings(blocks, how, targets)) {
            expect(count).toBeGreaterThanOrEqual(Math.min(target.length, known()));
            text += target.toString('latin1', 0, count);
            expect(wanted.startsWith(text)).toBe(true);
            if (count === 0) expect(text).toBe(wanted);
            expect(file.meter.read).toBe(text.length);
          }
        }
        await blocks.close();
      },
    ),
    { seed: SEED, numRuns: 300 },
  );
});

test('what is peeked at comes once more', () => {
  const blocks = blocksOf(open(TEXT));
  expect(blocks.peek(9).toString()).toBe(TEXT.slice(0, 9));
  const target = Buffer.alloc(20);
  expect(target.toString('latin1', 0, blocks.read(target))).toBe(TEXT.slice(0, 20));
  expect(blocks.peek(100).toString()).toBe(TEXT.slice(20));
});

test('behind what came short no gap is left, when there is more by then', async () => {
  const file = open(TEXT.slice(0, 5), 0, Number.POSITIVE_INFINITY, TEXT.length);
  const blocks = blocksOf(file);
  const targets = [0, 1, 2].map(() => Buffer.alloc(10));
  const [first = Buffer.of(), ...others] = targets;
  for (const target of targets) blocks.readAhead(target);
  expect(await blocks.nextAhead(first)).toBe(5);
  appendFileSync(file.path, TEXT.slice(5));
  let text = first.toString('latin1', 0, 5);
  for (const target of others) text += target.toString('latin1', 0, await blocks.nextAhead(target));
  expect(text).toBe(TEXT.slice(0, 25));
});

test('what is read ahead is read at once, and a descriptor is given back no sooner', async () => {
  const size = 8 * 1024 * 1024;
  const { fd, extent } = open('x'.repeat(2 * size));
  const targets = [Buffer.alloc(size), Buffer.alloc(size)];
  let wasFilled = false;
  const blocks = readBlocks(fd, extent, undefined, async () => {
    wasFilled = targets.every((target) => target.at(-1) === 0x78);
  });
  for (const target of targets) blocks.readAhead(target);
  await blocks.close();
  expect(wasFilled).toBe(true);
});

test('a failure ahead waits for its turn', async () => {
  const fd = openSync(folder.path, 'r');
  opened.push(fd);
  const blocks = readBlocks(fd, new Extent(folder.path, 0, 9, 9), undefined, async () => undefined);
  const target = Buffer.alloc(5);
  blocks.readAhead(target);
  blocks.readAhead(target);
  // Long enough for a rejection that nobody handles to be heard of.
  await new Promise((resolve) => setImmediate(resolve));
  await expect(blocks.nextAhead(target)).rejects.toThrow('is a directory after 0 bytes');
  expect(() => blocks.peek(5)).toThrow('is a directory after 0 bytes');
  await blocks.close();
});
