// Inputs whose bytes are the beginning of another's: a rotation caught in the act leaves oc.log beside its
// half-written archive. Each such input is dropped, so that nothing is reported twice.

import { ByteCursor } from './cursor.ts';
import { DamagedSourceError } from './damage.ts';
import type { Probe } from './probe.ts';
import type { Source } from './source.ts';

export interface Probed {
  readonly source: Source;
  readonly probe: Probe;
  /** Of two equal ones the one with the higher value stays: live before plain before packed. */
  readonly worth: number;
}

const STEP = 256 * 1024;

/** Those of one family that are wholly contained in the beginning of another one of it. */
export async function findTwins(family: readonly Probed[]): Promise<ReadonlySet<Probed>> {
  const dropped = new Set<Probed>();
  const candidates = family.filter((input) => input.probe.comparable);
  for (const [index, first] of candidates.entries()) {
    for (const second of candidates.slice(index + 1)) {
      if (dropped.has(first)) break;
      if (dropped.has(second) || !headsAgree(first, second)) continue;
      const twin = await twinOf(first, second);
      if (twin !== null) dropped.add(twin);
    }
  }
  return dropped;
}

function headsAgree(a: Probed, b: Probed): boolean {
  const shared = Math.min(a.probe.head.length, b.probe.head.length);
  return a.probe.head.subarray(0, shared).equals(b.probe.head.subarray(0, shared));
}

/** Which of the two begins the other; `null` if neither does. Reads both in step, a slice at a time. */
async function twinOf(first: Probed, second: Probed): Promise<Probed | null> {
  const a = new ByteCursor(first.source.open());
  const b = new ByteCursor(second.source.open());
  try {
    for (;;) {
      const left = await nextOf(a);
      const right = await nextOf(b);
      if (typeof left === 'string' || typeof right === 'string') return verdict(first, left, second, right);
      const shared = Math.min(left.length, right.length);
      if (!left.subarray(0, shared).equals(right.subarray(0, shared))) return null;
      await a.skip(shared);
      await b.skip(shared);
    }
  } finally {
    await a.close();
    await b.close();
  }
}

type Ending = 'end' | 'damaged' | 'unreadable';

/** Decides when at least one of them has come to an end, all bytes before it being the same. */
function verdict(
  first: Probed,
  left: Buffer | Ending,
  second: Probed,
  right: Buffer | Ending,
): Probed | null {
  if (left === 'unreadable' || right === 'unreadable') return null;
  if (typeof left !== 'string') return second;
  if (typeof right !== 'string') return first;
  if (left !== right) return left === 'damaged' ? first : second;
  return first.worth < second.worth ? first : second;
}

/** What can be compared next without taking it. Damage ends the bytes; other faults forbid a verdict. */
async function nextOf(cursor: ByteCursor): Promise<Buffer | Ending> {
  try {
    const seen = await cursor.peek(1);
    return seen.length === 0 ? 'end' : cursor.peekAvailable(STEP);
  } catch (error) {
    return error instanceof DamagedSourceError ? 'damaged' : 'unreadable';
  }
}
