// The completion scripts in the shells that they are for.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { runCli } from '../helpers/cli.ts';

const dir = mkdtempSync(join(tmpdir(), 'oclog-completion-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function scriptFor(shell: string): string {
  const { status, stdout } = runCli(['completion', shell]);
  expect(status).toBe(0);
  const path = join(dir, `oclog.${shell}`);
  writeFileSync(path, stdout);
  return path;
}

function inShell(shell: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(shell, args, { encoding: 'utf8', timeout: 30_000 });
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

const CODES = 'VNA1001 VNA1002 VNA1003 VNA1004 VNA1005 VNA1006 VNA1007 VNA1008 VNA1009';
const LINES: readonly (readonly [readonly string[], string])[] = [
  [[''], 'scan tail check alerts explain rules completion --help --version'],
  [['sc'], 'scan'],
  [['scan', '--form'], '--format'],
  [['scan', '--format', 'nd'], 'ndjson'],
  [['scan', '--format', '=', 'nd'], 'ndjson'],
  [['scan', '--color', '='], 'auto always never'],
  [['scan', 'x', '--fail-on', 'n'], 'never'],
  [['scan', '--since', ''], ''],
  [['scan', ''], ''],
  [['explain', 'VNA100'], CODES],
  [['explain', '--c'], '--color'],
  [['rules', ''], 'list show --help'],
  [['rules', 'show', 'VNA100'], CODES],
  [['rules', 'show', '--r'], '--rules'],
  [['completion', 'z'], 'zsh'],
];

describe('in bash', () => {
  test.each(LINES)('oclog %j', (words, expected) => {
    const line = ['oclog', ...words].map((word) => `'${word}'`).join(' ');
    const program = `source "$1"; COMP_WORDS=(${line}); COMP_CWORD=${words.length}; _oclog; echo "\${COMPREPLY[*]}"`;
    expect(inShell('bash', ['--norc', '-c', program, 'bash', scriptFor('bash')])).toBe(`${expected}\n`);
  });

  test('the script sets completion up', () => {
    const shown = inShell('bash', [
      '--norc',
      '-c',
      'source "$1"; complete -p oclog',
      'bash',
      scriptFor('bash'),
    ]);
    expect(shown).toBe('complete -F _oclog oclog\n');
  });
});

describe('in fish', () => {
  test.each([
    ['oclog ', ['alerts', 'check', 'completion', 'explain', 'rules', 'scan', 'tail']],
    ['oclog scan --form', ['--format']],
    ['oclog scan --format nd', ['ndjson']],
    ['oclog rules ', ['list', 'show']],
    ['oclog rules show VNA101', ['VNA1010', 'VNA1011']],
    ['oclog completion ', ['bash', 'fish', 'zsh']],
  ])('%s', (line, expected) => {
    const shown = inShell('fish', [
      '-c',
      `source "$argv[1]"; complete -C "$argv[2]"`,
      scriptFor('fish'),
      line,
    ]);
    expect(
      shown
        .split('\n')
        .flatMap((one) => one.split('\t')[0] || [])
        .sort(),
    ).toEqual(expected);
  });
});

test('zsh takes the script', () => {
  const path = scriptFor('zsh');
  inShell('zsh', ['-n', path]);
  const program = 'autoload -U compinit && compinit -u -D && source "$1" && print -r -- $_comps[oclog]';
  expect(inShell('zsh', ['-f', '-c', program, 'zsh', path])).toBe('_oclog\n');
});
