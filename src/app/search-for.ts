// What the byte kernel is to search for, given the rules; they may be exchanged while a log is read.
import type { SearcherSizes } from '../kernel/layout.ts';
import { createSearcher } from '../kernel/searcher.ts';
import type { Search } from '../records/candidates.ts';
import type { RuleSet } from '../rules/compile.ts';
import type { SuccessSet } from '../rules/success.ts';

/**
 * One searcher, and so one memory, for as long as the rules need the same literals; `null` while a rule needs none.
 * `successes`: records that prove something are wanted too.
 */
export function searchFor(
  rules: RuleSet,
  sizes: SearcherSizes = {},
  successes?: SuccessSet,
): (sample: Buffer) => Search | null {
  const wanted: Search['wanted'] = {
    concernsLevel: (level) => rules.concernsLevel(level) || successes?.concernsLevel(level) === true,
    concerns: (record) => rules.concerns(record) || successes?.concerns(record) === true,
    mayHold: (raw) => rules.mayHold(raw) || successes?.mayHold(raw) === true,
  };
  let literals: readonly string[] | null = null;
  let search: Search | null = null;
  return (sample) => {
    if (rules.literals === literals) return search;
    literals = rules.literals;
    const all = withLiterals(literals, successes);
    search = all === null ? null : { searcher: createSearcher(all, sample, sizes), wanted };
    return search;
  };
}

function withLiterals(
  literals: readonly string[] | null,
  successes: SuccessSet | undefined,
): readonly string[] | null {
  const more = successes === undefined ? [] : successes.literals;
  return literals === null || more === null ? null : [...new Set([...literals, ...more])];
}
