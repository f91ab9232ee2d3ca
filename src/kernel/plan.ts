// Which kernel searches for a set of literals, and which bytes of each literal it looks for.
import type { ByteShares } from './byte-shares.ts';
import { type PairsPlan, planPairs } from './plan-pairs.ts';
import { planTeddy, type TeddyPlan } from './plan-teddy.ts';

export type Plan = PairsPlan | TeddyPlan;

export function planSearch(literals: readonly Uint8Array[], shares: ByteShares): Plan {
  return planPairs(literals, shares) ?? planTeddy(literals, shares);
}
