// What the byte kernel is to search for, given the rules, which may be exchanged while a log is read, and the log: where
// rules leave a choice, what is rare in it.
import { KEY_LITERALS } from '../aws/key-evidence.ts';
import type { SearcherSizes } from '../kernel/layout.ts';
import { createSearcher } from '../kernel/searcher.ts';
import type { Search } from '../records/candidate-options.ts';
import type { CostOf } from '../rules/clauses.ts';
import type { RuleSet } from '../rules/compile.ts';
import type { SuccessSet } from '../rules/success.ts';

/** So much of the log tells what is rare. */
const SAMPLE = 64 * 1024;
/** A hit in each sample costs as much as searching for so many literals more. */
const HIT_COST = 2;
/** As dear as it gets. */
const MOST_HITS = 64;
/** After so many hits it is looked whether something else is rarer: they cost more than the look. */
const PATIENCE = 4096;

export interface SearchOptions {
  readonly sizes?: SearcherSizes;
  /** Records that prove something are wanted too. */
  readonly successes?: SuccessSet | undefined;
  /** Hits, see `PATIENCE`. */
  readonly patience?: number;
}

/**
 * One searcher, and so one memory, for as long as the same is searched for; `null` while a rule may match anything.
 */
export function searchFor(
  rules: RuleSet,
  { sizes = {}, successes, patience: firstPatience = PATIENCE }: SearchOptions = {},
): (sample: Buffer) => Search | null {
  const wanted: Search['wanted'] = {
    concernsLevel: (level) => rules.concernsLevel(level) || successes?.concernsLevel(level) === true,
    concerns: (record) => rules.concerns(record) || successes?.concerns(record) === true,
    mayHold: (raw) => rules.mayHold(raw) || successes?.mayHold(raw) === true,
  };
  let known: readonly string[] | null = null;
  let chosen: readonly string[] | null = null;
  let search: Search | null = null;
  let patience = firstPatience;
  let enough = patience;

  /** `hints`: in a log full of hits it is looked back before each for the key in use, so that is searched for, too. */
  const choose = (sample: Buffer, hints: boolean): void => {
    const needed = withLiterals(rules.literalsBy(costIn(sample)), successes);
    const literals = hints && needed !== null ? [...new Set([...needed, ...KEY_LITERALS])] : needed;
    // What was rare a while ago may be so no longer; but a log full of faults stays one.
    const isSame = literals?.join() === chosen?.join();
    patience = isSame ? patience * 2 : firstPatience;
    chosen = literals;
    if (!isSame)
      search =
        literals === null
          ? null
          : { searcher: createSearcher(literals, sample, sizes, KEY_LITERALS), wanted, hints };
    enough = (search?.searcher.found ?? 0) + patience;
  };
  return (sample) => {
    if (rules.literals !== known) {
      known = rules.literals;
      choose(sample, false);
    } else if (search !== null && search.searcher.found >= enough) choose(sample, true);
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

/** Each literal costs something, and its hits do. */
function costIn(sample: Buffer): CostOf {
  const part = sample.subarray(0, SAMPLE);
  const costs = new Map<string, number>();
  return (literal) => {
    const cost = costs.get(literal) ?? 1 + HIT_COST * hitsIn(part, literal);
    costs.set(literal, cost);
    return cost;
  };
}

function hitsIn(sample: Buffer, literal: string): number {
  let hits = 0;
  for (let at = sample.indexOf(literal); at >= 0 && hits < MOST_HITS; at = sample.indexOf(literal, at + 1))
    hits += 1;
  return hits;
}
