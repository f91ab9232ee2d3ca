import { expect, test } from '@jest/globals';
import { occurrenceIdFrom, occurrenceIdOf, occurrenceIdPrefix } from '../../src/findings/identity.ts';

test.each([1, 4000, 40_000])('an id from its text is that of a host of %i letters', (length) => {
  const host = 'hö"'.repeat(length).slice(0, length);
  const line = '2024-03-01 10:00:00,000 ERROR [AWS_PLUGIN] (t) no';
  const text = Buffer.concat([occurrenceIdPrefix(host), Buffer.from(`${line}",77]`)]);
  expect(occurrenceIdFrom(text)).toBe(occurrenceIdOf(host, line, 77));
});

test('an occurrence has the same id however many were named before', () => {
  const idOf = (offset: number): string =>
    occurrenceIdOf('host', '10:00:00,000 ERROR [AWS_PLUGIN] (t) no', offset);
  const first = idOf(5);
  expect(first).toMatch(/^[0-9a-f]{16}$/);
  const ids = new Set(Array.from({ length: 1000 }, (_, offset) => idOf(offset)));
  expect(ids.size).toBe(1000);
  expect(idOf(5)).toBe(first);
});
