// Puts a plan into the kernel's memory, which may hold several, and has the kernel search by one of them.
import type { PlanPlaces } from './layout.ts';
import { writeTable } from './literal-table.ts';
import type { KernelExports } from './module.ts';
import { KEYS, keyOf } from './pair-kind.ts';
import type { Pair } from './pair-options.ts';
import type { Plan } from './plan.ts';
import type { PairsPlan } from './plan-pairs.ts';

/** As they are numbered in assembly/search.ts. */
const TEDDY = 0;
const PAIR = 1;
const KEYED = [2, 3, 4] as const;

/** Yields what makes the kernel search by it. */
export function loadPlan(kernel: KernelExports, memory: Buffer, places: PlanPlaces, plan: Plan): () => void {
  const { vectorsAt, literalsAt, hitsAt, linesBeforeAt, hitsLimit } = places;
  const { heads, keyMask, byteHeads } = writeTable(memory, literalsAt, plan.windows, plan.width);
  const chosen = kernelOf(plan);
  const reach = Math.max(...plan.windows.map(({ offset }) => offset));
  if (plan.kernel === 'teddy') memory.set(plan.tables, vectorsAt);
  else writeKeys(memory, vectorsAt, plan.pairs);
  return () => {
    kernel.setTables(heads, keyMask, byteHeads);
    kernel.setHits(hitsAt, linesBeforeAt, hitsLimit);
    kernel.setKernel(chosen, reach);
    if (plan.kernel === 'teddy') {
      kernel.setTeddy(vectorsAt);
      return;
    }
    const [pair] = plan.pairs;
    if (pair !== undefined) kernel.setPair(pair.first, pair.second, plan.distance);
    kernel.setKeyed(vectorsAt, plan.distance);
  };
}

function kernelOf(plan: Plan): number {
  if (plan.kernel === 'teddy') return TEDDY;
  if (isOnePair(plan)) return PAIR;
  const [once, twice, fourTimes] = KEYED;
  return plan.depth === 1 ? once : plan.depth === 2 ? twice : fourTimes;
}

/** Whether all literals are found by the same two bytes. */
function isOnePair({ pairs: [pair, ...others], windows, distance }: PairsPlan): boolean {
  return (
    others.length === 0 &&
    windows.every(
      ({ literal, offset }) => literal[offset] === pair?.first && literal[offset + distance] === pair?.second,
    )
  );
}

const MOST_DEPTH = 4;

/** No two bytes of a log give this, but for some outside of ASCII. */
const NO_PAIR = 0x80;

/** For each pair under the same key a table of 16 bytes, by key. */
function writeKeys(memory: Buffer, at: number, pairs: readonly Pair[]): void {
  memory.fill(NO_PAIR, at, at + MOST_DEPTH * KEYS);
  const used = new Map<number, number>();
  for (const pair of pairs) {
    const key = keyOf(pair.first);
    const depth = used.get(key) ?? 0;
    used.set(key, depth + 1);
    memory[at + depth * KEYS + key] = pair.first ^ pair.second;
  }
}
