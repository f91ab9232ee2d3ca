// What one run of a check has to say, for whoever words it.

import type { Advice, Severity } from '../findings/finding.ts';
import type { Change, Incident, Notice } from './alert.ts';
import type { Totals } from './book.ts';

export const CHECK_STATUS = ['OK', 'WARNING', 'CRITICAL', 'UNKNOWN'] as const;
export type CheckStatus = (typeof CHECK_STATUS)[number];

/** What keeps the check from knowing. */
export interface Trouble {
  /** Stays the same while the cause does. */
  readonly cause: string;
  /** Redacted; `null` if it is about no file. */
  readonly path: string | null;
  /** What is wrong, where, and what to do about it, in one line; redacted. */
  readonly message: string;
}

export interface CheckAnswer {
  readonly status: CheckStatus;
  readonly troubles: readonly Trouble[];
  /** Good reasons to look at the log that are no fault of AWS. */
  readonly warnings: readonly string[];
  /** For people, of no consequence. */
  readonly notes: readonly string[];
  /** Open faults, the gravest first. */
  readonly open: readonly Incident[];
  readonly acknowledged: number;
  readonly silenced: number;
  readonly changes: readonly Change[];
  readonly notices: readonly Notice[];
  /** Whether faults began or ended, or are to be told again. */
  readonly isNews: boolean;
  /** By `Incident.advice`. */
  readonly advice: Readonly<Record<string, Advice>>;
  /** New ones of this run. */
  readonly findings: Readonly<Record<Severity, number>>;
  readonly byCode: Readonly<Record<string, number>>;
  readonly bytes: number;
  readonly lines: number;
  readonly inputs: number;
  /** Over all runs; `null` if a memory could not be used. */
  readonly totals: Totals | null;
  /** What waits to be delivered; `null` where there are no channels. */
  readonly outbox: { readonly waiting: number; readonly dead: number } | null;
  readonly durationMs: number;
}
