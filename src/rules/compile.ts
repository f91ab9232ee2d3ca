// Rules made ready to run: conditions as functions, and an index that turns most records away at once.

import type { Confidence } from '../findings/finding.ts';
import { LEVELS, type Level, type LogRecord } from '../records/record.ts';
import { type Clause, type CostOf, literalsFor, rememberedClauses } from './clauses.ts';
import { compileCondition, type RegexTest, type Test } from './conditions.ts';
import { clausesOf } from './literals.ts';
import { plainRegex } from './plain-regex.ts';
import { compileRegex, type Regex } from './regex.ts';
import type { Rule } from './rule.ts';

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

export function compileRules(rules: readonly Rule[]): RuleSet {
  const sorted = [...rules].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
  const find = finder();
  const clauses = sorted.map((rule) => rememberedClauses(rule) ?? clausesOf(rule));
  const mayMatch = holding();
  const compiled = sorted.map((rule, at) => compileRule(rule, find, mayMatch(clauses[at] ?? [])));
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
  const regex = testsBy(find);
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

/** For conditions outside of rules. */
export function regexTests(): RegexTest {
  return testsBy(finder());
}

/** Compiles when a text is first asked: most expressions are reached only when all else of their rule has matched. */
function testsBy(find: Find): RegexTest {
  return (source) => plainRegex(source) ?? ((text) => find(source).test(text));
}

/** Each is compiled once. */
function finder(): Find {
  const compiled = new Map<string, Regex>();
  return (source) => {
    const regex = compiled.get(source) ?? compileRegex(source);
    compiled.set(source, regex);
    return regex;
  };
}
