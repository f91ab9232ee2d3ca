// What waits in the outbox, in lines for the status of a check.
import type { DeadLetters } from './dead-letters.ts';
import { channelOf } from './entry.ts';
import type { Folder } from './folder.ts';

export interface Depth {
  readonly waiting: number;
  readonly dead: number;
  /** Channels do not work for good: a person must look. */
  readonly warnings: readonly string[];
  /** What is on its way. */
  readonly notes: readonly string[];
}

export async function depthOf(queue: Folder, dead: DeadLetters, now: number): Promise<Depth> {
  const names = await queue.names();
  const count = await dead.count();
  const warnings =
    count === 0
      ? []
      : [
          `${plural(count, 'notice')} could not be delivered for good: oclog alerts dead list says which and why`,
        ];
  if (names.length === 0) return { waiting: 0, dead: count, warnings, notes: [] };
  const channels = [...new Set(names.map(channelOf))].sort();
  const oldest = await oldestOf(queue, names, now);
  const reason = oldest.error === null ? '' : ` (${oldest.error})`;
  const note = `${plural(names.length, 'notice')} for ${channels.join(', ')} not delivered yet, the oldest for ${minutes(oldest.age)}${reason}`;
  return { waiting: names.length, dead: count, warnings, notes: [note] };
}

async function oldestOf(
  queue: Folder,
  names: readonly string[],
  now: number,
): Promise<{ readonly age: number; readonly error: string | null }> {
  let age = 0;
  let error: string | null = null;
  for (const name of names) {
    const entry = await queue.read(name);
    if (entry === null || entry === false || now - entry.queuedAt < age) continue;
    age = now - entry.queuedAt;
    error = entry.lastError ?? error;
  }
  return { age, error };
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function minutes(ms: number): string {
  return ms < 60_000 ? 'less than 1 min' : `${Math.round(ms / 60_000)} min`;
}
