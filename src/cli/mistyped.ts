// What was meant by a word that the command line does not know.
import { KnownError, UsageError } from '../lib/errors.ts';
import { nearest } from '../lib/nearest.ts';
import { COMMAND_GROUPS, COMMANDS, type CommandSpec } from './command-table.ts';

const HELP_HINT = 'see oclog --help';
/** Options of every command. */
const EVERYWHERE = ['help', 'version'];

/** The words that may stand at `depth` behind `oclog`, or behind a group. */
export function commandWords(group: string | null): readonly string[] {
  if (group === null) return [...new Set(COMMANDS.map(({ name }) => name.split(' ')[0] ?? name))];
  return COMMANDS.flatMap(({ name }) => (name.startsWith(`${group} `) ? name.slice(group.length + 1) : []));
}

/** The reader of words complains; this says it in ours. */
export function usageErrorOf(error: unknown, argv: readonly string[]): unknown {
  if (!(error instanceof Error) || error instanceof KnownError) return error;
  const unknown = /^Unknown (?:arguments?|commands?): (.+)$/.exec(error.message)?.[1];
  if (unknown === undefined) return otherError(error, argv);
  // An unknown option is named twice, as typed and in camel case, and its value's parts too.
  const [word = ''] = unknown.split(', ');
  const command = commandIn(argv);
  if (argv.includes(word)) return unknownWord(word, command, argv);
  const flags =
    command === null
      ? COMMANDS.flatMap(({ flags: table }) => Object.keys(table))
      : Object.keys(command.flags);
  const meant = nearest(word, [...flags, ...EVERYWHERE]);
  const helpHint = command === null ? HELP_HINT : `see oclog ${command.name} --help`;
  return new UsageError(`unknown argument \`${word}\``, {
    hint: meant === undefined ? helpHint : `did you mean \`--${meant}\`?`,
  });
}

/** The command that the words name, if they name one. */
function commandIn(argv: readonly string[]): CommandSpec | null {
  const [first = '', second = ''] = argv.filter((word) => !word.startsWith('-'));
  return COMMANDS.find(({ name }) => name === first || name === `${first} ${second}`) ?? null;
}

function unknownWord(word: string, command: CommandSpec | null, argv: readonly string[]): UsageError {
  if (command !== null) {
    const { name, word: takes } = command;
    const most = takes === undefined ? 'takes none' : `takes one ${takes.name.toUpperCase()}`;
    return new UsageError(`one word too many: \`${word}\``, { hint: `oclog ${name} ${most}` });
  }
  const [first = ''] = argv.filter((one) => !one.startsWith('-'));
  const group = first in COMMAND_GROUPS && first !== word ? first : null;
  const words = commandWords(group);
  const meant = nearest(word, words);
  const known =
    group === null ? HELP_HINT : `oclog ${group} has ${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
  const hint =
    meant === undefined ? known : `did you mean \`${group === null ? '' : `oclog ${group} `}${meant}\`?`;
  return new UsageError(`unknown command \`${group === null ? '' : `${group} `}${word}\``, { hint });
}

function otherError({ message }: Error, argv: readonly string[]): UsageError {
  const missing = /^Not enough arguments following: (.+)$/.exec(message)?.[1];
  if (missing !== undefined) return new UsageError(`--${missing} needs a value`, { hint: HELP_HINT });
  const command = commandIn(argv);
  if (command?.word !== undefined && message.startsWith('Not enough non-option arguments')) {
    const { name, word } = command;
    return new UsageError(`oclog ${name} needs a ${word.name.toUpperCase()}`, { hint: word.help });
  }
  return new UsageError(message, { hint: HELP_HINT });
}
