import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compileRegex } from '../../src/rules/regex.ts';
import { literalOf } from '../../src/rules/regex-literal.ts';

test.each([
  ['queue depth [0-9]+', 'queue depth '],
  ['foo\\.bar?', 'foo.ba'],
  ['ab+cde', 'cde'],
  ['x{0,3}yz', 'yz'],
  ['a[]x|]bcd', 'bcd'],
  ['(a|b)long(?:er)?', 'long'],
  ['Connect to (?P<v>[a-z|)(]+):[0-9]{1,5} failed', 'Connect to '],
  ['one|two', null],
  ['(?i)denied', null],
  ['a(?s)b', null],
  ['\\x41bc', null],
  ['\\pLabc', null],
  ['[a-z]+', null],
  ['aa{a|b', null],
])('%s -> %s', (source, literal) => {
  expect(literalOf(source)).toBe(literal);
});

const piece = fc.constantFrom(
  ...[
    'a',
    'b',
    'ab',
    'ba',
    '.',
    'a?',
    'b*',
    'a+',
    'ab{2}',
    '(a|b)',
    '(?:ab)?',
    '[ab]',
    '[^a]',
    '[]a]',
    '\\.',
    '\\w',
    '\\b',
    '^',
    '$',
  ],
  ...['a|b', '(b', ')', '[', '\\', '{', 'a{1,2}?', '(?i)a', '\\d', ' '],
);

test('every text that matches holds it', () => {
  let matched = 0;
  const text = fc.array(fc.constantFrom('a', 'b', '.', ' ', '1', 'A'), { maxLength: 12 });
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 1, maxLength: 7 }),
      fc.array(text, { maxLength: 20 }),
      (pieces, texts) => {
        const source = pieces.join('');
        const literal = literalOf(source);
        const regex = compiled(source);
        if (literal === null || regex === null) return;
        for (const letters of texts) {
          const value = letters.join('');
          if (!regex.test(value)) continue;
          matched += 1;
          expect(value).toContain(literal);
        }
      },
    ),
    { numRuns: 3000 },
  );
  expect(matched).toBeGreaterThan(100);
});

function compiled(source: string): ReturnType<typeof compileRegex> | null {
  try {
    return compileRegex(source);
  } catch {
    return null;
  }
}
