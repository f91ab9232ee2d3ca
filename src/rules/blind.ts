// Rules that look only at what is known of a record in its own words: at no text in which its time, its thread, a request id
// or a stack frame may stand. What they say of one record holds for every other that differs in those alone.
import { isCombination, negated } from './combination.ts';
import { captureName, DEFAULT_FACT, FACTS } from './facts.ts';
import type { Condition, Leaf, Rule } from './rule.ts';

const SEEING: ReadonlySet<string> = new Set(['record.text', 'record.thread', 'aws.requestId']);

const known = new WeakMap<Rule, boolean>();

export function isBlind(rule: Rule): boolean {
  const answer = known.get(rule) ?? isBlindRule(rule);
  known.set(rule, answer);
  return answer;
}

/** An optional capture decides nothing by itself. */
function isBlindRule({ match, variants = [], capture = {} }: Rule): boolean {
  return (
    isBlindCondition(match) &&
    variants.every(({ when }) => when === undefined || isBlindCondition(when)) &&
    Object.values(capture).every(({ optional }) => optional === true)
  );
}

function isBlindCondition(condition: Condition): boolean {
  if (!isCombination(condition)) return isBlindLeaf(condition);
  const { all = [], any = [] } = condition;
  return [...all, ...any, ...negated(condition)].every(isBlindCondition);
}

function isBlindLeaf({ fact = DEFAULT_FACT, exists }: Leaf): boolean {
  if (captureName(fact) !== null || !FACTS.has(fact)) return false;
  // Whether there is an id does not hang on what it is.
  return !SEEING.has(fact) || (exists !== undefined && fact === 'aws.requestId');
}
