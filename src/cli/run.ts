// argv -> exit status. The one importer of yargs, which reads the words; what they mean is checked elsewhere.
import yargs from 'yargs';
import type { Flag, FlagTable, Given } from '../config/flag.ts';
import { UsageError } from '../lib/errors.ts';
import { nearest } from '../lib/nearest.ts';
import type { Console } from './console.ts';
import { SCAN_FLAGS } from './flags.ts';
import { ClosedPipe, Output } from './output.ts';
import { version } from './version.ts';

const COMMANDS = ['scan'];

/** Stands for `-` while yargs reads the words: it drops a lone dash from a list of positional words. */
const DASH = '\0-';
const hideDash = (word: string): string => (word === '-' ? DASH : word);
const showDash = (word: unknown): string => (word === DASH ? '-' : String(word));

type Command = () => Promise<number>;
type Words = { readonly [name: string]: unknown; readonly _: readonly (string | number)[] };

/** Runs one command line. Throws known errors for the caller to show. */
export async function run(argv: readonly string[], io: Console): Promise<number> {
  let chosen: Command | null = null;
  let help = '';
  const parser = commandLine((command) => {
    chosen = command;
  }, io);
  try {
    await parser.parseAsync(argv.map(hideDash), {}, (_error: unknown, _args: unknown, text: string) => {
      help = text;
    });
  } catch (error) {
    throw usageErrorOf(error);
  }
  if (help !== '') return await print(`${help}\n`, io);
  return chosen === null ? 0 : await (chosen as Command)();
}

function commandLine(choose: (command: Command) => void, io: Console) {
  return yargs()
    .scriptName('oclog')
    .locale('en')
    .exitProcess(false)
    .fail(false)
    .strict()
    .wrap(100)
    .version(version())
    .parserConfiguration({
      'greedy-arrays': false,
      'boolean-negation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'dot-notation': false,
    })
    .usage('Finds the AWS plugin faults in the oc.log of DX NetOps VNA and says how to fix them.')
    .demandCommand(1, 'no command given')
    .command(
      'scan [paths..]',
      'scan live and archived logs once',
      (command) =>
        command
          .positional('paths', {
            type: 'string',
            array: true,
            describe:
              'a log, a directory (its oc.log with all archives), a quoted glob, or - for standard input',
          })
          .options(describeFlags(SCAN_FLAGS))
          .example('oclog scan', "scan VNA's own log directory on this server")
          .example('oclog scan --since 2h oc.log', 'what went wrong in the last two hours')
          .example('oclog scan --format ndjson - < oc.log', 'for programs: one JSON object a line'),
      (words) =>
        choose(async () => {
          const typed = givenIn(words as Words, SCAN_FLAGS);
          const { runScan } = await import('./commands/scan.ts');
          return runScan(pathsIn(words as Words), await withConfig(typed), io);
        }),
    );
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

/** What was typed outweighs what the configuration file says. */
async function withConfig(typed: Given): Promise<Given> {
  const path = typed['config'];
  if (typeof path !== 'string') return typed;
  const { readConfig } = await import('../config/file.ts');
  const { config: _, ...table }: FlagTable = SCAN_FLAGS;
  return { ...(await readConfig(path, table)), ...typed };
}

/** What stands behind `--` is a path too, whatever it looks like. */
function pathsIn(words: Words): readonly string[] {
  const named = Array.isArray(words['paths']) ? words['paths'] : [];
  return [...named, ...words._.slice(1)].map(showDash);
}

async function print(text: string, io: Console): Promise<number> {
  const output = Output.toStream(io.stdout);
  try {
    await output.write(text);
    await output.end();
  } catch (error) {
    if (!(error instanceof ClosedPipe)) throw error;
  }
  return 0;
}

const HELP_HINT = 'see oclog --help';

/** yargs says what is wrong; what was meant is for us to guess. */
function usageErrorOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const unknown = /^Unknown arguments?: (.+)$/.exec(error.message)?.[1];
  if (unknown === undefined) {
    const missing = /^Not enough arguments following: (.+)$/.exec(error.message)?.[1];
    return new UsageError(missing === undefined ? error.message : `--${missing} needs a value`, {
      hint: HELP_HINT,
    });
  }
  // yargs names an unknown option twice, as typed and in camel case, and its value's parts too.
  const [word = ''] = unknown.split(', ');
  const meant = nearest(word, [...COMMANDS, ...Object.keys(SCAN_FLAGS)]);
  const isCommand = meant !== undefined && COMMANDS.includes(meant);
  return new UsageError(`unknown ${isCommand ? 'command' : 'argument'} \`${word}\``, {
    hint: meant === undefined ? HELP_HINT : `did you mean \`${isCommand ? meant : `--${meant}`}\`?`,
  });
}
