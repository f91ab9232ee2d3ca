// What the records of rules must hold, as literals.ts works it out of them or the build has done, and what of it to search
// for.
import type { Rule } from './rule.ts';

/** One of these stands in the raw text of every record that matches. */
export type Clause = readonly string[];

const known = new WeakMap<Rule, readonly Clause[]>();

/** For rules that were compiled. */
export function rememberClauses(rule: Rule, clauses: readonly Clause[]): void {
  known.set(rule, clauses);
}

export function rememberedClauses(rule: Rule): readonly Clause[] | undefined {
  return known.get(rule);
}

/** Few and long ones first. */
export function byWorth(a: Clause, b: Clause): number {
  return a.length - b.length || shortest(b) - shortest(a);
}

function shortest(clause: Clause): number {
  return Math.min(...clause.map(({ length }) => length));
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
