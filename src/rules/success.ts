// Records that prove that a fault is over. They are no findings: nobody is told of a success that ends nothing.
import type { Level, LogRecord } from '../records/record.ts';
import { regexTests } from './compile.ts';
import { compileCondition, type Test } from './conditions.ts';
import type { Facts } from './facts.ts';
import { pieceOf } from './literals.ts';
import type { Rule, SuccessPattern } from './rule.ts';

/** What one record proves. */
interface Success {
  /** Id of the rule whose faults it ends. */
  readonly rule: string;
  readonly same: readonly ('region' | 'service')[];
}

/** A pattern for rules that bring none: the built-in ones do not know what a log says of success. */
export interface ExtraPattern {
  /** Ids or codes. */
  readonly rules: readonly string[];
  readonly pattern: SuccessPattern;
}

export interface SuccessSet {
  /** One of these stands in the raw text of every record that proves something; `null` where any record may. */
  readonly literals: readonly string[] | null;
  /** Whether one of them stands in the raw text. */
  mayHold(raw: string): boolean;
  /** Whether any record of this level may prove something. */
  concernsLevel(level: Level): boolean;
  /** Whether a record with this plugin and level may. */
  concerns(record: Pick<LogRecord, 'header'>): boolean;
  successesIn(facts: Facts): readonly Success[];
}

interface Compiled extends Success {
  readonly contains: string;
  readonly plugins: ReadonlySet<string> | null;
  readonly levels: ReadonlySet<string>;
  readonly holds: Test;
}

const LEVELS = ['INFO'];

export function compileSuccesses(rules: readonly Rule[], extra: readonly ExtraPattern[] = []): SuccessSet {
  const all = rules.flatMap((rule) => [
    ...(rule.alert?.resolveOn ?? []).map((pattern) => ({ rule, pattern })),
    ...extra
      .filter(({ rules: names }) => names.includes(rule.id) || names.includes(rule.code))
      .map(({ pattern }) => ({ rule, pattern })),
  ]);
  const regex = regexTests();
  const compiled = all.map(({ rule, pattern }): Compiled => {
    const { contains, match, plugin = rule.applies?.plugin, levels = LEVELS, same = [] } = pattern;
    return {
      rule: rule.id,
      same,
      contains,
      plugins: plugin === undefined ? null : new Set(plugin),
      levels: new Set(levels),
      holds: match === undefined ? () => true : compileCondition(match, regex),
    };
  });
  const candidates = ({ header: { plugin, level } }: Pick<LogRecord, 'header'>): readonly Compiled[] =>
    compiled.filter(
      ({ plugins, levels }) =>
        levels.has(level) && (plugins === null || (plugin !== null && plugins.has(plugin))),
    );
  const pieces = new Set(compiled.map(({ contains }) => pieceOf(contains)));
  const literals = [...pieces].filter((piece) => piece !== null).sort();
  const isSearchable = literals.length === pieces.size;
  return {
    literals: isSearchable ? literals : null,
    mayHold: (raw) => !isSearchable || literals.some((literal) => raw.includes(literal)),
    concernsLevel: (level) => compiled.some(({ levels }) => levels.has(level)),
    concerns: (record) => compiled.length > 0 && candidates(record).length > 0,
    successesIn: (facts) =>
      candidates(facts.record).filter(
        ({ contains, holds }) =>
          facts.record.text.includes(contains) && holds({ facts, capture: () => null }),
      ),
  };
}
