// Reads any command line: what it asks for, help, or what is wrong with it and what may have been meant. The one importer
// of yargs, which reads the words; what they mean is checked elsewhere.
import yargs, { type Argv } from 'yargs';
import type { Flag, FlagTable, Given } from '../config/flag.ts';
import { UsageError } from '../lib/errors.ts';
import { COMMAND_GROUPS, COMMANDS, type CommandSpec } from './command-table.ts';
import { commandWords, usageErrorOf } from './mistyped.ts';
import type { PlainCommand } from './plain-words.ts';
import { version } from './version.ts';

/** Stands for `-` while yargs reads the words: it drops a lone dash from a list of positional words. */
const DASH = '\0-';
const hideDash = (word: string): string => (word === '-' ? DASH : word);
const showDash = (word: unknown): string => (word === DASH ? '-' : String(word));

/** What the reader of words complains of, as it was typed. */
function withDashes(error: unknown): unknown {
  if (error instanceof Error) error.message = error.message.replaceAll(DASH, '-');
  return error;
}

type Words = { readonly [name: string]: unknown; readonly _: readonly (string | number)[] };
type Choose = (command: PlainCommand) => void;

/** A command, or a text that was asked for. `columns`: of the terminal. Throws `UsageError`. */
export async function readCommandLine(
  argv: readonly string[],
  columns: number,
): Promise<PlainCommand | { readonly help: string }> {
  let chosen: PlainCommand | null = null;
  let help = '';
  const parser = commandLine((command) => {
    chosen = command;
  }, columns);
  try {
    await parser.parseAsync(
      askForHelp(argv).map(hideDash),
      {},
      (_error: unknown, _args: unknown, text: string) => {
        help = text;
      },
    );
  } catch (error) {
    throw usageErrorOf(withDashes(error), argv);
  }
  return help === '' && chosen !== null ? chosen : { help: `${help}\n` };
}

/** `oclog help scan` is `oclog scan --help`. */
function askForHelp(argv: readonly string[]): readonly string[] {
  return argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
}

function commandLine(choose: Choose, columns: number): Argv {
  const parser = yargs()
    .scriptName('oclog')
    .locale('en')
    .exitProcess(false)
    .fail(false)
    .strict()
    .wrap(Math.min(100, columns || 100))
    .alias('help', 'h')
    .version(version())
    .parserConfiguration({
      'greedy-arrays': false,
      'boolean-negation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'dot-notation': false,
    })
    .usage('Finds the AWS plugin faults in the oc.log of DX NetOps VNA and says how to fix them.')
    .example('oclog scan', "scan VNA's own log directory on this server")
    .example('oclog scan --format html --output report.html', 'a page to attach to a ticket')
    .example('oclog explain VNA1001', 'what a code means and what to do about it')
    .epilog('oclog COMMAND --help tells more of each.')
    .demandCommand(1, 'no command given');
  for (const group of commandWords(null)) {
    const single = COMMANDS.find(({ name }) => name === group);
    if (single !== undefined) addCommand(parser, single, group, choose);
    else addGroup(parser, group, choose);
  }
  return parser;
}

function addGroup(parser: Argv, group: string, choose: Choose): void {
  const members = COMMANDS.filter(({ name }) => name.startsWith(`${group} `));
  const { help = '', examples = [] } = COMMAND_GROUPS[group] ?? {};
  parser.command(group, help, (inner) => {
    for (const [line, purpose] of examples) inner.example(line, purpose);
    inner
      .usage(`oclog ${group} COMMAND`)
      .demandCommand(1, `no command given behind ${group}: it takes ${commandWords(group).join(' or ')}`);
    for (const member of members) addCommand(inner, member, member.name.slice(group.length + 1), choose);
    return inner.epilog('');
  });
}

function addCommand(parser: Argv, spec: CommandSpec, name: string, choose: Choose): void {
  const { help, word, flags, groups = {}, examples, notes } = spec;
  parser.command(
    wordsOf(name, word),
    help,
    (command) => {
      if (word !== undefined)
        command.positional(word.name, { type: 'string', array: word.arity === 'many', describe: word.help });
      command.options(describeFlags(flags));
      for (const [title, names] of Object.entries(groups)) command.group([...names], title);
      for (const [line, purpose] of examples) command.example(line, purpose);
      return command.epilog(notes ?? '');
    },
    (words) => {
      choose({
        command: spec.name,
        words: wordsIn(words as Words, spec),
        given: givenIn(words as Words, flags),
      });
    },
  );
}

function wordsOf(name: string, word: CommandSpec['word']): string {
  if (word === undefined) return name;
  if (word.arity === 'required') return `${name} <${word.name}>`;
  return `${name} [${word.name}${word.arity === 'many' ? '..' : ''}]`;
}

/** yargs is told nothing of choices and defaults: they hold for the configuration file too, so they are checked later. */
function describeFlags(table: FlagTable) {
  const entries = Object.entries<Flag>(table).map(([name, { type, choices, value, help }]) => {
    const values = choices === undefined ? value : choices.join('|');
    const describe = values === undefined ? help : `${values}: ${help}`;
    return [
      name,
      type === 'boolean'
        ? ({ type, describe } as const)
        : ({ type: 'string', array: type === 'list', requiresArg: true, describe } as const),
    ] as const;
  });
  return Object.fromEntries(entries);
}

function givenIn(words: Words, table: FlagTable): Given {
  const given: Record<string, string | boolean | readonly string[]> = {};
  for (const [name, { type }] of Object.entries<Flag>(table)) {
    const value = words[name];
    if (value === undefined) continue;
    if (Array.isArray(value) && type !== 'list') throw new UsageError(`--${name} is given more than once`);
    given[name] =
      typeof value === 'boolean' ? value : Array.isArray(value) ? value.map(showDash) : showDash(value);
  }
  return given;
}

/** What stands behind `--` is a word too, whatever it looks like. */
function wordsIn(words: Words, { name, word }: CommandSpec): readonly string[] {
  const named = word === undefined ? undefined : words[word.name];
  const first = named === undefined ? [] : Array.isArray(named) ? named : [named];
  return [...first, ...words._.slice(name.split(' ').length)].map(showDash);
}
