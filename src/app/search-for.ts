// What the byte kernel is to search for, given the rules; they may be exchanged while a log is read.
import type { SearcherSizes } from '../kernel/layout.ts';
import { createSearcher } from '../kernel/searcher.ts';
import type { Search } from '../records/candidates.ts';
import type { RuleSet } from '../rules/compile.ts';

/** One searcher, and so one memory, for as long as the rules need the same literals; `null` while a rule needs none. */
export function searchFor(rules: RuleSet, sizes: SearcherSizes = {}): (sample: Buffer) => Search | null {
  const wanted: Search['wanted'] = {
    concernsLevel: (level) => rules.concernsLevel(level),
    concerns: (record) => rules.concerns(record),
    mayHold: (raw) => rules.mayHold(raw),
  };
  let literals: readonly string[] | null = null;
  let search: Search | null = null;
  return (sample) => {
    if (rules.literals === literals) return search;
    literals = rules.literals;
    search = literals === null ? null : { searcher: createSearcher(literals, sample, sizes), wanted };
    return search;
  };
}
