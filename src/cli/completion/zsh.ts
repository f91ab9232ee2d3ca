// The completion script of zsh: for a file in $fpath, or to be sourced behind compinit.
import type { Flag } from '../../config/flag.ts';
import { COMMAND_GROUPS, type CommandSpec } from '../command-table.ts';
import { commandWords } from '../mistyped.ts';
import { type Completions, type Values, valuesOfFlag, valuesOfWord } from './shape.ts';

export function zshCompletion(completions: Completions): string {
  const { commands } = completions;
  const groups = Object.entries(COMMAND_GROUPS);
  const top = commandWords(null).map(
    (name) =>
      [name, commands.find((one) => one.name === name)?.help ?? COMMAND_GROUPS[name]?.help ?? ''] as const,
  );
  const functions = commands.map((command) => functionOf(command, completions));
  return `#compdef oclog
_oclog() {
  local curcontext=$curcontext state line
  typeset -A opt_args
  _arguments -C '--help[show help]' '--version[show the version]' '1:command:->command' '*::argument:->argument'
  case $state in
    command) _oclog_choose command ${top.map(described).join(' ')} ;;
    argument)
      case $line[1] in
${top.map(([name]) => `        ${name}) _oclog_${name} ;;`).join('\n')}
      esac ;;
  esac
}
_oclog_choose() {
  local what=$1
  shift
  local -a choices=("$@")
  _describe -t $what $what choices
}
${groups.map(([group]) => groupFunction(group, commands)).join('\n')}
${functions.join('\n')}
if [[ $funcstack[1] == _oclog ]]; then _oclog "$@"; elif (( $+functions[compdef] )); then compdef _oclog oclog; fi
`;
}

function groupFunction(group: string, commands: readonly CommandSpec[]): string {
  const members = commandWords(group).map(
    (word) => [word, commands.find(({ name }) => name === `${group} ${word}`)?.help ?? ''] as const,
  );
  return `_oclog_${group}() {
  local curcontext=$curcontext state line
  typeset -A opt_args
  _arguments -C '--help[show help]' '1:command:->command' '*::argument:->argument'
  case $state in
    command) _oclog_choose command ${members.map(described).join(' ')} ;;
    argument)
      case $line[1] in
${members.map(([word]) => `        ${word}) _oclog_${group}_${word} ;;`).join('\n')}
      esac ;;
  esac
}`;
}

function functionOf({ name, word, flags }: CommandSpec, completions: Completions): string {
  const options = Object.entries<Flag>(flags).map(([flag, one]) => optionOf(flag, one));
  const words =
    word === undefined
      ? []
      : [
          `'${word.arity === 'many' ? '*' : '1'}:${word.name}:${action(valuesOfWord(word.kind, completions))}'`,
        ];
  const all = ["'--help[show help]'", ...options, ...words];
  return `_oclog_${name.replace(' ', '_')}() {\n  _arguments ${all.join(' \\\n    ')}\n}`;
}

function optionOf(name: string, flag: Flag): string {
  const help = flag.help.replace(/[[\]:\\]/g, '\\$&');
  if (flag.type === 'boolean') return quote(`--${name}[${help}]`);
  const repeat = flag.type === 'list' ? '*' : '';
  return quote(`${repeat}--${name}=[${help}]:${name}:${action(valuesOfFlag(flag))}`);
}

function action(values: Values): string {
  if (values === 'file') return '_files';
  return values === 'free' ? ' ' : `(${values.choices.join(' ')})`;
}

function described([name, help]: readonly [string, string]): string {
  return quote(`${name}:${help.replaceAll(':', '\\:')}`);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
