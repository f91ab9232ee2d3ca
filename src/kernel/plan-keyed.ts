// Pairs of bytes for the keyed kernel: of each literal one that it holds, rare, and few under the same key.
import type { ByteShares } from './byte-shares.ts';
import { LONGEST_REACH, type Window } from './window.ts';

export interface KeyedPlan {
  readonly kernel: 'keyed';
  readonly distance: number;
  readonly windows: readonly Window[];
  /** For each pair under the same key two tables of 16 bytes: first and second bytes by the low nibble of the first. */
  readonly tables: Uint8Array;
}

interface Pair {
  readonly offset: number;
  readonly first: number;
  readonly second: number;
  readonly share: number;
}

/** A pair for each literal, and how often one of them is to be expected. */
interface Choice {
  readonly pairs: readonly Pair[];
  readonly share: number;
}

const KEYS = 16;
/** Distances that are tried. */
const FARTHEST = 12;
const ROUNDS = 16;

const keyOf = (pair: Pair): number => pair.first & (KEYS - 1);
const same = (a: Pair, b: Pair): boolean => a.first === b.first && a.second === b.second;

/** With up to `depth` pairs under a key. Null when the literals are too short, too many or too much alike. */
export function planKeyed(
  literals: readonly Uint8Array[],
  shares: ByteShares,
  depth: number,
): KeyedPlan | null {
  const shortest = Math.min(...literals.map(({ length }) => length));
  let distance = 0;
  let best: Choice | null = null;
  for (let tried = 1; tried < Math.min(shortest, FARTHEST + 1); tried++) {
    const shareOf = shares.ofPairs(tried);
    const choice = choose(
      literals.map((literal) => pairsOf(literal, tried, shareOf)),
      depth,
    );
    if (choice === null || (best !== null && choice.share >= best.share)) continue;
    best = choice;
    distance = tried;
  }
  if (best === null) return null;
  const { pairs } = best;
  const windows = literals.map((literal, index) => ({ literal, offset: pairs[index]?.offset ?? 0 }));
  return { kernel: 'keyed', distance, windows, tables: tablesOf(pairs, depth) };
}

/** The pairs of a literal, rarest first. */
function pairsOf(
  literal: Uint8Array,
  distance: number,
  shareOf: (first: number, second: number) => number,
): readonly Pair[] {
  const pairs: Pair[] = [];
  for (let offset = 0; offset + distance < Math.min(literal.length, LONGEST_REACH); offset++) {
    const [first = 0, second = 0] = [literal[offset], literal[offset + distance]];
    pairs.push({ offset, first, second, share: shareOf(first, second) });
  }
  return pairs.sort((a, b) => a.share - b.share);
}

/** Good, not best: each literal takes in turn what is left, and who fared worst has the first choice in the next round. */
function choose(options: readonly (readonly Pair[])[], depth: number): Choice | null {
  const order = options.map((_, literal) => literal);
  let best: Choice | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    const { choice, worst } = takeTurns(options, order, depth);
    if (choice !== null && (best === null || choice.share < best.share)) best = choice;
    if (order[0] === worst) break;
    order.splice(order.indexOf(worst), 1);
    order.unshift(worst);
  }
  return best;
}

function takeTurns(
  options: readonly (readonly Pair[])[],
  order: readonly number[],
  depth: number,
): { readonly choice: Choice | null; readonly worst: number } {
  const slots: Pair[][] = Array.from({ length: KEYS }, () => []);
  const pairs: Pair[] = [];
  let share = 0;
  let [worst = 0] = order;
  let largest = 0;
  for (const literal of order) {
    const mine = options[literal] ?? [];
    const taken = mine.find((pair) => slots[keyOf(pair)]?.some((other) => same(pair, other)));
    const pair = taken ?? mine.find((one) => (slots[keyOf(one)]?.length ?? 0) < depth);
    if (pair === undefined) return { choice: null, worst: literal };
    pairs[literal] = pair;
    if (pair === taken) continue;
    slots[keyOf(pair)]?.push(pair);
    share += pair.share;
    if (pair.share > largest) [worst, largest] = [literal, pair.share];
  }
  return { choice: { pairs, share }, worst };
}

function tablesOf(pairs: readonly Pair[], depth: number): Uint8Array {
  const tables = new Uint8Array(depth * KEYS * 2);
  // A byte whose key is another stands for no pair.
  for (let at = 0; at < tables.length; at++) tables[at] = (at & (KEYS - 1)) ^ 1;
  const used = new Array<number>(KEYS).fill(0);
  for (const pair of pairs.filter((one, at) => pairs.findIndex((other) => same(one, other)) === at)) {
    const key = keyOf(pair);
    const at = (used[key] ?? 0) * KEYS * 2 + key;
    tables[at] = pair.first;
    tables[at + KEYS] = pair.second;
    used[key] = (used[key] ?? 0) + 1;
  }
  return tables;
}
