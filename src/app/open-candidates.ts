// Opens the reader of candidates: a function, so that the program can do without the reader where a log is short.

import type { Source } from '../sources/source.ts';
import type { KnownRecord } from './known/known-record.ts';
import { CandidateReader, type CandidateSettings } from './read-candidates.ts';
import type { ReadCounter } from './read-records.ts';
import type { RecordReader } from './record-reader.ts';

export function openCandidates(
  source: Source,
  settings: CandidateSettings,
  counter: ReadCounter,
): RecordReader<KnownRecord> {
  return new CandidateReader(source, settings, counter);
}
