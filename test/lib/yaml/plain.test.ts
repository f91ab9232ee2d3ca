// The law of plain YAML: what is read without the library is what the library reads, without a fault.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readPlain } from '../../../src/lib/yaml/plain.ts';
import { parseWhole } from '../../../src/lib/yaml/whole.ts';
import { SEED } from '../../helpers/seed.ts';

const root = join(import.meta.dirname, '../../..');
const WRITTEN = ['src/rules/builtin', 'fixtures/rules'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => join(root, folder, name)),
);
const TEXTS = WRITTEN.map((path) => readFileSync(path, 'utf8'));

/** Whether it is plain. */
function check(text: string): boolean {
  const value = readPlain(text);
  if (value === undefined) return false;
  const { document, faults } = parseWhole(text);
  expect({ text, value, faults }).toEqual({ text, value: document?.value, faults: [] });
  return true;
}

test('rules are plain', () => {
  expect(TEXTS.length).toBeGreaterThan(10);
  expect(WRITTEN.filter((_, at) => !check(TEXTS[at] ?? ''))).toEqual([]);
});

const PIECES = [
  ...[
    '\n',
    '\n\n',
    ' ',
    '  ',
    '\n  ',
    '\n    ',
    '\t',
    '\r\n',
    '- ',
    '-',
    '\n- ',
    '\n  - ',
    ':',
    ': ',
    ' :',
    '#',
    ' # ',
  ],
  ...[
    "'",
    "''",
    '"',
    '\\',
    '\\n',
    '\\"',
    '{',
    '}',
    '[',
    ']',
    ',',
    ', ',
    '{}',
    '[]',
    '&a ',
    '*a',
    '!',
    '|',
    '>',
    '|\n',
    '>-\n',
  ],
  ...[
    '|2\n',
    '|+\n',
    '---',
    '---\n',
    '...\n',
    '%',
    '@',
    '`',
    '?',
    '? ',
    '~',
    '=',
    '<<: ',
    '<',
    '$',
    '^',
    '+',
    '.',
    '/',
    '_',
  ],
  ...[
    'true',
    'True',
    'null',
    'yes',
    'off',
    'n',
    '1',
    '-1',
    '0',
    '01',
    '0x1f',
    '0o7',
    '1e3',
    '1.5',
    '.inf',
    '.5',
    '12:30',
  ],
  ...[
    '2026-01-31',
    '123456789012345678',
    'a',
    'key: ',
    'a b',
    'x: y',
    'é',
    '…',
    '\u00a0',
    '\u2028',
    '\ufeff',
    '\u{1f600}',
    'a#b',
  ],
];

function outdented(lines: readonly string[]): readonly string[] {
  const indent = Math.min(...lines.filter((line) => line !== '').map((line) => line.search(/[^ ]/)));
  return lines.map((line) => line.slice(indent));
}

test('what is changed a little is read as the library reads it, or not at all', () => {
  let plain = 0;
  const change = fc.tuple(fc.nat(), fc.nat({ max: 12 }), fc.constantFrom('', '', ' ', '\n', 'a', ...PIECES));
  fc.assert(
    fc.property(
      fc.constantFrom(...TEXTS),
      fc.nat(),
      fc.array(change, { maxLength: 2 }),
      (whole, from, changes) => {
        // A part of a file, for most changes of a long one would be in prose.
        const lines = whole.split('\n');
        const start = from % lines.length;
        let text = `${outdented(lines.slice(start, start + 12)).join('\n')}\n`;
        for (const [at, count, piece] of changes) {
          const place = at % (text.length + 1);
          text = text.slice(0, place) + piece + text.slice(place + (count > 6 ? 0 : count));
        }
        if (check(text)) plain += 1;
      },
    ),
    { numRuns: 6000, seed: SEED },
  );
  expect(plain).toBeGreaterThan(300);
});

