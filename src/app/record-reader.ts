// The records of an input that may matter: what a scan asks of whoever reads them.
import type { KeyEvidence } from '../aws/aws-error.ts';
import type { Header, LogRecord } from '../records/record.ts';

export interface RecordReader {
  /** In order; all of a batch has to be asked for, once, before the next one is. */
  batches(): AsyncIterable<Iterable<LogRecord>>;
  /** The key in use, for the record that was asked for last. */
  keyOf(record: LogRecord): KeyEvidence | null;
  /** The headers of the input's first and last record, once all was read; `null` if it has none. */
  readonly ends: readonly [Header, Header] | null;
}
