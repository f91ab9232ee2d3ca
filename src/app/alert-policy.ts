// From what rules say of their alerts to what the book of faults goes by.
import { type AlertPolicy, DEFAULT_POLICY, type Inhibition, type RulePolicy } from '../alerts/policy.ts';
import { parseSpan } from '../lib/moment.ts';
import type { InhibitedRule, Rule } from '../rules/rule.ts';

/** Spans of one rule that outweigh what it says itself. */
export type RuleTimers = Partial<Pick<RulePolicy, 'quietAfter' | 'repeat'>>;

/** `wanted` is what the command line and the configuration say, `timers` what they say of single rules, by id. */
export function alertPolicy(
  rules: readonly Rule[],
  wanted: Partial<Omit<AlertPolicy, 'rules'>> = {},
  timers: Readonly<Record<string, RuleTimers>> = {},
): AlertPolicy {
  const policies = rules.flatMap((rule): readonly (readonly [string, RulePolicy])[] => {
    const own = timers[rule.id];
    if (rule.alert === undefined && own === undefined) return [];
    return [[rule.id, { ...policyOf(rule.alert ?? {}), ...own }]];
  });
  return { ...DEFAULT_POLICY, ...wanted, rules: new Map(policies) };
}

function policyOf({ quietAfter, repeat, fire, inhibits = [] }: NonNullable<Rule['alert']>): RulePolicy {
  return {
    quietAfter: spanOf(quietAfter),
    repeat: spanOf(repeat),
    fire: fire === undefined ? null : { count: fire.count, within: spanOf(fire.within) ?? 0 },
    inhibits: inhibits.map(inhibitionOf),
  };
}

function inhibitionOf(inhibited: InhibitedRule): Inhibition {
  if (typeof inhibited === 'string') return { rule: inhibited, variant: null, when: null };
  return { rule: inhibited.rule, variant: inhibited.variant ?? null, when: inhibited.when ?? null };
}

/** Rules were checked when they were loaded. */
function spanOf(text: string | undefined): number | null {
  return text === undefined ? null : parseSpan(text);
}
