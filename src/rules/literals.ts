// Which texts a record must hold for a rule to match, as far as the rule tells: what is searched for in raw bytes, so that
// all other records are passed over unread. Pieces hold no blank, since log text is folded at any, and nothing that a JSON
// formatter writes otherwise or puts together from parts.
import { AWS_ERROR_LITERALS } from '../aws/error-literals.ts';
import { isCombination } from './conditions.ts';
import { captureName, DEFAULT_FACT } from './facts.ts';
import { literalOf } from './regex-literal.ts';
import type { Condition, Leaf, Rule } from './rule.ts';

/** One of these stands in the raw text of every record that matches. */
export type Clause = readonly string[];

/** Shorter pieces stand in every other record. */
const SHORTEST = 3;
/** Blanks, what JSON escapes, and the joints of a stack frame and of an exception's class and message. */
const JOINT = /[^!-~]+|["\\/<>&=']+|[():]+|\.(?=[\w$]+\()/;

/** All of them hold; none where the rule may match any record. */
export function clausesOf(rule: Rule): readonly Clause[] {
  const { applies, match, capture = {} } = rule;
  const required = Object.values(capture).filter(({ optional }) => optional !== true);
  const all = [
    ...ofTexts(applies?.plugin ?? []),
    ...ofCondition(match, rule),
    ...required.flatMap(({ regex }) => ofRegex(regex)),
  ];
  return [...new Map(all.map((clause) => [JSON.stringify(clause), clause])).values()];
}

function ofCondition(condition: Condition, rule: Rule): readonly Clause[] {
  if (!isCombination(condition)) return ofLeaf(condition, rule);
  const all = (condition.all ?? []).flatMap((part) => ofCondition(part, rule));
  const any = (condition.any ?? []).map((part) => ofCondition(part, rule).toSorted(byWorth)[0]);
  return condition.any !== undefined && any.every((clause) => clause !== undefined)
    ? [...all, [...new Set(any.flat())].sort()]
    : all;
}

/** Few and long ones first. */
function byWorth(a: Clause, b: Clause): number {
  return a.length - b.length || shortest(b) - shortest(a);
}

function shortest(clause: Clause): number {
  return Math.min(...clause.map(({ length }) => length));
}

function ofLeaf(leaf: Leaf, rule: Rule): readonly Clause[] {
  const fact = leaf.fact ?? DEFAULT_FACT;
  if (leaf.exists === false) return [];
  if (fact.startsWith('aws.')) return [AWS_ERROR_LITERALS];
  const capture = captureName(fact);
  const captured = capture === null ? undefined : rule.capture?.[capture]?.regex;
  if (captured !== undefined) return ofRegex(captured);
  // Levels stand everywhere, and a key may have been named by an earlier record.
  if (fact === 'record.level' || !fact.startsWith('record.')) return [];
  if (leaf.regex !== undefined) return ofRegex(leaf.regex);
  return ofTexts(textsOf(leaf));
}

function textsOf({ contains, startsWith, equals, in: values }: Leaf): readonly string[] {
  const wanted = values ?? [contains ?? startsWith ?? equals];
  return wanted.map((value) => (typeof value === 'string' ? value : ''));
}

/** One clause of a piece of each, if each has one. */
function ofTexts(texts: readonly string[]): readonly Clause[] {
  const pieces = texts.map(pieceOf);
  return pieces.length > 0 && pieces.every((piece) => piece !== null) ? [[...new Set(pieces)].sort()] : [];
}

function ofRegex(source: string): readonly Clause[] {
  return ofTexts([literalOf(source) ?? '']);
}

/** What to search for, to find the text whatever the log's layout; `null` if nothing can be. */
export function pieceOf(text: string): string | null {
  const piece = text
    .split(JOINT)
    .reduce((longest, next) => (next.length > longest.length ? next : longest), '');
  return piece.length < SHORTEST ? null : piece;
}

/** What it costs to search for a literal; costs are only compared. */
export type CostOf = (literal: string) => number;

/**
 * What to search for, so that no record is missed that any rule matches: of each rule one clause, for little in all.
 * `null` if a rule has none.
 */
export function literalsFor(
  rules: readonly (readonly Clause[])[],
  costOf: CostOf = () => 1,
): readonly string[] | null {
  const chosen = new Set<string>();
  const added = (clause: Clause): number =>
    clause.reduce((sum, literal) => sum + (chosen.has(literal) ? 0 : costOf(literal)), 0);
  // Those without a choice first: what they need may serve the others too.
  for (const clauses of rules.toSorted((a, b) => a.length - b.length)) {
    const [best] = clauses.toSorted((a, b) => added(a) - added(b) || byWorth(a, b));
    if (best === undefined) return null;
    for (const literal of best) chosen.add(literal);
  }
  return chosen.size === 0 ? null : [...chosen].sort();
}
