import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { linesIn } from '../../src/records/lines.ts';
import { linesOf } from '../helpers/records.ts';

const LF = 0x0a;

/** What a byte-by-byte reading says of the same bytes. */
function naive(bytes: Buffer, maxLength: number): object[] {
  const lines: object[] = [];
  let start = 0;
  while (start < bytes.length) {
    const at = bytes.indexOf(LF, start);
    const stop = at < 0 ? bytes.length : at;
    let offset = start;
    while (offset < stop && bytes[offset] === 0) offset += 1;
    if (bytes.subarray(start, start + 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) offset = start + 3;
    const whole = bytes.toString('latin1', offset, stop);
    const cut = whole.length > maxLength;
    lines.push({
      number: lines.length + 1,
      offset,
      end: at < 0 ? stop : stop + 1,
      text: cut ? whole.slice(0, maxLength) : whole.replace(/\r$/, ''),
      cut,
    });
    start = stop + 1;
  }
  return lines;
}

const logBytes = fc
  .array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.constantFrom(
          'a',
          'ERROR x',
          '\n',
          '\r\n',
          '\0',
          '\0\0\0',
          '\xff',
          '\ufeff',
          'é',
          '\n\n',
          ' ',
        ),
      },
      { weight: 1, arbitrary: fc.string() },
    ),
    { maxLength: 60 },
  )
  .map((parts) => Buffer.from(parts.join(''), 'utf8'));

describe('splitLines', () => {
  test('gives the lines of a naive reading, for any bytes and any chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        logBytes,
        fc.boolean(),
        fc.array(fc.nat(200), { maxLength: 8 }),
        fc.constantFrom(3, 8, 1000),
        async (body, mark, cuts, maxLength) => {
          const bytes = mark ? Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]) : body;
          const within = cuts.map((cut) => cut % (bytes.length + 1));
          expect(await linesOf(bytes, within, maxLength)).toEqual(naive(bytes, maxLength));
        },
      ),
      { numRuns: 400 },
    );
  });

  test('a byte at a time is as good as all at once', async () => {
    const bytes = Buffer.from('\0\0one\r\ntwo\n\n\0three');
    const everywhere = Array.from(bytes.keys());
    expect(await linesOf(bytes, everywhere)).toEqual(naive(bytes, 1000));
  });

  test('keeps offsets exact behind a hole of NUL bytes longer than any line kept', async () => {
    const hole = Buffer.alloc(700_000);
    const bytes = Buffer.concat([hole, Buffer.from('2024-03-01 10:15:30,123 ERROR x\ny\n')]);
    const lines = await linesOf(bytes, [1, 300_000, 699_999]);
    expect(lines).toMatchObject([
      { number: 1, offset: 700_000, end: 700_032, text: '2024-03-01 10:15:30,123 ERROR x', cut: false },
      { number: 2, offset: 700_032, end: 700_034, text: 'y' },
    ]);
  });

  test('keeps the beginning of a line that is too long, and the line after it', async () => {
    const bytes = Buffer.from(`${'a'.repeat(1_000_000)}\nnext`);
    const lines = await linesOf(bytes, [10, 500_000], 100);
    expect(lines).toMatchObject([
      { text: 'a'.repeat(100), cut: true, end: 1_000_001 },
      { number: 2, offset: 1_000_001, end: 1_000_005, text: 'next', cut: false },
    ]);
  });

  test('no bytes, no lines', async () => {
    expect(await linesOf(Buffer.alloc(0))).toEqual([]);
  });
});

test('a text is taken apart up to its last line feed, and no farther', () => {
  const lines = (text: string): readonly string[] =>
    linesIn(text, { line: 1, offset: 0 }, 100).map((line) => line.text);
  expect(lines('one\ntwo\n')).toEqual(['one', 'two']);
  expect(lines('one\ntw')).toEqual(['one']);
  expect(lines('on')).toEqual([]);
});
