// Conditions made into functions. Expects conditions that passed the checks; says nothing about them.
import { isCombination, negated } from './combination.ts';
import { captureName, DEFAULT_FACT, FACTS, type Facts } from './facts.ts';
import type { Combination, Condition, Leaf, Scalar } from './rule.ts';

/** What a condition is asked about: a record's facts and the rule's captures from it. */
export interface Scope {
  readonly facts: Facts;
  capture(name: string): string | null;
}

export type Test = (scope: Scope) => boolean;

/** Whether a text matches, for each regular expression of the rule. */
export type RegexTest = (source: string) => (text: string) => boolean;

export function compileCondition(condition: Condition, regex: RegexTest): Test {
  return isCombination(condition) ? compileCombination(condition, regex) : compileLeaf(condition, regex);
}

function compileCombination(combination: Combination, regex: RegexTest): Test {
  const compile = (condition: Condition): Test => compileCondition(condition, regex);
  const all = (combination.all ?? []).map(compile);
  const any = combination.any?.map(compile);
  const not = negated(combination).map(compile);
  return (scope) =>
    all.every((holds) => holds(scope)) &&
    (any === undefined || any.some((holds) => holds(scope))) &&
    !not.some((holds) => holds(scope));
}

function compileLeaf(leaf: Leaf, regex: RegexTest): Test {
  const read = reader(leaf.fact ?? DEFAULT_FACT);
  if (leaf.exists !== undefined) {
    const wanted = leaf.exists;
    return (scope) => (read(scope) !== null) === wanted;
  }
  const holds = comparison(leaf, regex);
  return (scope) => {
    const value = read(scope);
    return value !== null && holds(value);
  };
}

function reader(name: string): (scope: Scope) => Scalar | null {
  const capture = captureName(name);
  if (capture !== null) return (scope) => scope.capture(capture);
  const fact = FACTS.get(name);
  if (fact === undefined) throw new Error(`unknown fact ${name}`);
  return (scope) => fact.read(scope.facts);
}

function comparison(leaf: Leaf, regex: RegexTest): (value: Scalar) => boolean {
  const { contains, equals, startsWith } = leaf;
  if (contains !== undefined) return ofText((text) => text.includes(contains));
  if (startsWith !== undefined) return ofText((text) => text.startsWith(startsWith));
  if (leaf.regex !== undefined) return ofText(regex(leaf.regex));
  if (equals !== undefined) return (value) => value === equals;
  if (leaf.in !== undefined) {
    const values = new Set(leaf.in);
    return (value) => values.has(value);
  }
  return ordering(leaf);
}

function ofText(holds: (text: string) => boolean): (value: Scalar) => boolean {
  return (value) => typeof value === 'string' && holds(value);
}

function ordering({ gt, gte, lt, lte }: Leaf): (value: Scalar) => boolean {
  if (gt !== undefined) return ofNumber((value) => value > gt);
  if (gte !== undefined) return ofNumber((value) => value >= gte);
  if (lt !== undefined) return ofNumber((value) => value < lt);
  if (lte !== undefined) return ofNumber((value) => value <= lte);
  throw new Error('a condition without operator');
}

function ofNumber(holds: (value: number) => boolean): (value: Scalar) => boolean {
  return (value) => typeof value === 'number' && holds(value);
}
