// The records of an input that may matter: what a scan asks of whoever reads them.
import type { KeyEvidence } from '../aws/aws-error.ts';
import type { Header, LogRecord } from '../records/record.ts';
import type { Known } from '../records/record-finder.ts';

/** `K`: what stands for records that are known without a look. */
export interface RecordReader<K extends Known = never> {
  /** In order; all of a batch has to be asked for, once, before the next one is. */
  batches(): AsyncIterable<Iterable<LogRecord | K>>;
  /** The key in use, for the record that was asked for last. */
  keyOf(record: LogRecord | K): KeyEvidence | null;
  /** The headers of the input's first and last record, once all was read; `null` if it has none. */
  readonly ends: readonly [Header, Header] | null;
}
