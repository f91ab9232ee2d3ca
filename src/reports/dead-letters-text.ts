// Notices that could not be delivered, for people: which, for whom, why.
import type { Entry } from '../alerts/outbox/entry.ts';
import { clip } from './cells.ts';
import { noticeText } from './notice-text.ts';
import { show } from './show.ts';
import { countOf, showTime, showTimes } from './words.ts';

const MAX_LISTED = 200;
const MAX_REASON = 200;

export function deadLettersText(letters: readonly Entry[]): string {
  if (letters.length === 0) return 'no dead letters: every notice was delivered, or waits to be\n';
  const lines = letters.slice(0, MAX_LISTED).flatMap(linesOf);
  const more = letters.length - MAX_LISTED;
  return `${[...lines, ...(more > 0 ? [`and ${countOf(more, 'other')}`] : [])].join('\n')}\n`;
}

function linesOf({ notice, channel, diedAt, tries, lastError }: Entry): readonly string[] {
  const died = diedAt === null ? '' : ` given up ${showTime(new Date(diedAt).toISOString())}`;
  return [
    `${show(notice.id)}  ${show(channel)}${died}, tried ${showTimes(tries)}`,
    `    ${noticeText(notice).headline}`,
    `    why: ${clip(show(lastError ?? ''), MAX_REASON)}`,
  ];
}
