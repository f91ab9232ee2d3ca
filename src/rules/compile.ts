// Rules made ready to run: conditions as functions, and an index that turns most records away at once.

import type { Confidence } from '../findings/finding.ts';
import { LEVELS, type Level, type LogRecord } from '../records/record.ts';
import { type Clause, type CostOf, literalsFor, rememberedClauses } from './clauses.ts';
import { compileCondition, isCombination, negated, type RegexTest, type Test } from './conditions.ts';
import { clausesOf } from './literals.ts';
import type { Regex } from './regex.ts';
import type { Condition, Rule } from './rule.ts';

interface CompiledCapture {
  readonly name: string;
  readonly optional: boolean;
  readonly find: (text: string) => string | null;
}

interface CompiledVariant {
  readonly id: string;
  readonly confidence: Confidence;
  readonly holds: Test;
}

export interface CompiledRule {
  readonly rule: Rule;
  readonly holds: Test;
  readonly captures: readonly CompiledCapture[];
  readonly variants: readonly CompiledVariant[];
  /** Whether a record's raw text holds what a match needs. */
  readonly mayMatch: (raw: string) => boolean;
}

type Judging = Pick<CompiledRule, 'holds' | 'captures' | 'variants'>;
type Headed = Pick<LogRecord, 'header'>;

export interface RuleSet {
  /** Resolves when records can be judged: the engine of regular expressions is loaded for the first one that is. */
  ready(): Promise<void>;
  /** In the order of their codes. */
  readonly rules: readonly Rule[];
  /** One of these stands in the raw text of every record that a rule reports; `null` where a rule may report any. */
  readonly literals: readonly string[] | null;
  /** The same where some literals cost more than others: rules that leave a choice are found by what costs least. */
  literalsBy(costOf: CostOf): readonly string[] | null;
  /** Whether what any of them needs stands in the raw text. */
  mayHold(raw: string): boolean;
  /** Whether any rule looks at records of this level. */
  concernsLevel(level: Level): boolean;
  /** Whether any rule looks at records with this plugin and level. */
  concerns(record: Headed): boolean;
  /** The rules that do, in the order of their codes. */
  candidates(record: Headed): readonly CompiledRule[];
  /** Those of them whose literals stand in the raw text: in a log no other is asked, on whatever road it is read. */
  likely(record: Headed & Pick<LogRecord, 'raw'>): readonly CompiledRule[];
}

type ByLevel = ReadonlyMap<string, readonly CompiledRule[]>;
type Find = (source: string) => Regex;

const NONE: readonly CompiledRule[] = [];
const ALWAYS: Test = () => true;

/** Ready to judge. */
export async function compileRules(rules: readonly Rule[]): Promise<RuleSet> {
  const ruleSet = indexRules(rules);
  await ruleSet.ready();
  return ruleSet;
}

/** Ready to tell which records concern rules; see `ready` for the rest. */
export function indexRules(rules: readonly Rule[]): RuleSet {
  const sorted = [...rules].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
  let loaded: Promise<void> | null = null;
  let find: Find = notCompiled;
  const ready = (): Promise<void> => {
    loaded ??= findersOf(sorted.flatMap(regexSources)).then((compiled) => {
      find = compiled;
    });
    return loaded;
  };
  const clauses = sorted.map((rule) => rememberedClauses(rule) ?? clausesOf(rule));
  const mayMatch = holding();
  const compiled = sorted.map((rule, at) =>
    compileRule(rule, (source) => find(source), mayMatch(clauses[at] ?? [])),
  );
  const index = (plugin: string | null): ByLevel => {
    const fit = compiled.filter(({ rule }) => fits(rule.applies?.plugin, plugin));
    return new Map(
      LEVELS.map((level) => [level, fit.filter(({ rule }) => fits(rule.applies?.levels, level))]),
    );
  };
  const plugins = new Set(compiled.flatMap(({ rule }) => rule.applies?.plugin ?? []));
  const byPlugin = new Map([...plugins].map((plugin) => [plugin, index(plugin)]));
  const others = index(null);

  const tests = [...new Set(compiled.map((rule) => rule.mayMatch))];
  const levels = new Set(
    LEVELS.filter((level) => compiled.some(({ rule }) => fits(rule.applies?.levels, level))),
  );

  const candidates = ({ header }: Headed): readonly CompiledRule[] => {
    const byLevel = header.plugin === null ? others : (byPlugin.get(header.plugin) ?? others);
    return byLevel.get(header.level) ?? NONE;
  };
  return {
    rules: sorted,
    ready,
    literals: literalsFor(clauses),
    literalsBy: (costOf) => literalsFor(clauses, costOf),
    candidates,
    mayHold: (raw) => tests.some((test) => test(raw)),
    concernsLevel: (level) => levels.has(level),
    concerns: (record) => candidates(record).length > 0,
    likely(record) {
      const { raw } = record;
      return candidates(record).filter((rule) => rule.mayMatch(raw));
    },
  };
}

