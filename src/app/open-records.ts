// Opens the reader of all records: a function, so that the program can do without the reader where a log is searched.

import type { SourceError } from '../lib/errors.ts';
import type { RecordLimits } from '../records/record.ts';
import type { Source } from '../sources/source.ts';
import { EveryRecord, type ReadCounter, readRecords } from './read-records.ts';
import type { RecordReader } from './record-reader.ts';

/** `problems` receives what kept the source from being read whole. */
export function openRecords(
  source: Source,
  limits: RecordLimits,
  counter: ReadCounter,
  problems: SourceError[],
  signal: AbortSignal | undefined,
): RecordReader {
  return new EveryRecord(readRecords(source, limits, counter, problems, signal));
}
