import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readCommandLine } from '../../src/cli/command-line.ts';
import { COMMANDS } from '../../src/cli/command-table.ts';
import { readPlainly } from '../../src/cli/plain-words.ts';

const flags = COMMANDS.flatMap((spec) => Object.keys(spec.flags));
const values = [
  'ndjson',
  'a',
  '',
  '-',
  '--',
  '-1',
  '2h',
  '--quiet',
  'x=y',
  '=',
  'a b',
  '0x10',
  '1e3',
  'true',
  'VNA1001',
  'help',
  '"a"',
  "'a b'",
  "'",
];

const word = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...flags).map((flag) => `--${flag}`) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...flags), fc.constantFrom(...values))
      .map((pair) => `--${pair.join('=')}`),
  },
  { weight: 4, arbitrary: fc.constantFrom(...values) },
  fc.constantFrom(
    '--help',
    '-h',
    '--version',
    '--no-quiet',
    '--minSeverity',
    '--formta',
    '-q',
    '--color.x',
    '---',
  ),
);
const line = fc
  .tuple(
    fc.constantFrom(...COMMANDS.map(({ name }) => name.split(' ')), ['rules'], ['nope'], []),
    fc.array(word, { maxLength: 6 }),
  )
  .map(([command, words]) => [...command, ...words]);

describe('a plain command line', () => {
  test('is read as the reader of all command lines reads it', async () => {
    let plain = 0;
    await fc.assert(
      fc.asyncProperty(line, async (argv) => {
        const read = readPlainly(argv);
        if (read === null) return;
        plain += 1;
        expect(read).toEqual(await readCommandLine(argv, 80));
      }),
      { numRuns: 1000 },
    );
    expect(plain).toBeGreaterThan(100);
  });

  test.each([
    [['scan'], { command: 'scan', words: [], given: {} }],
    [['scan', '-'], { command: 'scan', words: ['-'], given: {} }],
    [
      ['scan', '--format', 'ndjson', 'a', '--rules', 'r1', '--quiet', '--rules=r2', '--', '--b'],
      {
        command: 'scan',
        words: ['a', '--b'],
        given: { format: 'ndjson', rules: ['r1', 'r2'], quiet: true },
      },
    ],
    [['rules', 'show', 'VNA1001'], { command: 'rules show', words: ['VNA1001'], given: {} }],
  ])('%j', (argv, expected) => {
    expect(readPlainly(argv)).toEqual(expected);
  });

  test('of as many words as a system allows', () => {
    const words = Array.from({ length: 250_000 }, (_, number) => `${number}.log`);
    expect(readPlainly(['scan', '--quiet', '--', ...words])?.words).toEqual(words);
    expect(readPlainly(['scan', ...words, '--quiet'])?.words).toEqual(words);
  });

  test.each([
    [[]],
    [['scna']],
    [['rules']],
    [['scan', '--help']],
    [['scan', 'a', 'help', '--quiet']],
    [['scan', '--rules="r"']],
    [['scan', '--rules', "'r'"]],
    [['scan', '--formta', 'text']],
    [['scan', '--format']],
    [['scan', '--format', 'text', '--format', 'json']],
    [['rules', 'show']],
    [['rules', 'show', 'VNA1001', 'VNA1002']],
    [['explain', 'VNA1001', 'VNA1002']],
  ])('%j is left to the other', (argv) => {
    expect(readPlainly(argv)).toBeNull();
  });
});
