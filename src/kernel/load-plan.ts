// Puts a plan into the kernel's memory.
import type { Layout } from './layout.ts';
import { writeTable } from './literal-table.ts';
import type { KernelExports } from './module.ts';
import type { Plan } from './plan.ts';
import { KEYS, keyOf, type Pair } from './plan-pairs.ts';

/** As they are numbered in assembly/search.ts. */
const TEDDY = 0;
const PAIR = 1;
const KEYED = [2, 3, 4] as const;

export function loadPlan(kernel: KernelExports, memory: Buffer, layout: Layout, plan: Plan): void {
  const { vectorsAt, literalsAt, hitsAt, hitsLimit } = layout;
  const { heads, keyMask, byteHeads } = writeTable(memory, literalsAt, plan.windows, plan.width);
  kernel.setTables(heads, keyMask, byteHeads);
  kernel.setHits(hitsAt, hitsLimit);
  kernel.setKernel(kernelOf(plan), Math.max(...plan.windows.map(({ offset }) => offset)));
  if (plan.kernel === 'teddy') {
    memory.set(plan.tables, vectorsAt);
    kernel.setTeddy(vectorsAt);
    return;
  }
  for (const { first, second } of plan.pairs) kernel.setPair(first, second, plan.distance);
  writeKeys(memory, vectorsAt, plan.pairs);
  kernel.setKeyed(vectorsAt, plan.distance);
}

function kernelOf(plan: Plan): number {
  if (plan.kernel === 'teddy') return TEDDY;
  if (plan.pairs.length === 1) return PAIR;
  const [once, twice, fourTimes] = KEYED;
  return plan.depth === 1 ? once : plan.depth === 2 ? twice : fourTimes;
}

const MOST_DEPTH = 4;

/** For each pair under the same key two tables of 16 bytes: first and second bytes by key. */
function writeKeys(memory: Buffer, at: number, pairs: readonly Pair[]): void {
  // A byte whose key is another stands for no pair.
  for (let table = 0; table < MOST_DEPTH * 2; table++) {
    for (let key = 0; key < KEYS; key++) memory[at + table * KEYS + key] = key ^ 1;
  }
  const used = new Map<number, number>();
  for (const pair of pairs) {
    const key = keyOf(pair);
    const depth = used.get(key) ?? 0;
    used.set(key, depth + 1);
    memory[at + depth * KEYS * 2 + key] = pair.first;
    memory[at + depth * KEYS * 2 + KEYS + key] = pair.second;
  }
}
