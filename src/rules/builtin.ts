// The rules that a run works with: the built-in ones, and those of the user's files.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../lib/errors.ts';
import { HOME } from '../lib/home.ts';
import { type Clause, rememberClauses } from './clauses.ts';
import { clausesOf } from './literals.ts';
import type { Rule } from './rule.ts';

/** Made by the build, see compile-builtin.ts; not there when the program runs from its sources. */
const COMPILED = join(HOME, 'rules');
const WRITTEN = join(HOME, 'rules/builtin');

const BRIEFS = 'builtin.json';

/** What is told of a rule and its matches, by the files that hold it. That is nearly all, and most runs tell nothing. */
const TOLD = { 'builtin-advice.json': ['sources', 'advice'], 'builtin-samples.json': ['samples'] } as const;

interface Briefs {
  readonly rules: readonly Rule[];
  readonly clauses: readonly (readonly Clause[])[];
}

type Told = (typeof TOLD)[keyof typeof TOLD][number];
type ByCode = Readonly<Record<string, Partial<Pick<Rule, Told>>>>;

export async function loadBuiltinRules(): Promise<readonly Rule[]> {
  try {
    return readCompiled(COMPILED);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    const { loadRuleFiles } = await import('./load.ts');
    return sortRules(await loadRuleFiles([WRITTEN], null));
  }
}

/** Validated when they were made. What is told of them is read when it is first asked for. Throws the system's errors. */
export function readCompiled(folder: string): readonly Rule[] {
  const { rules, clauses } = JSON.parse(readFileSync(join(folder, BRIEFS), 'utf8')) as Briefs;
  for (const [at, rule] of rules.entries()) rememberClauses(rule, clauses[at] ?? []);
  for (const [file, names] of Object.entries(TOLD)) {
    let texts: ByCode | null = null;
    const textsOf = (code: string): ByCode[string] => {
      texts ??= JSON.parse(readFileSync(join(folder, file), 'utf8')) as ByCode;
      return texts[code] ?? {};
    };
    for (const rule of rules) {
      for (const name of names)
        Object.defineProperty(rule, name, { get: () => textsOf(rule.code)[name], enumerable: true });
    }
  }
  return rules;
}

/** A rule for another thread; of a compiled one its code, for the thread reads it sooner than it is told all of it. */
export type SentRule = Rule | string;

export function sendRules(rules: readonly Rule[]): readonly SentRule[] {
  return rules.map((rule) => (isCompiled(rule) ? rule.code : rule));
}

export function receiveRules(sent: readonly SentRule[]): readonly Rule[] {
  const codes = sent.filter((rule) => typeof rule === 'string');
  const compiled = new Map(codes.length === 0 ? [] : readCompiled(COMPILED).map((rule) => [rule.code, rule]));
  return sent.map((one) => {
    const rule = typeof one === 'string' ? compiled.get(one) : one;
    if (rule === undefined) throw new Error(`no built-in rule ${one}: was oclog replaced while it ran?`);
    return rule;
  });
}

function isCompiled(rule: Rule): boolean {
  return Object.getOwnPropertyDescriptor(rule, 'advice')?.get !== undefined;
}

/** What the compiled files hold, by their names; keys keep their order. */
export function splitRules(rules: readonly Rule[]): Readonly<Record<string, unknown>> {
  const nothing = Object.fromEntries(
    Object.values(TOLD)
      .flat()
      .map((name) => [name, null]),
  );
  const some = (rule: Rule, names: readonly Told[]) =>
    Object.fromEntries(names.map((name) => [name, rule[name]]));
  return {
    [BRIEFS]: {
      rules: rules.map((rule) => ({ ...rule, ...nothing })),
      clauses: rules.map(clausesOf),
    } satisfies Briefs,
    ...Object.fromEntries(
      Object.entries(TOLD).map(([file, names]) => [
        file,
        Object.fromEntries(rules.map((rule) => [rule.code, some(rule, names)])),
      ]),
    ),
  };
}

/** The built-in rules and those of the user's files and directories, checked against each other. */
export async function loadRules(paths: readonly string[]): Promise<readonly Rule[]> {
  const builtIn = await loadBuiltinRules();
  if (paths.length === 0) return builtIn;
  // Loaded here: a run with the built-in rules alone needs neither YAML nor validation.
  const { loadRuleFiles } = await import('./load.ts');
  return [...builtIn, ...(await loadRuleFiles(paths, builtIn))];
}

/** The order in which the build writes them. */
export function sortRules(rules: readonly Rule[]): readonly Rule[] {
  return [...rules].sort((a, b) => (a.code < b.code ? -1 : 1));
}
