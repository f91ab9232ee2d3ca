// What standard error is told of while logs are followed: what happens to them, for people, and messages that hold none.
import type { TailEvent } from '../app/tail.ts';
import type { MessageEvent } from '../app/tail-messages.ts';
import { type FollowEvent, NOT_YET } from '../lib/follow-event.ts';
import type { LiveFormat } from '../reports/live-format.ts';
import { type Priority, priorityOf } from './journal.ts';

export interface Note {
  readonly message: string;
  readonly priority: Priority;
}

export function noteFor(event: TailEvent | MessageEvent, format: LiveFormat): Note | null {
  if (event.type === 'taken') return isRound(event.empty) ? passedOver(event.number, event.empty) : null;
  // Programs find the others between the findings.
  if (event.type !== 'event' || format === 'ndjson' || event.detail === NOT_YET) return null;
  return { message: wordsAbout(event), priority: priorityOf(event) };
}

function wordsAbout({ path, event, offset, detail }: FollowEvent): string {
  const isPlain = event === 'following' || event === 'missing' || (offset === 0 && event !== 'gap');
  const where = isPlain ? '' : ` at byte ${offset}`;
  return `oclog: ${path}: ${event}${where}: ${detail}`;
}

/** A shipper that is set up wrongly sends nothing else. */
function isRound(count: number | null): count is number {
  return /^10*$/.test(String(count));
}

function passedOver(line: number, count: number): Note {
  const so = count === 1 ? '' : `, the ${count}th such line`;
  return { message: `oclog: -: line ${line} holds no message and is passed over${so}`, priority: 4 };
}
