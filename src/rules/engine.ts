// Runs rules on a record: which rules match, in which variant. Words nothing; see advice.ts for that.
import type { Confidence } from '../findings/finding.ts';
import type { CompiledRule, RuleSet } from './compile.ts';
import type { Scope } from './conditions.ts';
import type { Facts } from './facts.ts';
import type { Rule } from './rule.ts';

/** A rule's verdict on a record. */
export interface Match {
  readonly rule: Rule;
  readonly variant: string | null;
  readonly confidence: Confidence;
  /** What the rule's captures found; an optional one that found nothing is not there. */
  readonly captures: Readonly<Record<string, string>>;
}

/**
 * The rules that report this record, in the order of their codes; of an exclusive group the first in rank. `asked` are
 * those that are considered. `wanted`: whether anybody asks for captures that decide nothing.
 */
export function evaluate(
  ruleSet: RuleSet,
  facts: Facts,
  asked: readonly CompiledRule[] = ruleSet.candidates(facts.record),
  wanted = true,
): readonly Match[] {
  const matches: Match[] = [];
  const winners = new Map<string, Match>();
  for (const compiled of asked) {
    const { exclusive } = compiled.rule;
    const rival = exclusive && winners.get(exclusive.group);
    if (exclusive && rival && rank(rival.rule) <= exclusive.rank) continue;
    const match = matchRule(compiled, facts, wanted);
    if (match === null) continue;
    matches.push(match);
    if (!exclusive) continue;
    if (rival) matches.splice(matches.indexOf(rival), 1);
    winners.set(exclusive.group, match);
  }
  return matches;
}

function rank(rule: Rule): number {
  return rule.exclusive?.rank ?? Number.POSITIVE_INFINITY;
}

function matchRule(
  { rule, holds, captures, variants }: CompiledRule,
  facts: Facts,
  wanted: boolean,
): Match | null {
  const found = new Map<string, string | null>();
  const capture = (name: string): string | null => {
    const known = found.get(name);
    if (known !== undefined) return known;
    const value = captures.find((one) => one.name === name)?.find(facts.record.text) ?? null;
    found.set(name, value);
    return value;
  };
  const scope: Scope = { facts, capture };
  if (!holds(scope)) return null;

  const values: [string, string][] = [];
  for (const { name, optional } of captures) {
    if (optional && !wanted) continue;
    const value = capture(name);
    if (value !== null) values.push([name, value]);
    else if (!optional) return null;
  }
  const variant = variants.find((one) => one.holds(scope));
  const confidence = variant?.confidence ?? rule.confidence;
  if (confidence === undefined) throw new Error(`rule ${rule.id} has neither confidence nor a last variant`);
  return { rule, variant: variant?.id ?? null, confidence, captures: Object.fromEntries(values) };
}
