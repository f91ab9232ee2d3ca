import { expect, test } from '@jest/globals';
import { cleanText } from '../../src/findings/clean.ts';
import { redact } from '../../src/findings/redact.ts';

const SMALL = 64 * 1024;
const BIG = 256 * 1024;

/** Best of three, so that a busy machine does not fail the law. */
function milliseconds(work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3; run += 1) {
    const start = process.hrtime.bigint();
    work();
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e6);
  }
  return best;
}

function expectLinear(unit: string, work: (text: string) => void): void {
  const small = unit.repeat(Math.ceil(SMALL / unit.length));
  const big = unit.repeat(Math.ceil(BIG / unit.length));
  // Four times the text; quadratic work would take sixteen times as long.
  const limit = 6 * milliseconds(() => work(small)) + 150;
  expect(milliseconds(() => work(big))).toBeLessThan(limit);
}

test.each([
  ...[
    'a',
    'A',
    '/',
    'a/',
    '/a',
    '%2F',
    '%252F',
    '\\',
    '\\n',
    '\\"',
    '&quot;',
    '"',
    "'",
    ' ',
    '\n',
    ' \n',
    '\t',
    '\r',
  ],
  ...[
    'secret=',
    'secret = ',
    'secret="',
    'secret=\n',
    'secret:\n',
    'secret=a;',
    'secret=a,b=',
    'token: x = ',
    '<secret>',
  ],
  ...[
    '<secret a',
    '--secret ',
    'pass ',
    'secret=["a",',
    'password=a\\n',
    'secret="token=[\r',
    'Authorization: ',
  ],
  ...[
    'Authorization: Basic ',
    'Authorization:\n',
    'Cookie: a="',
    'Cookie=a, ',
    'Bearer a ',
    '[redacted]',
    '[\\r][\\n]',
  ],
  ...[
    '-----BEGIN',
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----\n-----END',
    'eyJ',
    'eyJ.',
    'eyJ-',
  ],
  ...[
    'AKIA',
    'AKIAIOSFODNN7EXAMPLE:',
    '://',
    '://a:',
    '://a:b@',
    'a.',
    'com.foo.',
    'a$',
    'arn:aws:',
    '123456789012',
  ],
  ...[
    'QWxhZGRpbjpvcGVuIHNlc2FtZQ==\n',
    'abcd\n',
    'AQoDYXdz\n',
    'IQoJb3JpZ2lu',
    'encoded authorization failure message:a',
  ],
])('%j over and over takes linear time', (unit) => {
  expectLinear(unit, (text) => redact(text, 'strict'));
});

test.each(['\u001b', '\u001b[', '\u001b[0', '\u001b]', '\u001bP0', '\u009d', '\r', '\u001b(', '\u0000'])(
  'cleaning %j takes linear time',
  (unit) => {
    expectLinear(unit, cleanText);
  },
);
