// The wall time of a record as the contract prints it, and the instants it may stand for.

import { findZone } from '../lib/find-zone.ts';
import { dateIn, formatOffset, instantsOf, machineZone, type Zone } from '../lib/zone.ts';
import type { MidnightMap } from '../records/midnights.ts';
import type { Header, LogRecord, Timestamp } from '../records/record.ts';

export interface LogTime {
  /** ISO wall time, with an offset only where the log prints one or a zone was named; `null` if unknown. */
  readonly time: string | null;
  readonly inferred: boolean;
  /** The instants it may mean; empty if unknown. */
  readonly instants: readonly number[];
}

/** What is known about an input whose headers print no dates. */
export interface DateClues {
  /** The date in the archive's name (`yyyy-MM-dd`): that of its last record. */
  readonly nameDate: string | null;
  readonly modified: Date | null;
  /** Reads the whole input once more and counts its midnights; `null` if it cannot be read again. */
  readonly countMidnights: (() => Promise<MidnightMap>) | null;
}

const UNKNOWN: LogTime = { time: null, inferred: false, instants: [] };
const DAY = 86_400_000;
const JITTER_SECONDS = 60;

/** Tells the time of the records of one input. */
export class LogClock {
  readonly #zone: Zone | undefined;
  readonly #clues: DateClues;
  #midnights: MidnightMap | null | undefined;

  constructor(zone: Zone | undefined, clues: DateClues) {
    this.#zone = zone;
    this.#clues = clues;
  }

  async timeOf({ header, position }: LogRecord): Promise<LogTime> {
    const dated = this.datedTimeOf(header);
    const { timestamp } = header;
    if (dated !== null || timestamp === null) return dated ?? UNKNOWN;
    const date = await this.#inferDate(position.offset);
    return date === null ? UNKNOWN : this.#tell(date, timestamp, true);
  }

  /** `null` for a header that prints no date. */
  datedTimeOf({ timestamp }: Pick<Header, 'timestamp'>): LogTime | null {
    return timestamp?.date == null ? null : this.#tell(timestamp.date, timestamp, false);
  }

  #tell(date: string, timestamp: Timestamp, inferred: boolean): LogTime {
    return tell(date, timestamp, this.#zone, inferred);
  }

  /** The input ends on the day it is named for, or was last changed; earlier records lie midnights before. */
  async #inferDate(offset: number): Promise<string | null> {
    const { nameDate, modified, countMidnights } = this.#clues;
    const last =
      nameDate ?? (modified === null ? null : dateIn(this.#zone ?? machineZone, modified.getTime()));
    if (last === null) return null;
    if (this.#midnights === undefined)
      this.#midnights = countMidnights === null ? null : await countMidnights();
    const crossed = this.#midnights?.crossedAt(offset) ?? null;
    if (!this.#midnights || crossed === null) return null;
    const { total, clock } = this.#midnights;
    const ahead = nameDate === null && modified !== null && this.#isAhead(clock, modified);
    const daysBefore = Math.max(0, total - crossed) + (ahead ? 1 : 0);
    return new Date(Date.parse(`${last}T00:00:00Z`) - daysBefore * DAY).toISOString().slice(0, 10);
  }

  /** Whether a log that ends at this time of day cannot have been last changed on the same day. */
  #isAhead(clock: number, modified: Date): boolean {
    const zone = this.#zone ?? machineZone;
    const wall = modified.getTime() + zone.offsetAt(modified.getTime()) * 60_000;
    return clock > (wall % DAY) / 1000 + JITTER_SECONDS;
  }
}

/** The time of a record that was written at about `now`: one that prints no date is of the last day on which it fits. */
export function liveTimeOf(
  { header: { timestamp } }: LogRecord,
  zone: Zone | undefined,
  now: number,
): LogTime {
  if (timestamp === null) return UNKNOWN;
  if (timestamp.date !== null) return tell(timestamp.date, timestamp, zone, false);
  const today = tell(dateIn(zone ?? machineZone, now), timestamp, zone, true);
  const isAhead = today.instants.every((instant) => instant > now + JITTER_SECONDS * 1000);
  return isAhead ? tell(dateIn(zone ?? machineZone, now - DAY), timestamp, zone, true) : today;
}

/**
 * Whether a log's first time, which `firstTime` reads as if the wall showed UTC, is before an instant in whatever zone it
 * may be meant.
 */
export function isTooOld(time: number | null, since: number, zone: Zone | undefined): boolean {
  return (
    time !== null && time < since && instantsOf(time, zone ?? machineZone).every((instant) => instant < since)
  );
}

function tell(
  date: string,
  { time, zone: printed }: Timestamp,
  zone: Zone | undefined,
  inferred: boolean,
): LogTime {
  const wall = wallOf(date, time);
  const instants = instantsOf(wall, printed === null ? (zone ?? machineZone) : findZone(printed));
  const offset = printed ?? (zone === undefined ? '' : formatOffset(zone.offsetAt(instants[0])));
  return { time: `${date}T${time}${offset}`, inferred, instants };
}

/** The wall time's parts, read as if they were UTC. */
function wallOf(date: string, time: string): number {
  const [seconds = '', fraction = '0'] = time.split('.');
  return Date.parse(`${date}T${seconds.replace(':60', ':59')}Z`) + Math.trunc(Number(`0.${fraction}`) * 1000);
}
