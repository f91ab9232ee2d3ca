// Conditions of rule files: known facts, one operator a leaf that suits the fact, bounded depth.

import { type KeyPath, quote, type Report, suggest } from '../lib/yaml/problem.ts';
import { checkRegex } from './check-regex.ts';
import { isCombination, negated } from './combination.ts';
import { captureName, DEFAULT_FACT, FACTS, type Fact, factNames } from './facts.ts';
import type { Condition, Leaf, Scalar } from './rule.ts';

export interface ConditionContext {
  readonly report: Report;
  /** Names of the rule's captures; `null` where they are not in shape. */
  readonly captures: readonly string[] | null;
  /** Leaf names seen so far in the rule. */
  readonly ids: Set<string>;
}

const MAX_DEPTH = 4;
const OPERATORS = [
  'contains',
  'equals',
  'startsWith',
  'regex',
  'in',
  'exists',
  'gt',
  'gte',
  'lt',
  'lte',
] as const;
const ON_TEXT: readonly string[] = ['contains', 'startsWith', 'regex'];
const ON_NUMBERS: readonly string[] = ['gt', 'gte', 'lt', 'lte'];
const KINDS = { string: 'a text', number: 'a number', boolean: 'true or false' };
/** A capture may be missing, and is a text. */
const CAPTURED: Pick<Fact, 'type' | 'values'> = { type: 'string' };

export function checkCondition(
  condition: Condition,
  path: KeyPath,
  context: ConditionContext,
  depth = 1,
): void {
  if (!isCombination(condition)) {
    checkLeaf(condition, path, context);
    return;
  }
  if (depth > MAX_DEPTH) {
    context.report(path, `conditions are nested more than ${MAX_DEPTH} deep`);
    return;
  }
  const { all, any, not } = condition;
  const parts = { all, any, not: not === undefined ? undefined : negated(condition) };
  for (const [name, conditions] of Object.entries(parts)) {
    for (const [index, part] of (conditions ?? []).entries()) {
      const single = name === 'not' && part === not;
      checkCondition(part, single ? [...path, name] : [...path, name, index], context, depth + 1);
    }
  }
}

function checkLeaf(leaf: Leaf, path: KeyPath, context: ConditionContext): void {
  const { report, ids } = context;
  if (leaf.id !== undefined) {
    if (ids.has(leaf.id)) report([...path, 'id'], `two conditions with the id ${quote(leaf.id)}`);
    ids.add(leaf.id);
  }
  const named = OPERATORS.filter((operator) => leaf[operator] !== undefined);
  const [operator, second] = named;
  if (operator === undefined) {
    // A mistyped one is reported as an unknown field.
    if (Object.keys(leaf).some((key) => key !== 'id' && key !== 'fact')) return;
    report(path, 'a condition without operator', { help: `add one of: ${OPERATORS.join(', ')}` });
    return;
  }
  if (second !== undefined) {
    const help = 'put each into a condition of an `all` list';
    report([...path, second], `a condition with two operators, ${quote(operator)} and ${quote(second)}`, {
      at: 'key',
      help,
    });
    return;
  }
  if (leaf.regex !== undefined) checkRegex(leaf.regex, [...path, 'regex'], report);
  const name = leaf.fact ?? DEFAULT_FACT;
  const fact = findFact(name, [...path, 'fact'], context);
  if (fact !== null) checkOperand(leaf, operator, { name, ...fact }, path, report);
}

function findFact(
  name: string,
  path: KeyPath,
  { captures, report }: ConditionContext,
): Pick<Fact, 'type' | 'values'> | null {
  const capture = captureName(name);
  const known = capture === null ? FACTS.get(name) : CAPTURED;
  const missing = capture !== null && captures !== null && !captures.includes(capture);
  if (known !== undefined && !missing) return known;
  report(path, `unknown fact ${quote(name)}`, { help: suggest(name, factNames(captures ?? [])) });
  return null;
}

function checkOperand(
  leaf: Leaf,
  operator: (typeof OPERATORS)[number],
  fact: Pick<Fact, 'type' | 'values'> & { readonly name: string },
  path: KeyPath,
  report: Report,
): void {
  const { name, type, values } = fact;
  if (ON_TEXT.includes(operator) && type !== 'string') {
    report([...path, operator], `${quote(operator)} needs a text, but ${name} is ${KINDS[type]}`, {
      at: 'key',
    });
  } else if (ON_NUMBERS.includes(operator) && type !== 'number') {
    report([...path, operator], `${quote(operator)} needs a number, but ${name} is ${KINDS[type]}`, {
      at: 'key',
    });
  }
  const compare = (value: Scalar, at: KeyPath): void => {
    if (typeof value !== type) {
      report(at, `${name} is ${KINDS[type]}, never ${describe(value)}`, {
        help: hint(value, type),
      });
    } else if (values !== undefined && !values.includes(String(value))) {
      report(at, `${name} is never ${quote(String(value))}`, { help: suggest(String(value), values) });
    }
  };
  if (leaf.equals !== undefined) compare(leaf.equals, [...path, 'equals']);
  for (const [index, value] of (leaf.in ?? []).entries()) compare(value, [...path, 'in', index]);
}

function describe(value: Scalar): string {
  return typeof value === 'string' ? `the text ${quote(value)}` : `the ${typeof value} ${value}`;
}

/** Quotes too many, or too few. */
function hint(value: Scalar, type: Fact['type']): string | undefined {
  if (type === 'number' && typeof value === 'string' && /^\d+$/.test(value)) return 'take the quotes off';
  return type === 'string' && typeof value === 'number' ? `put it in quotes: '${value}'` : undefined;
}
