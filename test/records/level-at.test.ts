import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseHeader } from '../../src/records/header.ts';
import { levelAt } from '../../src/records/level-at.ts';

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

test.each([
  ['2024-03-01 10:15:30,123 ERROR [A_PLUGIN] x', 'ERROR'],
  ['10:15:30,123 WARN  [A_PLUGIN] x', 'WARN'],
  ['2024-03-01T10:15:30.5 INFO x', 'INFO'],
])('%s', (line, level) => {
  expect(levelAt(Buffer.from(line), 0, line.length)).toBe(level);
});
