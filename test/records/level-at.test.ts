import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseHeader } from '../../src/records/header.ts';
import { levelAt } from '../../src/records/level-at.ts';
import { LEVELS } from '../../src/records/record.ts';

/** Mostly one that is sound, so that not all of them are broken somewhere. */
const mostly = (sound: string, ...others: readonly string[]) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(sound) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );

const header = fc
  .tuple(
    mostly('2024-03-01', '2024-12-31', '2024-00-10', '2024-13-01', '2024-01-32', '1-1-1', ''),
    mostly(' ', 'T', '', 'x'),
    mostly('10:15:30', '23:59:59', '23:59:60', '24:00:00', '10:60:00', '1:2:3', ''),
    mostly(',123', '', ',1', '.123456789', ',1234567890', ',', 'Z', ' +0200'),
    mostly(' ', '  ', '\t', '', ' '.repeat(63), ' '.repeat(64), ' '.repeat(70)),
    fc.constantFrom('ERROR', 'WARN', 'WARNING', 'WARNINGS', 'FINE', 'FINER', 'FINEST', 'INFO', 'info', 'ER'),
    mostly(' [A_PLUGIN] x', '', ' ', '\t', ':', '\n'),
  )
  .map((parts) => parts.join(''));

test('what is read from bytes is what the header says', () => {
  let known = 0;
  fc.assert(
    fc.property(fc.oneof(header, fc.string({ maxLength: 60 })), fc.nat(40), (line, end) => {
      const bytes = Buffer.from(`${line}\n2024-03-01 10:15:30,123 ERROR x`, 'latin1');
      const [text = ''] = line.split('\n');
      const level = levelAt(bytes, 0, text.length);
      if (level !== null) {
        known += 1;
        expect(parseHeader(text)?.level).toBe(level);
      }
      // Whatever stands behind the end counts for nothing.
      expect(levelAt(bytes, 0, end)).toBe(levelAt(bytes.subarray(0, end), 0, end));
    }),
    { numRuns: 3000 },
  );
  expect(known).toBeGreaterThan(100);
});

const FORM = new RegExp(
  `^(?:\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])[ T])?(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:[.,]\\d{1,9})? {1,64}(${LEVELS.join('|')}) `,
);
const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
const twoDigits = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((value) => String(value).padStart(2, '0'));

/** Sound, but for values out of their bounds by one. */
const common = fc
  .tuple(
    fc.oneof(
      fc.constant(''),
      fc
        .tuple(digits(4), twoDigits(0, 13), twoDigits(0, 32), fc.constantFrom(' ', 'T'))
        .map(([year, month, day, separator]) => `${year}-${month}-${day}${separator}`),
    ),
    fc.tuple(twoDigits(0, 24), twoDigits(0, 60), twoDigits(0, 60)).map((parts) => parts.join(':')),
    fc.oneof(
      fc.constant(''),
      fc
        .tuple(fc.constantFrom('.', ','), fc.integer({ min: 0, max: 10 }).chain(digits))
        .map((parts) => parts.join('')),
    ),
    fc.oneof(fc.constant(1), fc.constantFrom(0, 2, 63, 64, 65)).map((count) => ' '.repeat(count)),
    fc.constantFrom(...LEVELS),
    fc.constantFrom(' ', ' [A_PLUGIN] x', '', 'S ', '\t'),
  )
  .map((parts) => parts.join(''));

test('every header of the common form is told, and nothing else', () => {
  let known = 0;
  const change = fc.option(fc.tuple(fc.nat(100), fc.constantFrom(...'/09:;.,- TxE\0')));
  fc.assert(
    fc.property(common, change, (sound, changed) => {
      const [place, by] = changed ?? [0, ''];
      const at = place % (sound.length + 1);
      const line = changed === null ? sound : sound.slice(0, at) + by + sound.slice(at + 1);
      const level = FORM.exec(line)?.[1] ?? null;
      const bytes = Buffer.from(`..${line}\n`, 'latin1');
      expect(levelAt(bytes, 2, 2 + line.length)).toBe(level);
      if (level !== null) known += 1;
    }),
    { numRuns: 10_000 },
  );
  expect(known).toBeGreaterThan(500);
});

test.each([
  ['2024-03-01 10:15:30,123 ERROR [A_PLUGIN] x', 'ERROR'],
  ['10:15:30,123 WARN  [A_PLUGIN] x', 'WARN'],
  ['2024-03-01T10:15:30.5 INFO x', 'INFO'],
])('%s', (line, level) => {
  expect(levelAt(Buffer.from(line), 0, line.length)).toBe(level);
});
