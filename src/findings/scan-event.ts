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
  readonly findings: number;
  readonly byCode: { readonly [code: string]: number };
  readonly errors: number;
  readonly durationMs: number;
  readonly notes: readonly ScanNote[];
}

/** In the order in which records stand; the summary is the last. */
export type ScanEvent = Finding | ScanError | ScanSummary;
