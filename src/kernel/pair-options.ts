// The pairs of bytes that each literal holds at a distance, and which of them are worth most. Plain loops over arrays: all this
// runs once, before anything is optimised.
import { KINDS, kindOf } from './pair-kind.ts';
import { LONGEST_REACH } from './window.ts';

export interface Pair {
  readonly kind: number;
  /** Where in its literal it stands. */
  readonly offset: number;
  readonly first: number;
  readonly second: number;
  /** Of all places those where a pair of this kind begins. */
  readonly share: number;
  /** Literals that hold it. */
  readonly holders: number;
}

/** By literal. */
export type Options = readonly (readonly Pair[])[];

export class PairOptions {
  readonly count: number;
  readonly distance: number;
  /** No choice of a pair for each literal has less in all: the cheapest of each, shared by all that hold it. */
  readonly leastShare: number;
  /** No choice has fewer pairs. */
  readonly fewest: number;
  readonly #options: Options;
  readonly #ranked = new Map<number, Options>();

  constructor(
    literals: readonly Uint8Array[],
    distance: number,
    shareOf: (first: number, second: number) => number,
  ) {
    this.#options = optionsOf(literals, distance, shareOf);
    this.count = literals.length;
    this.distance = distance;
    // Of pairs of one kind some stand for rarer bytes than others.
    const shares = new Float64Array(KINDS).fill(1);
    for (const pairs of this.#options) {
      for (const { kind, share } of pairs) shares[kind] = Math.min(shares[kind] ?? 1, share);
    }
    let leastShare = 0;
    let fewest = 0;
    for (const pairs of this.#options) {
      let least = 1;
      let most = 1;
      for (const { kind, holders } of pairs) {
        least = Math.min(least, (shares[kind] ?? 1) / holders);
        most = Math.max(most, holders);
      }
      leastShare += least;
      fewest += 1 / most;
    }
    this.leastShare = leastShare;
    // Thirds do not add up to one.
    this.fewest = Math.ceil(fewest - 1e-6);
  }

  /** Those worth most first; those that many literals hold are worth more by `weight`. */
  ranked(weight: number): Options {
    const ranked = this.#ranked.get(weight) ?? this.#options.map((pairs) => byPrice(pairs, weight));
    this.#ranked.set(weight, ranked);
    return ranked;
  }
}

function optionsOf(
  literals: readonly Uint8Array[],
  distance: number,
  shareOf: (first: number, second: number) => number,
): Options {
  const holders = new Uint16Array(KINDS);
  const options: { -readonly [K in keyof Pair]: Pair[K] }[][] = [];
  for (const literal of literals) {
    /** One more than the index of the pair. */
    const held = new Uint8Array(KINDS);
    const pairs = [];
    for (let offset = 0; offset + distance < Math.min(literal.length, LONGEST_REACH); offset++) {
      const first = literal[offset] ?? 0;
      const second = literal[offset + distance] ?? 0;
      const kind = kindOf(first, second);
      const at = (held[kind] ?? 0) - 1;
      const pair = { kind, offset, first, second, share: shareOf(first, second), holders: 0 };
      if (at >= 0) {
        pairs[at] = pair;
        continue;
      }
      held[kind] = pairs.push(pair);
      holders[kind] = (holders[kind] ?? 0) + 1;
    }
    options.push(pairs);
  }
  for (const pairs of options) {
    for (const pair of pairs) pair.holders = holders[pair.kind] ?? 1;
  }
  return options;
}

/** By insertion: they are few, and a comparing function would be called more often. */
function byPrice(pairs: readonly Pair[], weight: number): readonly Pair[] {
  const ranked: Pair[] = [];
  const prices: number[] = [];
  for (const pair of pairs) {
    const price = pair.share / pair.holders ** weight;
    let at = ranked.length;
    for (; at > 0 && (prices[at - 1] ?? 0) > price; at -= 1) {
      ranked[at] = ranked[at - 1] ?? pair;
      prices[at] = prices[at - 1] ?? price;
    }
    ranked[at] = pair;
    prices[at] = price;
  }
  return ranked;
}
