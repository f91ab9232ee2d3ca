// The completion script of bash: static, so that TAB starts no program. Needs nothing but bash itself.
import type { Flag } from '../../config/flag.ts';
import { COMMAND_GROUPS, type CommandSpec } from '../command-table.ts';
import { commandWords } from '../mistyped.ts';
import { type Completions, type Values, valuesOfFlag, valuesOfWord } from './shape.ts';

export function bashCompletion(completions: Completions): string {
  const groups = Object.keys(COMMAND_GROUPS);
  return `# bash completion for oclog
_oclog() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command='' word i
  COMPREPLY=()
  # bash takes --option=value apart.
  if [[ $cur == = ]]; then cur=''
  elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    [[ $word == -* ]] && continue
    case $command in
      '') command=$word ;;
      ${groups.join('|')}) command="$command $word"; break ;;
      *) break ;;
    esac
  done
  case "$command $prev" in
${completions.commands.flatMap(valueCases).join('\n')}
  esac
  case $command in
    '') _oclog_words '${commandWords(null).join(' ')} --help --version' ;;
${groups.map((group) => `    ${group}) _oclog_words '${commandWords(group).join(' ')} --help' ;;`).join('\n')}
${completions.commands.map((command) => commandCase(command, completions)).join('\n')}
  esac
}
_oclog_words() { COMPREPLY=($(compgen -W "$1" -- "$cur")); }
_oclog_files() { compopt -o default 2>/dev/null; COMPREPLY=(); }
complete -F _oclog oclog
`;
}

function valueCases({ name, flags }: CommandSpec): readonly string[] {
  return Object.entries<Flag>(flags).flatMap(([flag, one]) =>
    one.type === 'boolean' ? [] : `    '${name} --${flag}') ${complete(valuesOfFlag(one))}; return ;;`,
  );
}

function commandCase({ name, word, flags }: CommandSpec, completions: Completions): string {
  const options = [...Object.keys(flags), 'help'].map((flag) => `--${flag}`).join(' ');
  const values = word === undefined ? 'free' : complete(valuesOfWord(word.kind, completions));
  const otherwise = values === 'free' ? ':' : values;
  return `    '${name}') if [[ $cur == -* ]]; then _oclog_words '${options}'; else ${otherwise}; fi ;;`;
}

function complete(values: Values): string {
  if (values === 'file') return '_oclog_files';
  return values === 'free' ? ':' : `_oclog_words '${values.choices.join(' ')}'`;
}
