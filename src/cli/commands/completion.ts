// `oclog completion`: a script for a shell, with the built-in codes in it.
import { UsageError } from '../../lib/errors.ts';
import { nearest } from '../../lib/nearest.ts';
import { loadBuiltinRules } from '../../rules/builtin.ts';
import { SHELLS, type Shell } from '../command-table.ts';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { type Completions, completionsWith } from '../completion/shape.ts';
import { zshCompletion } from '../completion/zsh.ts';
import type { Console } from '../console.ts';
import { print } from '../print.ts';

const SCRIPTS: Readonly<Record<Shell, (completions: Completions) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

export async function runCompletion(word: string, io: Console): Promise<number> {
  const shell = SHELLS.find((name) => name === word);
  if (shell === undefined) {
    const meant = nearest(word, SHELLS);
    throw new UsageError(`no completion for the shell \`${word}\``, {
      hint: meant === undefined ? `there is one for ${SHELLS.join(', ')}` : `did you mean \`${meant}\`?`,
    });
  }
  const codes = (await loadBuiltinRules()).map(({ code }) => code);
  return await print(SCRIPTS[shell](completionsWith(codes)), io);
}
