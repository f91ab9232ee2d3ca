import { expect, test } from '@jest/globals';
import { nearest } from '../../src/lib/nearest.ts';

const FIELDS = ['severity', 'schema', 'sources', 'status', 'samples', 'id', 'code'];

test.each([
  ['severty', 'severity'],
  ['SEVERITY', 'severity'],
  ['sevreity', 'severity'],
  ['cdoe', 'code'],
  ['sample', 'samples'],
  ['Id', 'id'],
  ['statsu', 'status'],
])('%s is taken for %s', (word, meant) => {
  expect(nearest(word, FIELDS)).toBe(meant);
});

test.each(['', 'x', 'ix', 'colour', 'severityseverity', 'x'.repeat(5000)])(
  '%.20s is nothing known',
  (word) => {
    expect(nearest(word, FIELDS)).toBeUndefined();
  },
);

test('a swap of neighbours counts as one slip, and the first of equals wins', () => {
  expect(nearest('form', ['farm', 'from', 'form'])).toBe('farm');
  expect(nearest('ofrm', ['foam', 'form'])).toBe('form');
});

test('the word itself is no suggestion', () => {
  expect(nearest('code', ['code'])).toBeUndefined();
});
