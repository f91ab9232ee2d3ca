// One of the sets of literals that the same kernel searches for in the same memory, in turn.
import type { PlanPlaces } from './layout.ts';
import { loadPlan } from './load-plan.ts';
import type { KernelExports } from './module.ts';
import type { Plan } from './plan.ts';

export interface LiteralSearch {
  /** The hits of its last search. */
  readonly hits: Uint32Array;
  /** For each of them the line feeds from the beginning of that search on. */
  readonly linesBefore: Uint32Array;
  /**
   * Finds the places in [from, to) of the memory where a literal starts that ends at or before `to`: in ascending
   * order, each once, however many literals start there. Stops early when `hits` has no room for more.
   */
  search(from: number, to: number): SearchResult;
}

/** One object, filled anew by each search. */
interface SearchResult {
  /** How many of `hits` are hits. */
  readonly count: number;
  /** Line feeds in [from, stoppedAt). */
  readonly newlines: number;
  /** All hits before this place are among `hits`, and none behind it; `to` unless it was stopped early. */
  readonly stoppedAt: number;
}

/** A kernel with its memory, and by which plan it searches. */
export interface KernelInUse {
  readonly kernel: KernelExports;
  readonly memory: Buffer<ArrayBuffer>;
  plan: object | null;
}

/** `planned` is asked when it is first searched. */
export function literalSearch(used: KernelInUse, places: PlanPlaces, planned: () => Plan): LiteralSearch {
  const { kernel, memory } = used;
  const result = { count: 0, newlines: 0, stoppedAt: 0 };
  let useIt: (() => void) | null = null;
  return {
    hits: new Uint32Array(memory.buffer, places.hitsAt, places.hitsRoom),
    linesBefore: new Uint32Array(memory.buffer, places.linesBeforeAt, places.hitsRoom),
    search: (from, to) => {
      useIt ??= loadPlan(kernel, memory, places, planned());
      if (used.plan !== useIt) {
        useIt();
        used.plan = useIt;
      }
      result.stoppedAt = kernel.search(from, to);
      result.count = kernel.hitCount();
      result.newlines = kernel.newlineCount();
      return result;
    },
  };
}

/** All hits in [from, to), however many there are. */
export function allHits(search: LiteralSearch, from: number, to: number): readonly number[] {
  const all: number[] = [];
  for (let at = from; at < to; ) {
    const { count, stoppedAt } = search.search(at, to);
    all.push(...search.hits.subarray(0, count));
    at = stoppedAt;
  }
  return all;
}
