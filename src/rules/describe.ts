// A rule's conditions in words, made from the conditions themselves so that they cannot say anything else.
import type { Clause } from '../findings/explanation.ts';
import { LEVELS } from '../records/record.ts';
import { isCombination, negated } from './combination.ts';
import { describeLeaf, listOf } from './phrases.ts';
import type { Condition, Leaf, Rule, Scalar } from './rule.ts';

/** What a record must meet for `rule` to report it; `rules` are all that are applied. */
export function describeRule(rule: Rule, rules: readonly Rule[]): readonly Clause[] {
  const required = Object.entries(rule.capture ?? {}).filter(([, { optional }]) => optional !== true);
  return [
    ...describeScope(rule),
    ...describeCondition(rule.match),
    ...required.map(([name, { regex }]) => clause(`the text has a part that matches ${regex} (${name})`)),
    ...describeRank(rule, rules),
  ];
}

/** Sentences that must all hold. */
export function describeCondition(condition: Condition): readonly Clause[] {
  if (!isCombination(condition)) return [clause(describeLeaf(condition, true))];
  const { all = [], any } = condition;
  return [
    ...all.flatMap(describeCondition),
    ...(any === undefined ? [] : oneOf(any)),
    ...negated(condition).flatMap(describeContrary),
  ];
}

/** The error codes of AWS that a rule asks for. */
export function awsCodesOf(rule: Rule): readonly string[] {
  const wanted = leavesOf(rule.match).filter(({ fact }) => fact === 'aws.errorCode');
  const values = wanted.flatMap(
    ({ in: list, equals }): readonly Scalar[] => list ?? (equals === undefined ? [] : [equals]),
  );
  return values.filter((value) => typeof value === 'string');
}

function clause(text: string, parts: readonly Clause[] = []): Clause {
  return { text, parts };
}

function oneOf(conditions: readonly Condition[]): readonly Clause[] {
  const [only] = conditions;
  if (conditions.length === 1 && only !== undefined) return describeCondition(only);
  return [clause('at least one of these holds:', conditions.map(together))];
}

/** A condition as one sentence. */
function together(condition: Condition): Clause {
  const clauses = describeCondition(condition);
  const [only] = clauses;
  return clauses.length === 1 && only !== undefined ? only : clause('all of these hold:', clauses);
}

function describeContrary(condition: Condition): readonly Clause[] {
  if (!isCombination(condition)) return [clause(describeLeaf(condition, false))];
  const { all = [], any = [], not } = condition;
  // None of several holds if each of them does not.
  if (all.length === 0 && not === undefined) return any.flatMap(describeContrary);
  const [only] = all;
  if (all.length === 1 && any.length === 0 && not === undefined && only !== undefined)
    return describeContrary(only);
  return [clause('these do not hold together:', describeCondition(condition))];
}

/** The leaves that a match may rest on: not those that must not hold. */
function leavesOf(condition: Condition): readonly Leaf[] {
  if (!isCombination(condition)) return [condition];
  return [...(condition.all ?? []), ...(condition.any ?? [])].flatMap(leavesOf);
}

function describeScope({ applies }: Rule): readonly Clause[] {
  const { plugin, levels } = applies ?? {};
  const tag = plugin === undefined ? null : `bears the tag ${plugin.map((name) => `[${name}]`).join(' or ')}`;
  const level = levels === undefined ? null : `stands at ${describeLevels(levels)}`;
  const parts = [tag, level].filter((part) => part !== null);
  return parts.length === 0 ? [] : [clause(`the record ${parts.join(' and ')}`)];
}

/** Down to INFO the levels stand in order; behind it two families of names mix. */
function describeLevels(levels: readonly string[]): string {
  const gravest: readonly string[] = LEVELS.slice(0, levels.length);
  const isFromTop = gravest.every((level) => levels.includes(level));
  const lowest = gravest.at(-1);
  if (!isFromTop || levels.length > LEVELS.indexOf('INFO') + 1 || levels.length === 1)
    return listOf(levels, 'or');
  return `${lowest === 'SEVERE' ? 'ERROR' : lowest} or above`;
}

function describeRank({ exclusive }: Rule, rules: readonly Rule[]): readonly Clause[] {
  if (exclusive === undefined) return [];
  const first = rules.filter(
    (other) => other.exclusive?.group === exclusive.group && other.exclusive.rank < exclusive.rank,
  );
  if (first.length === 0) return [];
  const codes = listOf(
    first.map(({ code }) => code),
    'or',
  );
  return [clause(`it is not already reported as ${codes}, which ${first.length > 1 ? 'go' : 'goes'} first`)];
}