/** Documents that are nearly right: each level two blanks farther in, now and then three, or none. */
const scalar = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "'it''s'",
      '"a\\nb"',
      'one two',
      "VNA's",
      'https://a.b/c?d=e',
      'a, b',
      '(?i)x',
      '7',
    ),
  },
  { weight: 2, arbitrary: fc.constantFrom(...PIECES) },
  {
    weight: 1,
    arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }).map((pieces) => pieces.join('')),
  },
);
const name = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...'abcdefgh') },
  { weight: 1, arbitrary: fc.constantFrom('true', 'a b', 'n', "'q'", '1', 'k.x', 'k-x', '_') },
);
const flow = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.tuple(name, scalar), { maxLength: 3 })
      .map((items) => `{ ${items.map(([key, item]) => `${key}: ${item}`).join(', ')} }`),
  },
);
const farther = fc.oneof(
  { weight: 9, arbitrary: fc.constant('  ') },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '   ') },
);
const indented = (lines: readonly string[], by: string): readonly string[] => lines.map((line) => by + line);
const { block } = fc.letrec<{ block: readonly string[] }>((tie) => {
  const text = fc.tuple(
    fc.constantFrom('|', '|-', '>-', '>', '|2', '>+'),
    farther,
    fc.array(fc.oneof(scalar, fc.constantFrom('text', 'more: text', '\tat a.b', '', '# x')), {
      minLength: 1,
      maxLength: 3,
    }),
  );
  const behind = fc.oneof(
    { depthIdentifier: 'yaml', maxDepth: 3 },
    flow.map((value) => [` ${value}`]),
    text.map(([header, by, lines]) => [` ${header}`, ...indented(lines, by)]),
    fc.tuple(farther, tie('block')).map(([by, lines]) => ['', ...indented(lines, by)]),
  );
  const entry = fc.tuple(name, behind).map(([key, [first = '', ...more]]) => [`${key}:${first}`, ...more]);
  const mapping = fc.array(entry, { minLength: 1, maxLength: 3 }).map((entries) => entries.flat());
  const item = fc.oneof(
    behind.map(([first = '', ...more]) => [`-${first}`, ...more]),
    mapping.map(([first = '', ...more]) => [`- ${first}`, ...indented(more, '  ')]),
  );
  const sequence = fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.flat());
  return { block: fc.oneof({ weight: 3, arbitrary: mapping }, { weight: 1, arbitrary: sequence }) };
});

test('what is put together of all there is, too', () => {
  let plain = 0;
  fc.assert(
    fc.property(block, (lines) => {
      if (check(`${lines.join('\n')}\n`)) plain += 1;
    }),
    { numRuns: 10_000, seed: SEED },
  );
  expect(plain).toBeGreaterThan(1000);
});

test.each([
  ['a text without an end of line', 'a: b'],
  ['nothing', '\n'],
  ['a list', '- a\n'],
  ['a field twice', 'a: 1\na: 2\n'],
  ['a number of many digits', 'a: 12345678901234567890\n'],
  ['a field without a value', 'a:\n'],
  ['a text over two lines', 'a: b\n  c\n'],
  ['two paragraphs', 'a: >\n  b\n\n  c\n'],
  ['a text that keeps its ends', 'a: |+\n  b\n\n'],
  ['an alias', 'a: &x b\nc: *x\n'],
  ['a document behind its mark', '---\na: b\n'],
  ['a name of JavaScript', 'constructor: 1\n'],
  ['what is nested deeply', `a: ${'['.repeat(20)}1${']'.repeat(20)}\n`],
])('%s is left to the library', (_, text) => expect(readPlain(text)).toBeUndefined());

test('a long line costs no more than its length', () => {
  const started = process.hrtime.bigint();
  for (const piece of ['a ', "'", '"\\', '[', '{a: ', ': ', '#', ' #', '- ', '\\', 'a:', "''"])
    for (const head of ['a: ', "a: '", 'a: "', 'a: [', 'a: { b: ', '- ', ''])
      check(`${head}${piece.repeat(100_000)}\n`);
  expect(Number(process.hrtime.bigint() - started) / 1e9).toBeLessThan(20);
});
