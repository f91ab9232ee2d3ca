import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { redact } from '../../src/findings/redact.ts';
import * as samples from './redact-samples.ts';

// The same cases in every run; `OCLOG_SEED=random` tries others.
if (process.env['OCLOG_SEED'] !== 'random') fc.configureGlobal({ seed: 442985 });

const LEVELS = ['standard', 'strict'] as const;
const seeds = fc.integer({ min: 1, max: 2 ** 30 });
const of = (table: Readonly<Record<string, unknown>>): fc.Arbitrary<string> =>
  fc.constantFrom(...Object.keys(table));
const inRecord = (text: string): string =>
  `2026-01-01 00:00:00,000 ERROR [AWS_PLUGIN] (default task-1) Handler: ${text}\n\tat com.example.Foo.bar(Foo.java:1)\nCaused by: java.io.IOException: no`;

function expectHidden(input: string, forms: readonly string[]): void {
  for (const text of [input, inRecord(input)]) {
    for (const level of LEVELS) {
      const output = redact(text, level);
      const piece = samples.leak(output, forms);
      if (piece !== undefined) throw new Error(`${piece} of\n${text}\nis still in\n${output}`);
      expect(redact(output, level)).toBe(output);
    }
  }
  expect(redact(inRecord(input), 'standard')).toContain('Caused by: java.io.IOException: no');
}

test('a secret behind a name never shows, in any shape and encoding', () => {
  fc.assert(
    fc.property(
      seeds,
      of(samples.SECRETS),
      of(samples.ENCODINGS),
      of(samples.SHAPES),
      (seed, kind, code, shape) => {
        const secret = samples.SECRETS[kind]?.(seed) ?? '';
        const value = samples.ENCODINGS[code]?.(secret) ?? '';
        expectHidden(samples.SHAPES[shape]?.(value) ?? '', [secret, value]);
      },
    ),
    { numRuns: 1500 },
  );
});

test('a password behind a name never shows', () => {
  const { 'basic authorization': _, ...shapes } = samples.SHAPES;
  fc.assert(
    fc.property(seeds, of(samples.ENCODINGS), of(shapes), (seed, code, shape) => {
      // A bare percent sign inside an encoded text is an escape like any other.
      if (shape === 'encoded query string' && !code.includes('percent')) return;
      const password = samples.PASSWORD(seed);
      const value = samples.ENCODINGS[code]?.(password) ?? '';
      expectHidden(samples.SHAPES[shape]?.(value) ?? '', [password, value]);
    }),
    { numRuns: 800 },
  );
});

test('a secret key or session token without a name never shows', () => {
  const shapes = { ...samples.BARE_SHAPES, ...samples.PATH_SHAPES };
  fc.assert(
    fc.property(
      seeds,
      fc.constantFrom('secret key', 'session token', 'old session token'),
      of(samples.ENCODINGS),
      of(shapes),
      (seed, kind, code, shape) => {
        if (kind !== 'secret key' && shape in samples.PATH_SHAPES) return;
        const secret = samples.SECRETS[kind]?.(seed) ?? '';
        const value = samples.ENCODINGS[code]?.(secret) ?? '';
        expectHidden(shapes[shape]?.(value) ?? '', [secret, value]);
      },
    ),
    { numRuns: 800 },
  );
});

test('a secret folded over lines behind a name never shows', () => {
  fc.assert(
    fc.property(
      seeds,
      of(samples.SECRETS),
      fc.constantFrom('raw', 'percent', 'double percent', 'escaped slashes'),
      fc.constantFrom(...samples.FOLDABLE),
      fc.integer({ min: 8, max: 80 }),
      fc.constantFrom('\n', '\n    ', '\r\n', '\n\t'),
      (seed, kind, code, shape, width, separator) => {
        const value = samples.ENCODINGS[code]?.(samples.SECRETS[kind]?.(seed) ?? '') ?? '';
        const folded = samples.folded(value, width, separator);
        expectHidden(samples.SHAPES[shape]?.(folded) ?? '', folded.split(separator));
      },
    ),
    { numRuns: 1500 },
  );
});

test('a hundred characters of base64 never show, on one line or folded', () => {
  fc.assert(
    fc.property(
      seeds,
      fc.integer({ min: 16, max: 200 }),
      fc.constantFrom('\n', '\r\n  ', '\\n'),
      (seed, width, separator) => {
        const folded = samples.folded(
          samples.SECRETS['session token']?.(seed).slice(16) ?? '',
          width,
          separator,
        );
        expectHidden(`got ${folded}`, folded.split(separator));
      },
    ),
    { numRuns: 300 },
  );
});

const pieces = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    ...[
      'secret',
      'password',
      'token',
      'Authorization',
      'Cookie',
      'apiKey',
      'Bearer',
      'Basic',
      'AKIAIOSFODNN7EXAMPLE',
    ],
    ...[
      '=',
      ':',
      ' ',
      '"',
      "'",
      '\\"',
      ',',
      ';',
      '{',
      '}',
      '[',
      ']',
      '<',
      '>',
      '</',
      '&',
      '%3D',
      '%22',
      '\\n',
      '\n',
      '\t',
    ],
    ...[
      '[redacted]',
      '[redacted 12 characters]',
      'AKIA…MPLE',
      '://',
      '@',
      'eyJ',
      '.',
      '-----BEGIN PRIVATE KEY-----',
    ],
    ...[
      'IQoJb3JpZ2lu',
      'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      '/opt/CA/VNA',
      'arn:aws:iam::123456789012:user/bob',
    ],
    ...['value', 'null', 'abc', 'Def1', '\tat a.b.C(D.java:1)', 'Caused by: x'],
  ),
);
const logLike = fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join(''));

test('redacting twice changes nothing, whatever the text', () => {
  fc.assert(
    fc.property(logLike, fc.constantFrom(...LEVELS), (text, level) => {
      const output = redact(text, level);
      expect(redact(output, level)).toBe(output);
    }),
    { numRuns: 3000 },
  );
});

test('never throws, and keeps what has nothing to hide', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
      expect(typeof redact(String.fromCharCode(...units), 'strict')).toBe('string');
    }),
  );
  expect(redact('', 'strict')).toBe('');
});
