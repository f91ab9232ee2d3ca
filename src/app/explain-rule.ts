// A rule explained: its conditions in words, and for each of its variants an example of the log with the advice that
// oclog gives for it. Runs the rule on its own samples; reads no log.

import { KeyTrail } from '../aws/key-evidence.ts';
import type { ExplainedVariant, Explanation, RuleEntry } from '../findings/explanation.ts';
import type { Advice } from '../findings/finding.ts';
import { adviceFor } from '../rules/advice.ts';
import { citationsOf } from '../rules/citation.ts';
import { compileRules, type RuleSet } from '../rules/compile.ts';
import { awsCodesOf, describeCondition, describeRule } from '../rules/describe.ts';
import { evaluate, type Match } from '../rules/engine.ts';
import type { Facts } from '../rules/facts.ts';
import type { Rule, Variant } from '../rules/rule.ts';
import { fillTemplate } from '../rules/template.ts';
import { factsOf } from './facts.ts';
import { shownText } from './shown-text.ts';
import { recordsInText } from './text-records.ts';

const INFERRED =
  "Where the log prints no error code (as SDK v2 does not), oclog infers it from AWS's sentence, the status and the service.";

/** `rules` are all that are applied: some come before others. */
export async function explainRule(rule: Rule, rules: readonly Rule[]): Promise<Explanation> {
  const ruleSet = compileRules([rule]);
  const variants = (rule.variants ?? [null]).map((variant) => explainVariant(rule, variant, ruleSet));
  return {
    schemaVersion: 1,
    type: 'explanation',
    code: rule.code,
    rule: rule.id,
    title: rule.title,
    severity: rule.severity,
    status: rule.status,
    recognised: describeRule(rule, rules),
    notes: awsCodesOf(rule).length === 0 ? [] : [INFERRED],
    variants,
    limits: (rule.advice.limits ?? []).map((text) => fillTemplate(text, () => null)),
    lookalikes: rule.samples.nomatch.flatMap(({ name, because }) =>
      because === undefined ? [] : [{ name, because }],
    ),
    sources: citationsOf(rule),
  };
}

export function entryOf({ code, id, severity, status, applies, title }: Rule): RuleEntry {
  return { code, rule: id, severity, status, plugins: applies?.plugin ?? [], title };
}

function explainVariant(rule: Rule, variant: Variant | null, ruleSet: RuleSet): ExplainedVariant {
  const sample = rule.samples.match.find((one) => variant === null || one.variant === variant.id);
  const proof = sample === undefined ? null : prove(sample.text, ruleSet);
  const confidence = variant?.confidence ?? rule.confidence ?? 'possible';
  const id = variant?.id ?? null;
  const bare: Match = { rule, variant: id, confidence, captures: {} };
  const match = proof?.match.variant === id ? proof.match : bare;
  const unfilled = adviceFor(bare, NO_FACTS);
  const advice = withCommandsOf(adviceFor(match, proof?.facts ?? NO_FACTS), unfilled);
  return {
    variant: id,
    confidence,
    recognised: variant?.when === undefined ? [] : describeCondition(variant.when),
    example: sample === undefined ? null : shownText(sample.text),
    quotesExample: JSON.stringify(advice) !== JSON.stringify(unfilled),
    advice,
  };
}

interface Proof {
  readonly match: Match;
  readonly facts: Facts;
}

/** What the rule makes of its own sample. */
function prove(text: string, ruleSet: RuleSet): Proof | null {
  const keys = new KeyTrail();
  for (const record of recordsInText(text)) {
    const key = keys.observe(record);
    const facts = factsOf(record, () => key);
    const [match] = evaluate(ruleSet, facts, ruleSet.likely(record));
    if (match !== undefined) return { match, facts };
  }
  return null;
}

/** Prose may quote the example; a command that is copied must not work on the example's region. */
function withCommandsOf(advice: Advice, bare: Advice): Advice {
  const run = <T extends { readonly run: string | null }>(
    steps: readonly T[],
    from: readonly T[],
  ): readonly T[] => steps.map((step, index) => ({ ...step, run: from[index]?.run ?? null }));
  return { ...advice, steps: run(advice.steps, bare.steps), verify: run(advice.verify, bare.verify) };
}

const NO_FACTS: Facts = {
  record: {
    header: { level: 'ERROR', timestamp: null, plugin: null, category: null, thread: null },
    position: { line: 1, endLine: 1, offset: 0, bytes: 0 },
    headerLine: '',
    raw: '',
    text: '',
    truncated: false,
  },
  aws: null,
  key: null,
};
