// Which kernel searches for a set of literals, and which bytes of each literal it looks for: the rarest.

import type { ByteShares } from './byte-shares.ts';
import { type KeyedPlan, planKeyed } from './plan-keyed.ts';
import { planTeddy, type TeddyPlan } from './plan-teddy.ts';
import { LONGEST_REACH, type Window } from './window.ts';

export type Plan = PairPlan | KeyedPlan | TeddyPlan;

interface PairPlan {
  readonly kernel: 'pair';
  /** Bytes from the first byte of a window to its second one. */
  readonly distance: number;
  readonly windows: readonly Window[];
}

export function planSearch(literals: readonly Uint8Array[], shares: ByteShares): Plan {
  const [only] = literals;
  if (literals.length === 1 && only !== undefined && only.length > 1) return planPair(only, shares);
  return planKeyed(literals, shares, 1) ?? planTeddy(literals, shares);
}

/** The rarest two bytes, wherever they stand. */
function planPair(literal: Uint8Array, shares: ByteShares): PairPlan {
  const places = Array.from(literal.subarray(0, LONGEST_REACH), (_, at) => at);
  const [one = 0, two = 1] = places.sort((a, b) => shares.of(literal[a] ?? 0) - shares.of(literal[b] ?? 0));
  const offset = Math.min(one, two);
  return { kernel: 'pair', distance: Math.abs(one - two), windows: [{ literal, offset }] };
}
