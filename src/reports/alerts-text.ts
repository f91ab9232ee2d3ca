// The faults that checks remember, as a list for people: a line each, what was said of it below.
import { compareGravity, type Incident, isOpen } from '../alerts/alert.ts';
import type { Book } from '../alerts/book.ts';
import { expireSilences, silenceOf } from '../alerts/silences.ts';
import { show } from './show.ts';
import { showSpan, showTime, showTimes } from './words.ts';

interface Listed {
  readonly log: string;
  readonly book: Book;
}

export function alertsText(books: readonly Listed[], directory: string, now: number): string {
  if (books.length === 0)
    return `no check has remembered anything in ${show(directory)}; name the directory of the checks with --state-dir\n`;
  return books.map((one) => textOf(one, now)).join('\n');
}

function textOf({ log, book }: Listed, now: number): string {
  const incidents = [...book.incidents].sort(
    (a, b) => Number(isOpen(b.state)) - Number(isOpen(a.state)) || compareGravity(a, b),
  );
  const silences = expireSilences(book.silences, now).map(
    ({ id, code, rule, fingerprint, host, by, reason, until }) =>
      `  silence ${id}: ${[code, rule, fingerprint, host === null ? null : `host ${host}`]
        .filter((part) => part !== null)
        .map(show)
        .join(', ')} for another ${ago(until, now)}, by ${show(by)}: ${show(reason)}\n`,
  );
  const faults = incidents.flatMap((incident) => linesOf(incident, book, now));
  const nothing = faults.length === 0 ? ['  no fault\n'] : [];
  return [`${show(log)}\n`, ...nothing, ...faults, ...silences].join('');
}

function linesOf(incident: Incident, book: Book, now: number): readonly string[] {
  const { fingerprint, state, severity, code, region, title, count, since, lastSeen, lastTime } = incident;
  const where = region === null ? '' : ` ${show(region)}`;
  const silence = silenceOf(incident, book.silences, now);
  const { acknowledged, resolvedBy } = incident;
  return [
    `  ${fingerprint}  ${state.padEnd(8)}  ${severity.padEnd(8)}  ${show(code)}${where} ${show(title)}\n`,
    // The last time by the log's clock, as everywhere else; the span by oclog's.
    `      ${showTimes(count)}, last ${lastTime === null ? 'at an unknown time' : showTime(lastTime)}; ${isOpen(state) ? `open for ${ago(now, since)}` : `was open for ${ago(incident.changedAt, since)}`}\n`,
    ...(acknowledged === null
      ? []
      : [`      acknowledged by ${show(acknowledged.by)}: ${show(acknowledged.reason)}\n`]),
    ...(silence === null || !isOpen(state) ? [] : [`      muted by silence ${silence.id}\n`]),
    ...(resolvedBy === null ? [] : [`      resolved by ${show(resolvedBy)}\n`]),
    ...(state === 'quiet'
      ? [
          `      not seen for ${ago(incident.changedAt, lastSeen)} when it was taken for over; not proven fixed\n`,
        ]
      : []),
  ];
}

function ago(later: number, earlier: number): string {
  return showSpan(Math.max(0, later - earlier)) || 'a moment';
}
