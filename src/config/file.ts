// The configuration file: a YAML mapping of option names to values, for what the command line leaves open. Checked
// against the same table of options as the command line; what the values mean is checked with theirs.
import { parseYaml, type YamlDocument } from '../lib/yaml/document.ts';
import { type Mask, type Place, type Problem, quote, suggest, YamlProblems } from '../lib/yaml/problem.ts';
import { readTextFile } from '../lib/yaml/text-file.ts';
import type { Flag, FlagTable, Given } from './flag.ts';
import type { AlertConfig } from './sections.ts';
import { SENSITIVE } from './sensitive.ts';

type Value = string | boolean | readonly string[];
type Trouble = Pick<Problem, 'message' | 'help'> & { readonly at: 'key' | 'value' };

interface Config {
  readonly given: Given;
  /** `null` where they were not asked for. */
  readonly alerts: AlertConfig | null;
}

/**
 * What `path` says. `mask` takes secrets out of a text, `env` has the secrets that the sections of alerts name; without it these are for another command. Throws
 * `YamlProblems` that tell every problem with its place.
 */
export async function readConfig(
  path: string,
  table: FlagTable,
  mask: Mask,
  env: { readonly [name: string]: string | undefined } | null,
): Promise<Config> {
  const file = readTextFile(path, 'configuration file');
  if (!('text' in file)) throw new YamlProblems([file], mask);
  const { document, faults } = parseYaml(file.text);
  const problems: Problem[] = faults.map((fault) => ({ path, ...fault, place: hidden(fault.place) }));
  const given = new Map<string, Value>();
  for (const [name, content] of optionsIn(document, path, problems)) {
    if (isSection(name)) continue;
    const read = readOption(name, content, table);
    if (typeof read === 'object' && 'message' in read) {
      problems.push({
        path,
        place: document?.place([name], read.at) ?? null,
        message: read.message,
        help: read.help,
      });
    } else given.set(name, read);
  }
  const alerts = await alertsIn(document, path, env, problems);
  if (problems.length > 0) throw new YamlProblems(problems, mask);
  return { given: Object.fromEntries(given), alerts };
}

async function alertsIn(
  document: YamlDocument | null,
  path: string,
  env: { readonly [name: string]: string | undefined } | null,
  problems: Problem[],
): Promise<AlertConfig | null> {
  if (env === null || document === null) return null;
  const names = Object.keys(document.value ?? {});
  if (!names.some(isSection)) return null;
  // Loaded here: most files name options only.
  const { readSections } = await import('./sections.ts');
  return readSections(document, path, env, problems);
}

function isSection(name: string): boolean {
  return name === 'channels' || name === 'alerting';
}

/** A line that is no YAML may be that of a secret. */
function hidden(place: Place): Place {
  return SENSITIVE.test(place.text ?? '') ? { ...place, text: null } : place;
}

function optionsIn(
  document: YamlDocument | null,
  path: string,
  problems: Problem[],
): readonly [string, unknown][] {
  const value = document?.value ?? {};
  if (typeof value === 'object' && !Array.isArray(value)) return Object.entries(value);
  const help = 'write for example `min-severity: warning`';
  problems.push({
    path,
    place: document?.place([]) ?? null,
    message: 'not a mapping of options to values',
    help,
  });
  return [];
}

function readOption(name: string, content: unknown, table: FlagTable): Value | Trouble {
  const flag = Object.hasOwn(table, name) ? table[name] : undefined;
  if (flag === undefined) {
    return {
      at: 'key',
      message: `unknown option ${quote(name)}`,
      help: suggest(name, [...Object.keys(table), 'channels', 'alerting']) ?? null,
    };
  }
  return (
    readValue(flag, content) ?? { at: 'value', message: `${quote(name)} takes ${describe(flag)}`, help: null }
  );
}

function readValue({ type, choices }: Flag, content: unknown): Value | null {
  if (type === 'boolean') return typeof content === 'boolean' ? content : null;
  if (type === 'list') {
    const list = Array.isArray(content) ? content : [content];
    return list.every((item) => typeof item === 'string') ? list : null;
  }
  // A number is as good as its text: `max-ratio: 300`.
  const text = typeof content === 'number' ? String(content) : content;
  if (typeof text !== 'string') return null;
  return choices === undefined || choices.includes(text) ? text : null;
}

function describe({ type, choices, value }: Flag): string {
  if (type === 'boolean') return 'true or false';
  if (choices !== undefined) return `one of ${choices.join(', ')}`;
  return type === 'list' ? `a ${value} or a list of them, in quotes` : `a ${value}, in quotes`;
}
