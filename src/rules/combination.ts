// Tells conditions apart.
import type { Combination, Condition } from './rule.ts';

export function isCombination(condition: Condition): condition is Combination {
  return 'all' in condition || 'any' in condition || 'not' in condition;
}

export function negated({ not }: Combination): readonly Condition[] {
  if (not === undefined) return [];
  return isList(not) ? not : [not];
}

/** `Array.isArray` does not narrow a read-only list. */
function isList(not: Condition | readonly Condition[]): not is readonly Condition[] {
  return Array.isArray(not);
}
