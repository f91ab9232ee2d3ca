// The completion script of fish.
import type { Flag } from '../../config/flag.ts';
import { COMMAND_GROUPS, type CommandSpec } from '../command-table.ts';
import { commandWords } from '../mistyped.ts';
import { type Completions, type Values, valuesOfFlag, valuesOfWord } from './shape.ts';

export function fishCompletion(completions: Completions): string {
  const { commands } = completions;
  const top = commandWords(null).map((name) => {
    const help = commands.find((one) => one.name === name)?.help ?? COMMAND_GROUPS[name]?.help ?? '';
    return `complete -c oclog -n __fish_use_subcommand -a ${name} -d ${quote(help)}`;
  });
  return [
    '# fish completion for oclog',
    'complete -c oclog -f',
    "complete -c oclog -l help -d 'show help'",
    "complete -c oclog -n __fish_use_subcommand -l version -d 'show the version'",
    ...top,
    ...Object.keys(COMMAND_GROUPS).flatMap((group) => groupLines(group, commands)),
    ...commands.flatMap((command) => commandLines(command, completions)),
    '',
  ].join('\n');
}

function groupLines(group: string, commands: readonly CommandSpec[]): readonly string[] {
  const words = commandWords(group);
  const condition = `__fish_seen_subcommand_from ${group}; and not __fish_seen_subcommand_from ${words.join(' ')}`;
  return words.map((word) => {
    const help = commands.find(({ name }) => name === `${group} ${word}`)?.help ?? '';
    return `complete -c oclog -n ${quote(condition)} -a ${word} -d ${quote(help)}`;
  });
}

function commandLines({ name, word, flags }: CommandSpec, completions: Completions): readonly string[] {
  const condition = name
    .split(' ')
    .map((part) => `__fish_seen_subcommand_from ${part}`)
    .join('; and ');
  const start = `complete -c oclog -n ${quote(condition)}`;
  const words = word === undefined ? [] : [`${start}${action(valuesOfWord(word.kind, completions))}`];
  const options = Object.entries<Flag>(flags).map(([flag, one]) => {
    const value = one.type === 'boolean' ? '' : ` -r${action(valuesOfFlag(one))}`;
    return `${start} -l ${flag}${value} -d ${quote(one.help)}`;
  });
  return [...words, ...options];
}

function action(values: Values): string {
  if (values === 'file') return ' -F';
  return values === 'free' ? ' -f' : ` -f -a ${quote(values.choices.join(' '))}`;
}

function quote(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
