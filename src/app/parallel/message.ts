// What the threads of a scan tell each other. All of it is plain data.
import type { Severity } from '../../findings/finding.ts';
import type { RedactLevel } from '../../findings/redact.ts';
import type { Compiled } from '../../kernel/wasm.ts';
import type { Header, RecordLimits } from '../../records/record.ts';
import type { SentRule } from '../../rules/builtin.ts';
import type { LentFile } from '../../sources/lent-file.ts';
import type { InflateLimits } from '../../sources/source.ts';
import type { Segment } from '../read-candidates.ts';
import type { Found } from '../scan-source.ts';

/** What every unit of a scan is read with; see `ScanSettings`. */
export interface SharedSettings {
  readonly rules: readonly SentRule[];
  readonly minSeverity: Severity;
  readonly since: number;
  readonly until: number;
  /** Its name; `null` for the machine's. */
  readonly zone: string | null;
  readonly host: string;
  readonly redaction: RedactLevel;
  readonly advice: boolean;
  readonly context: number;
  readonly lines: boolean;
  readonly recordLimits: RecordLimits;
  readonly inflateLimits: InflateLimits;
}

/** What a thread is started with. */
export interface WorkerData {
  readonly shared: SharedSettings;
  readonly kernel: Compiled;
}

/** What one thread reads by itself: all that a file holds, or a segment of it. */
export interface Task {
  readonly file: LentFile;
  /** Which of the file's sources. */
  readonly kept: readonly number[];
  readonly segment: Segment | undefined;
}

interface Problem {
  readonly path: string;
  readonly message: string;
  readonly hint: string | undefined;
}

/** What a source, or its segment, came to. */
export interface Ended {
  readonly bytes: number;
  readonly lines: number;
  readonly ends: readonly [Header, Header] | null;
  readonly problems: readonly Problem[];
  /** Whether it was read as far as it can be. */
  readonly isWhole: boolean;
}

/** Some of what was found, in order, and how much memory that takes, in bytes or so; with the last of a source its end. */
export interface Batch {
  readonly events: readonly Found[];
  readonly weight: number;
  readonly ended: Ended | null;
  /** Whether its lines are counted from the beginning of the log already. */
  readonly isPlaced?: boolean;
}

export type ToWorker =
  | { readonly type: 'task'; readonly unit: number; readonly task: Task }
  /** So much of what was sent was taken. */
  | { readonly type: 'taken'; readonly weight: number }
  | { readonly type: 'abort' };

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'batch'; readonly unit: number; readonly batch: Batch }
  /** Nothing more comes of the unit. */
  | { readonly type: 'done'; readonly unit: number }
  /** So many bytes of files were read. */
  | { readonly type: 'read'; readonly bytes: number };
