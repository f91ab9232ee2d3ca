// Pairs of bytes to look for: of each literal one that it holds, rare, and few under the same key. See assembly/keyed.ts.
import type { ByteShares } from './byte-shares.ts';
import { KEYS, KINDS, keyOf } from './pair-kind.ts';
import { type Options, type Pair, PairOptions } from './pair-options.ts';
import { LONGEST_REACH, type Window } from './window.ts';

export interface PairsPlan {
  readonly kernel: 'pairs';
  /** Bytes from the first to the second byte of a pair. */
  readonly distance: number;
  /** Bytes of a window: a pair and what lies between. */
  readonly width: number;
  readonly windows: readonly Window[];
  /** One of each kind. */
  readonly pairs: readonly Pair[];
  /** The most pairs that have the same key: 1, 2 or 4. */
  readonly depth: number;
}

/** A pair for each literal, and how often one of them is to be expected. */
interface Choice {
  readonly chosen: readonly Pair[];
  readonly share: number;
}

/** What searching a byte costs with one, two or four pairs under a key, and what comparing literals at a place costs. */
const COSTS: readonly (readonly [depth: number, nanoseconds: number])[] = [
  [1, 0.036],
  [2, 0.05],
  [4, 0.1],
];
const CANDIDATE_COST = 25;
/** Distances that are looked at. */
const FARTHEST = 12;
/** With so many literals for a key, what they have in common is frequent: more pairs under a key cost less. */
const CROWDED = 1.5;
const DEEPEST = 4;
/** So many literals make the choice slow, and its results alike: fewer distances are tried in fewer rounds. */
const MANY = 48;

/** Null when the literals are too short, too many or too much alike. */
export function planPairs(literals: readonly Uint8Array[], shares: ByteShares): PairsPlan | null {
  let best: PairsPlan | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const options of optionsByPromise(literals, shares)) {
    const { distance } = options;
    for (const [depth, cost] of COSTS) {
      if (cost + options.leastShare * CANDIDATE_COST >= least) break;
      const choice = choose(options, depth);
      if (choice === null || cost + choice.share * CANDIDATE_COST >= least) continue;
      least = cost + choice.share * CANDIDATE_COST;
      const windows = literals.map((literal, at) => ({ literal, offset: choice.chosen[at]?.offset ?? 0 }));
      best = {
        kernel: 'pairs',
        distance,
        width: distance + 1,
        windows,
        pairs: distinct(choice.chosen),
        depth,
      };
    }
  }
  return best;
}

/** What may cost least comes first, so that much of the rest need not be tried. */
function optionsByPromise(literals: readonly Uint8Array[], shares: ByteShares): readonly PairOptions[] {
  return promisingDistances(literals, shares)
    .map((distance) => new PairOptions(literals, distance, shares.ofPairs(distance)))
    .sort((a, b) => a.leastShare - b.leastShare);
}

/** By the bytes alone, as if they stood together by chance. */
function promisingDistances(literals: readonly Uint8Array[], shares: ByteShares): readonly number[] {
  const shortest = Math.min(...literals.map(({ length }) => length));
  const ranked: { readonly distance: number; readonly share: number }[] = [];
  for (let distance = 1; distance < Math.min(shortest, FARTHEST + 1); distance++) {
    let share = 0;
    for (const literal of literals) share += rarestByChance(literal, distance, shares.single);
    ranked.push({ distance, share });
  }
  ranked.sort((a, b) => a.share - b.share);
  return ranked.slice(0, literals.length > MANY ? 3 : 4).map(({ distance }) => distance);
}

function rarestByChance(literal: Uint8Array, distance: number, single: Float64Array): number {
  let least = 1;
  for (let offset = 0; offset + distance < Math.min(literal.length, LONGEST_REACH); offset++) {
    const share = (single[literal[offset] ?? 0] ?? 0) * (single[literal[offset + distance] ?? 0] ?? 0);
    if (share < least) least = share;
  }
  return least;
}

/** Rare pairs if there are keys enough, else, more and more, those that many literals hold. */
function choose(options: PairOptions, depth: number): Choice | null {
  const keys = depth * KEYS;
  if (options.fewest > keys || (options.count > keys * CROWDED && depth < DEEPEST)) return null;
  for (const weight of options.count > keys ? [1, 2, 3] : [0, 1]) {
    const choice = chooseInTurns(options.ranked(weight), depth, options.leastShare);
    if (choice !== null) return choice;
  }
  return null;
}

/** Good, not best: each literal takes in turn what is left, and who fared worst has the first choice in the next round. */
function chooseInTurns(options: Options, depth: number, leastShare: number): Choice | null {
  const order = options.map((_, literal) => literal);
  let best: Choice | null = null;
  const rounds = options.length > MANY ? 3 : 8;
  for (let round = 0; round < rounds; round++) {
    const { choice, worst } = takeTurns(options, order, depth);
    if (choice !== null && (best === null || choice.share < best.share)) best = choice;
    if (worst === null || worst === order[0] || (best !== null && best.share <= leastShare)) break;
    order.splice(order.indexOf(worst), 1);
    order.unshift(worst);
  }
  return best;
}

/** `worst` is the literal with the most frequent pair of those that did not get what they wanted most. */
function takeTurns(
  options: Options,
  order: readonly number[],
  depth: number,
): { readonly choice: Choice | null; readonly worst: number | null } {
  const taken = new Uint8Array(KINDS);
  const underKey = new Uint8Array(KEYS);
  const chosen: Pair[] = [];
  let share = 0;
  let worst: number | null = null;
  let largest = 0;
  for (const literal of order) {
    const mine = options[literal] ?? [];
    const pair = pairToTake(mine, taken, underKey, depth);
    if (pair === null) return { choice: null, worst: literal };
    chosen[literal] = pair;
    if (taken[pair.kind] === 1) continue;
    taken[pair.kind] = 1;
    underKey[keyOf(pair.first)] = (underKey[keyOf(pair.first)] ?? 0) + 1;
    share += pair.share;
    if (pair !== mine[0] && pair.share > largest) [worst, largest] = [literal, pair.share];
  }
  return { choice: { chosen, share }, worst };
}

/** The first one that is taken already, or else the first whose key has room. One loop: it runs before anything is optimised. */
function pairToTake(
  pairs: readonly Pair[],
  taken: Uint8Array,
  underKey: Uint8Array,
  depth: number,
): Pair | null {
  let free: Pair | null = null;
  for (const pair of pairs) {
    if (taken[pair.kind] === 1) return pair;
    if (free === null && (underKey[keyOf(pair.first)] ?? 0) < depth) free = pair;
  }
  return free;
}

function distinct(pairs: readonly Pair[]): readonly Pair[] {
  return [...new Map(pairs.map((pair) => [pair.kind, pair])).values()];
}
