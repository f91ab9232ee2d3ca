import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { plainRegex } from '../../src/rules/plain-regex.ts';
import { compileRegex } from '../../src/rules/regex.ts';
import { SEED } from '../helpers/seed.ts';

test.each(['denied', '(?i)not authorized to perform', 'a\\.b\\(c', "it's 5 \\$", '(?i)\\[x\\]'])(
  '%s takes no engine',
  (source) => expect(plainRegex(source)).not.toBeNull(),
);

test.each([
  ...['', '(?i)', 'a.b', 'a+', '^a', 'a$', 'a|b', '(a)', '[a]', 'a{2}', '\\d', '\\bword', '\\x41', '\\Qa\\E'],
  ...['(?s)a', '(?is)a', 'a(?i)b', '(?-i)a', 'é', '\\é', 'a\nb', '\\\n', 'ends in \\', 'a'.repeat(65)],
])('%j takes one', (source) => expect(plainRegex(source)).toBeNull());

/** All that any of Unicode's foldings could make a letter of ASCII of, or the other way round, and what stands beside. */
const FOLDS = [...'kKsSiIaAzZ', ...'\u212a\u017f\u0130\u0131\u00e5\u212b\ufb00\ufb05\ufb06\u1e9e\u00df'];
const char = fc.oneof(
  fc.constantFrom(...FOLDS, ...' _-,;:!#%&@~\'"`=<>/.*+?()[]{}|^$\\'),
  fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
);

test('what is plain says what the engine says', () => {
  let plain = 0;
  let held = 0;
  fc.assert(
    fc.property(
      fc.constantFrom('', '(?i)'),
      fc.array(
        fc.oneof(
          char,
          char.map((one) => `\\${one}`),
        ),
        { minLength: 1, maxLength: 4 },
      ),
      fc.array(fc.array(fc.oneof(char, fc.constantFrom('\ud83d', '\u{1f600}', '\n')), { maxLength: 6 }), {
        maxLength: 5,
      }),
      fc.func(fc.integer({ min: 0, max: 3 })),
      (flags, pieces, around, choose) => {
        const source = flags + pieces.join('');
        const test = plainRegex(source);
        if (test === null) return;
        plain += 1;
        const engine = compileRegex(source);
        // Chance alone would seldom hit on a text that matches.
        const like = pieces.map((piece, at) => {
          const letter = piece.slice(-1);
          const alike = FOLDS.filter((one) => one.toLowerCase() === letter.toLowerCase());
          return [letter, letter.toUpperCase(), letter.toLowerCase(), ...alike][choose(at)] ?? letter;
        });
        for (const letters of around) {
          const text = letters.join('');
          for (const whole of [text, `${text}${like.join('')}${text}`]) {
            expect([whole, test(whole)]).toEqual([whole, engine.test(whole)]);
            if (test(whole)) held += 1;
          }
        }
      },
    ),
    { numRuns: 3000, seed: SEED },
  );
  expect(plain).toBeGreaterThan(500);
  expect(held).toBeGreaterThan(500);
});

test('each character of Unicode matches a letter of ASCII where the engine says so', () => {
  const any = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
  for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
    const [test, engine] = [plainRegex(`(?i)${letter}`), compileRegex(`(?i)${letter}`)];
    const [ours, theirs] = [any.filter((one) => test?.(one)), any.filter((one) => engine.test(one))];
    expect(ours).toEqual(theirs);
  }
}, 60_000);

test('a text that begins at every place of another one takes no longer for it', () => {
  const test = plainRegex(`(?i)${'a'.repeat(63)}b`);
  const started = process.hrtime.bigint();
  expect(test?.('A'.repeat(256 * 1024))).toBe(false);
  expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(1000);
});
