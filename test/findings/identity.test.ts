import { expect, test } from '@jest/globals';
import { occurrenceIdFrom, occurrenceIdOf, occurrenceIdPrefix } from '../../src/findings/identity.ts';

test.each([1, 4000, 40_000])('an id from its text is that of a host of %i letters', (length) => {
  const host = 'hö"'.repeat(length).slice(0, length);
  const line = '2024-03-01 10:00:00,000 ERROR [AWS_PLUGIN] (t) no';
  const text = Buffer.concat([occurrenceIdPrefix(host), Buffer.from(`${line}",77]`)]);
  expect(occurrenceIdFrom(text)).toBe(occurrenceIdOf(host, line, 77));
});
