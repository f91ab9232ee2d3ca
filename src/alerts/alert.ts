// What the life cycle of a fault, its state file and the channels agree on: plain JSON, everything that comes from the
// log redacted and bounded. Times are milliseconds since 1970 of oclog's clock, but for the log's own wall times.
import { type Advice, type Confidence, gravityOf, type Severity } from '../findings/finding.ts';

export const ALERT_STATES = ['firing', 'ongoing', 'flapping', 'stale', 'quiet', 'resolved'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/**
 * `quiet` and `resolved` are over: the one was not seen for long enough, the other is proved. `stale` is not: the log
 * stopped growing, so that nobody can say.
 */
export function isOpen(state: AlertState): boolean {
  return state !== 'quiet' && state !== 'resolved';
}

/** Which fault it is, and how it was seen. */
interface Seen {
  /** 12 hex digits; names the fault. */
  readonly fingerprint: string;
  readonly code: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly title: string;
  readonly host: string;
  readonly plugin: string | null;
  /** 12 digits, where the record names the account that was asked. */
  readonly account: string | null;
  readonly region: string | null;
  readonly service: string | null;
  readonly errorCode: string | null;
  readonly variant: string | null;
  readonly confidence: Confidence;
  /** Masked. */
  readonly accessKey: string | null;
}

/** One occurrence of a fault, as a finding or a gap in the log tells of it. */
export interface Sighting extends Seen {
  /** 16 hex digits, the finding's. */
  readonly id: string;
  /** The log's wall time. */
  readonly time: string | null;
  readonly path: string;
  readonly line: number;
  readonly message: string | null;
  readonly advice: Advice | null;
}

/** Someone knows and works on it: no repeats. */
interface Acknowledgement {
  readonly by: string;
  readonly reason: string;
  readonly at: number;
}

/** A fault that is open, or was lately; `variant`, `confidence` and `accessKey` are those of the latest sighting. */
export interface Incident extends Seen {
  readonly state: AlertState;
  /** Counts changes of state; goes on when the fault comes back. */
  readonly sequence: number;
  /** Id of the sighting that opened it. */
  readonly openedBy: string;
  readonly since: number;
  /** When the state changed. */
  readonly changedAt: number;
  readonly lastSeen: number;
  readonly firstTime: string | null;
  readonly lastTime: string | null;
  /** Sightings since it opened, and those of this run. */
  readonly count: number;
  readonly fresh: number;
  /** Runs that saw it since it opened. */
  readonly runs: number;
  /** The latest sighting. */
  readonly example: { readonly path: string; readonly line: number; readonly message: string | null };
  /** Key of its advice in the book; see `Book.advice`. */
  readonly advice: string | null;

  /** The first and the latest notice of it since it opened. */
  readonly firstNotifiedAt: number | null;
  readonly notifiedAt: number | null;
  /** Notices since it opened; those that would have been due but were held back since the last one. */
  readonly notices: number;
  readonly heldBack: number;
  /** What receivers have yet to be told. */
  readonly owed: 'new' | 'changed' | 'closed' | null;
  /** Variants and keys seen since it opened, and whether a notice told that it is stale: each is news once. */
  readonly known: readonly string[];
  /** What the last run that ended well reported of it. */
  readonly reported: { readonly state: AlertState; readonly sequence: number } | null;
  /** When it lately ceased, for flapping. */
  readonly quietTimes: readonly number[];
  readonly acknowledged: Acknowledgement | null;
  /** What proved that it is over, or who said so and why. */
  readonly resolvedBy: string | null;
}

/** For sorting: the gravest first, and nothing left to chance. */
export function compareGravity(a: Incident, b: Incident): number {
  return (
    gravityOf(b.severity) - gravityOf(a.severity) ||
    ALERT_STATES.indexOf(a.state) - ALERT_STATES.indexOf(b.state) ||
    (a.code < b.code ? -1 : a.code > b.code ? 1 : a.fingerprint < b.fingerprint ? -1 : 1)
  );
}

/**
 * Why a notice is sent. `digest` tells of many faults at once because the hour's notices were used up; `dead-letter` of a
 * channel that does not work; `test` of nothing at all.
 */
export type NoticeReason = 'new' | 'repeat' | 'changed' | 'closed' | 'digest' | 'dead-letter' | 'test';

/** What is to be told about the faults of one host, plugin and account. */
export interface Notice {
  readonly schemaVersion: 1;
  /** 16 hex digits; the same when a killed run is repeated, so that the receiver can drop what it has. */
  readonly id: string;
  /** 12 hex digits over host, plugin and account: the thread that a receiver may keep. */
  readonly group: string;
  readonly reason: NoticeReason;
  /** The gravest of its incidents' states and severities. */
  readonly state: AlertState;
  readonly severity: Severity;
  readonly host: string;
  readonly plugin: string | null;
  readonly account: string | null;
  /** The gravest first; no more than 20. */
  readonly incidents: readonly Incident[];
  /** Incidents that the notice is about but does not list. */
  readonly omitted: number;
  /** Incidents of the group that are open; 0: all of it is over. */
  readonly open: number;
  /** How often one of its incidents was due but held back since the last notice of it. */
  readonly heldBack: number;
  /** Open incidents of the host that another one explains, so that no notice tells of them. */
  readonly muted: number;
  /** By code and variant (`VNA1001/unknown-key`), for each one listed. */
  readonly advice: Readonly<Record<string, Advice>>;
  readonly at: number;
}

/** Key of an incident's advice in `Notice.advice`. */
export function adviceKey({ code, variant }: Pick<Incident, 'code' | 'variant'>): string {
  return variant === null ? code : `${code}/${variant}`;
}

/** A fault whose state changed in this run. */
export interface Change {
  /** 16 hex digits over fingerprint, opening finding, state and sequence: the same when a killed run is repeated. */
  readonly id: string;
  readonly before: AlertState | null;
  readonly incident: Incident;
}

/** What mutes notices for a while; each of the filters that is given must fit. */
export interface Silence {
  /** 8 hex digits. */
  readonly id: string;
  readonly code: string | null;
  readonly rule: string | null;
  readonly fingerprint: string | null;
  readonly host: string | null;
  readonly by: string;
  readonly reason: string;
  readonly at: number;
  readonly until: number;
}
