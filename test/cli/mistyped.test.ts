import { expect, test } from '@jest/globals';
import { COMMANDS, SHELLS } from '../../src/cli/command-table.ts';
import { bashCompletion } from '../../src/cli/completion/bash.ts';
import { fishCompletion } from '../../src/cli/completion/fish.ts';
import { completionsWith } from '../../src/cli/completion/shape.ts';
import { zshCompletion } from '../../src/cli/completion/zsh.ts';
import type { Console } from '../../src/cli/console.ts';
import { run } from '../../src/cli/run.ts';
import { describeProblem, UsageError } from '../../src/lib/errors.ts';

const io = {
  stdout: process.stdout,
  stderr: process.stderr,
  env: {},
  signal: new AbortController().signal,
  expectSignal: () => undefined,
  onHangup: () => undefined,
  say: () => undefined,
} satisfies Console;

async function problemOf(line: string): Promise<string> {
  try {
    await run(line.split(' '), io);
  } catch (error) {
    if (error instanceof UsageError) return describeProblem(error);
    throw error;
  }
  return '';
}

test.each([
  ['scna', 'unknown command `scna`; did you mean `scan`?'],
  ['explian VNA1001', 'unknown command `explian`; did you mean `explain`?'],
  ['zebra', 'unknown command `zebra`; see oclog --help'],
  ['rules', 'no command given behind rules: it takes list or show; see oclog --help'],
  ['rules lst', 'unknown command `rules lst`; did you mean `oclog rules list`?'],
  ['rules zebra', 'unknown command `rules zebra`; oclog rules has list and show'],
  [
    'alerts zebra',
    'unknown command `alerts zebra`; oclog alerts has list, ack, resolve, silence, unsilence, test and dead',
  ],
  ['rules show', 'oclog rules show needs a CODE; a code or the id of a rule'],
  ['rules list x', 'one word too many: `x`; oclog rules list takes none'],
  ['explain a b', 'one word too many: `b`; oclog explain takes one CODE'],
  ['explain --formt json', 'unknown argument `formt`; did you mean `--format`?'],
  ['explain --since 2h', 'unknown argument `since`; see oclog explain --help'],
  ['explain VNA1001 --format', '--format needs a value; see oclog --help'],
  ['explain --format json --format text', '--format is given more than once'],
  ['explain --format xml', '--format: `xml` is none of text, json'],
  ['completion', 'oclog completion needs a SHELL; bash, zsh, fish'],
  ['completion bsh', 'no completion for the shell `bsh`; did you mean `bash`?'],
  ['completion powershell', 'no completion for the shell `powershell`; there is one for bash, zsh, fish'],
])('oclog %s', async (line, problem) => {
  expect(await problemOf(line)).toBe(problem);
});

test('every completion script knows every command, option and code', () => {
  const completions = completionsWith(['VNA1001', 'VNA1099']);
  const scripts = [bashCompletion(completions), zshCompletion(completions), fishCompletion(completions)];
  expect(scripts).toHaveLength(SHELLS.length);
  for (const script of scripts) {
    for (const { name, flags } of COMMANDS) {
      for (const word of name.split(' ')) expect(script).toContain(word);
      for (const flag of Object.keys(flags)) expect(script).toMatch(new RegExp(`(?:--|-l )${flag}\\b`));
    }
    expect(script).toContain('VNA1001 VNA1099');
  }
});
