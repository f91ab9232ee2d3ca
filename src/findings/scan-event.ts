// What a scan yields besides findings. Field names are those of the NDJSON contract.
import type { Finding } from './finding.ts';

/** An input that could not be read, wholly or in part. */
export interface ScanError {
  readonly type: 'error';
  readonly schemaVersion: 1;
  readonly path: string;
  readonly message: string;
}

/** Something about an input that its reader should know but that is no fault. */
export interface ScanNote {
  readonly path: string;
  readonly message: string;
}

export interface ScanSummary {
  readonly type: 'summary';
  readonly schemaVersion: 1;
  readonly inputs: number;
  /** Uncompressed bytes. */
  readonly bytes: number;
  readonly lines: number;
  /** Whether any line was that of a record, but for inputs whose records all lie outside the time asked for. */
  readonly recognised: boolean;
  readonly findings: number;
  readonly byCode: { readonly [code: string]: number };
  readonly errors: number;
  readonly durationMs: number;
  /** Whether the scan was ended before everything was read. */
  readonly interrupted: boolean;
  /** Left out of what programs read where there are none. */
  readonly notes: readonly ScanNote[];
}

/** The records around a finding's, where they were asked for; comes after the finding. */
export interface ScanContext {
  readonly type: 'context';
  /** The finding's. */
  readonly id: string;
  readonly path: string;
  /** Redacted texts, cut to their beginnings, in the order of the log. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** In the order in which records stand; the summary is the last. */
export type ScanEvent = Finding | ScanContext | ScanError | ScanSummary;
