// What the completion scripts of all shells are made from: commands, their options and what may follow them.
import type { Flag } from '../../config/flag.ts';
import { COMMANDS, type CommandSpec, SHELLS, type WordKind } from '../command-table.ts';

export interface Completions {
  readonly commands: readonly CommandSpec[];
  /** The codes of the built-in rules. */
  readonly codes: readonly string[];
}

export function completionsWith(codes: readonly string[]): Completions {
  return { commands: COMMANDS, codes };
}

/** What may follow an option, or stand as a word: one of these, a file, or something that only its author knows. */
export type Values = { readonly choices: readonly string[] } | 'file' | 'free';

export function valuesOfFlag({ choices, value }: Flag): Values {
  if (choices !== undefined) return { choices };
  return value === 'FILE' || value === 'PATH' ? 'file' : 'free';
}

export function valuesOfWord(kind: WordKind, { codes }: Completions): Values {
  if (kind === 'file' || kind === 'free') return kind;
  return { choices: kind === 'code' ? codes : SHELLS };
}
