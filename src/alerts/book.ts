// All that is remembered of faults between runs. Plain JSON, bounded whatever the log holds.
import type { Advice } from '../findings/finding.ts';
import type { Incident, Silence } from './alert.ts';

/** Sightings of a fault that has not been seen often enough to count as one. */
export interface Pending {
  readonly fingerprint: string;
  readonly rule: string;
  /** When it was seen: by the log's clock where the log prints one. The latest last. */
  readonly times: readonly number[];
  /** When the last one was read. */
  readonly at: number;
}

/** When receivers last heard of a group, and since when something waits to be told. */
export interface GroupTimes {
  readonly id: string;
  readonly waitingSince: number | null;
  readonly notifiedAt: number | null;
  /** 0 to 2, see `gravityOf`: of what the last notice told. */
  readonly gravity: number;
}

/** What was found and read since the beginning of the state. */
export interface Totals {
  /** By code. */
  readonly findings: Readonly<Record<string, number>>;
  readonly bytes: number;
  readonly lines: number;
}

export interface Book {
  readonly schema: 1;
  readonly incidents: readonly Incident[];
  readonly pending: readonly Pending[];
  readonly groups: readonly GroupTimes[];
  /** When notices were made within the last hour. */
  readonly sent: readonly number[];
  readonly silences: readonly Silence[];
  /** By the first 12 hex digits of SHA-256 over it: many faults share one. */
  readonly advice: Readonly<Record<string, Advice>>;
  readonly totals: Totals;
}

export const EMPTY_BOOK: Book = {
  schema: 1,
  incidents: [],
  pending: [],
  groups: [],
  sent: [],
  silences: [],
  advice: {},
  totals: { findings: {}, bytes: 0, lines: 0 },
};

/** Hostile text can name any number of regions and services. */
export const MAX_INCIDENTS = 300;
export const MAX_PENDING = 300;
export const MAX_SILENCES = 100;
export const MAX_ADVICE = 32;
/** Characters of one advice as JSON. */
export const MAX_ADVICE_LENGTH = 20 * 1024;
