// Which texts a record must hold for a rule to match, as far as the rule tells: what is searched for in raw bytes, so that
// all other records are passed over unread. Pieces hold no blank, since log text is folded at any, and nothing that a JSON
// formatter writes otherwise or puts together from parts.
import { AWS_ERROR_LITERALS } from '../aws/error-literals.ts';
import { byWorth, type Clause } from './clauses.ts';
import { isCombination } from './combination.ts';
import { captureName, DEFAULT_FACT } from './facts.ts';
import { literalOf } from './regex-literal.ts';
import type { Condition, Leaf, Rule } from './rule.ts';

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
