import { expect, test } from '@jest/globals';
import { OccurrenceIds, occurrenceIdOf } from '../../src/findings/identity.ts';

test.each([1, 4000, 40_000])(
  'an id from raw bytes is that of the text, of a host of %i letters',
  (length) => {
    const host = 'hö'.repeat(length).slice(0, length);
    const line = '2024-03-01 10:00:00,000 ERROR [AWS_PLUGIN] (t) no';
    expect(new OccurrenceIds(host).of(Buffer.from(`x${line}\n`), 1, 1 + line.length, 77)).toBe(
      occurrenceIdOf(host, line, 77),
    );
  },
);

test('a line that is too long has none', () => {
  const line = 'x'.repeat(17_000);
  expect(new OccurrenceIds('h').of(Buffer.from(line), 0, line.length, 0)).toBeNull();
});
