// Reads a command line that holds nothing out of the ordinary: a known command, its options, its words. Whatever else it
// meets it leaves to the reader in command-line.ts, which explains; the two must never read a line differently. Node's own
// reader would do, and takes a millisecond of each start to load.
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
  const parsed = parse(argv.slice(spec.name.split(' ').length), spec.flags);
  if (parsed === null || !takes(spec, parsed.words.length)) return null;
  return { command: spec.name, ...parsed };
}

/** What the other takes for more than a word: a value for a switch, the wish for help, quotes that a shell left. */
const TELLING = /^(?:true|false|help|(?:--[^=]+=)?(["']).*\1)$/s;

/** Where the two would differ; also on a word behind `--` that must be there. */
function isOdd(word: string, { word: taken }: CommandSpec): boolean {
  return TELLING.test(word) || (word === '--' && taken?.arity === 'required');
}

function takes({ word }: CommandSpec, count: number): boolean {
  if (word === undefined) return count === 0;
  if (word.arity === 'many') return true;
  return word.arity === 'required' ? count === 1 : count <= 1;
}

type Values = Record<string, string | boolean | readonly string[]>;

function parse(args: readonly string[], flags: FlagTable): Pick<PlainCommand, 'words' | 'given'> | null {
  const given: Values = {};
  const words: string[] = [];
  const left = args.values();
  for (const arg of left) {
    if (arg === '--') for (const word of left) words.push(word);
    else if (!isOption(arg)) words.push(arg);
    else if (!take(optionIn(arg, left, flags), given, flags)) return null;
  }
  return { words, given };
}

type Option = readonly [name: string, value: string | boolean];

/** Whether it can be: one that takes one value must not have several. */
function take(option: Option | null, given: Values, flags: FlagTable): boolean {
  if (option === null) return false;
  const [name, value] = option;
  const earlier = given[name];
  if (flags[name]?.type === 'list') given[name] = [...(Array.isArray(earlier) ? earlier : []), String(value)];
  else if (earlier === undefined) given[name] = value;
  else return false;
  return true;
}

/** The option that `arg` names, with its value, which may be the next word; `null` if that is not plain to see. */
function optionIn(arg: string, left: Iterator<string>, flags: FlagTable): Option | null {
  const [, name = '', own] = /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
  const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
  if (flag === undefined) return null;
  if (flag.type === 'boolean') return own === undefined ? [name, true] : null;
  const value = own ?? (left.next().value as string | undefined);
  return value === undefined || value === '' || (own === undefined && isOption(value)) ? null : [name, value];
}

function isOption(word: string): boolean {
  return word.startsWith('-') && word !== '-';
}