/** Makes tests for literals; one for rules that need the same, which remembers its last answer. */
function holding(): (clauses: readonly Clause[]) => (raw: string) => boolean {
  const known = new Map<string, (raw: string) => boolean>();
  return (clauses) => {
    const name = JSON.stringify(clauses);
    const test = known.get(name) ?? remembering(clauses);
    known.set(name, test);
    return test;
  };
}

function remembering(clauses: readonly Clause[]): (raw: string) => boolean {
  let patterns: readonly RegExp[] | null = null;
  let last: string | null = null;
  let answer = false;
  return (raw) => {
    if (raw === last) return answer;
    last = raw;
    patterns ??= clauses.map(oneOf);
    answer = patterns.every((pattern) => pattern.test(raw));
    return answer;
  };
}

function oneOf(clause: Clause): RegExp {
  return new RegExp(clause.map((literal) => literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'));
}

function fits(wanted: readonly string[] | undefined, value: string | null): boolean {
  return wanted === undefined || (value !== null && wanted.includes(value));
}

/** The rest is compiled when a record is first held against it: a run meets records of few rules, or of none. */
function compileRule(rule: Rule, find: Find, mayMatch: CompiledRule['mayMatch']): CompiledRule {
  let known: Judging | null = null;
  const judging = (): Judging => {
    known ??= compileJudging(rule, find);
    return known;
  };
  return {
    rule,
    mayMatch,
    get holds() {
      return judging().holds;
    },
    get captures() {
      return judging().captures;
    },
    get variants() {
      return judging().variants;
    },
  };
}

function compileJudging({ match, capture, variants }: Rule, find: Find): Judging {
  const regex: RegexTest = (source) => (text) => find(source).test(text);
  return {
    holds: compileCondition(match, regex),
    captures: Object.entries(capture ?? {}).map(([name, { regex: source, optional = false }]) => ({
      name,
      optional,
      find: (text) => find(source).find(text),
    })),
    variants: (variants ?? []).map(({ id, confidence, when }) => ({
      id,
      confidence,
      holds: when === undefined ? ALWAYS : compileCondition(when, regex),
    })),
  };
}

/** Those of conditions, each compiled once. */
export function compileRegexes(conditions: readonly Condition[]): Promise<Find> {
  return findersOf(conditions.flatMap(leafRegexes));
}

async function findersOf(sources: readonly string[]): Promise<Find> {
  // Loaded here: rules without regular expressions need no engine for them.
  const { compileRegex } = sources.length > 0 ? await import('./regex.ts') : { compileRegex: notCompiled };
  const compiled = new Map<string, Regex>();
  // Most are asked for only when their rule has matched.
  return (source) => {
    const regex = compiled.get(source) ?? compileRegex(source);
    compiled.set(source, regex);
    return regex;
  };
}

function notCompiled(source: string): never {
  throw new Error(`regular expression not compiled: ${source}`);
}

function regexSources({ match, capture, variants }: Rule): readonly string[] {
  const conditions = [match, ...(variants ?? []).flatMap(({ when }) => when ?? [])];
  return [...Object.values(capture ?? {}).map(({ regex }) => regex), ...conditions.flatMap(leafRegexes)];
}

function leafRegexes(condition: Condition): readonly string[] {
  if (!isCombination(condition)) return condition.regex === undefined ? [] : [condition.regex];
  return [...(condition.all ?? []), ...(condition.any ?? []), ...negated(condition)].flatMap(leafRegexes);
}
