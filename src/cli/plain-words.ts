// Reads a command line that holds nothing out of the ordinary: a known command, its options, its words. Whatever else it
// meets it leaves to the reader in command-line.ts, which explains; the two must never read a line differently.
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { FlagTable, Given } from '../config/flag.ts';
import { COMMANDS, type CommandName, type CommandSpec } from './command-table.ts';

export interface PlainCommand {
  readonly command: CommandName;
  readonly words: readonly string[];
  readonly given: Given;
}

/** `null`: not for us to say. */
export function readPlainly(argv: readonly string[]): PlainCommand | null {
  const spec = COMMANDS.find(({ name }) => name.split(' ').every((word, at) => argv[at] === word));
  if (spec === undefined || argv.some((word) => isOdd(word, spec))) return null;
  const parsed = parse(argv.slice(spec.name.split(' ').length), spec);
  if (parsed === null || !takes(spec, parsed.positionals.length)) return null;
  const given = givenIn(parsed.values, spec.flags);
  return given === null ? null : { command: spec.name, words: parsed.positionals, given };
}

/** Where the two would differ: on a switch that is given a value, and on a word behind `--` that must be there. */
function isOdd(word: string, { word: taken }: CommandSpec): boolean {
  return word === 'true' || word === 'false' || (word === '--' && taken?.arity === 'required');
}

type Values = { readonly [name: string]: undefined | string | boolean | readonly (string | boolean)[] };

function parse(
  args: readonly string[],
  { flags }: CommandSpec,
): { readonly values: Values; readonly positionals: readonly string[] } | null {
  const options: NonNullable<ParseArgsConfig['options']> = Object.fromEntries(
    Object.entries(flags).map(([name, { type }]) => [
      name,
      { type: type === 'boolean' ? 'boolean' : 'string', multiple: true } as const,
    ]),
  );
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch {
    return null;
  }
}

function takes({ word }: CommandSpec, count: number): boolean {
  if (word === undefined) return count === 0;
  if (word.arity === 'many') return true;
  return word.arity === 'required' ? count === 1 : count <= 1;
}

/** `null` where an option that takes one value has several, or a value is empty. */
function givenIn(values: Values, flags: FlagTable): Given | null {
  const given: Record<string, string | boolean | readonly string[]> = {};
  for (const [name, value] of Object.entries(values)) {
    if (!Array.isArray(value) || value.includes('')) return null;
    const [first] = value;
    if (flags[name]?.type === 'list') given[name] = value.map(String);
    else if (value.length === 1 && first !== undefined) given[name] = first;
    else return null;
  }
  return given;
}
