// What `--since` and `--until` leave of an input, and what to say when they leave nothing: silence must not read as health.
import type { Header } from '../records/record.ts';
import type { LogClock } from './log-time.ts';
import type { ScanSettings } from './settings.ts';

type Window = Pick<ScanSettings, 'since' | 'until'>;

/** A record is kept unless every instant its time may stand for lies outside. */
export function isWithin(instants: readonly number[], { since, until }: Window): boolean {
  return instants.length === 0 || instants.some((instant) => instant >= since && instant <= until);
}

/** Whether it leaves anything out. */
export function isBounded({ since, until }: Window): boolean {
  return since > Number.NEGATIVE_INFINITY || until < Number.POSITIVE_INFINITY;
}

/** An input of which no record lies in the window. */
export interface Outside {
  readonly path: string;
  readonly message: string;
}

/** `null` where records lie within, or where that cannot be told without reading once more. */
export function outsideOf(
  path: string,
  [first, last]: readonly [Header, Header],
  clock: LogClock,
  { since, until }: Window,
): Outside | null {
  const newest = clock.datedTimeOf(last);
  const oldest = clock.datedTimeOf(first);
  if (newest === null || oldest === null) return null;
  if (newest.instants.every((instant) => instant < since)) {
    const message = `no record of the time asked for: the newest is of ${newest.time}; does VNA still write here, and is the log in another time zone (--tz)?`;
    return { path, message };
  }
  if (oldest.instants.some((instant) => instant <= until)) return null;
  const message = `no record of the time asked for: the oldest is of ${oldest.time}; is the log in another time zone (--tz)?`;
  return { path, message };
}
