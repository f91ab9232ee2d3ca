// The records of a text that is held in memory: a sample, or what someone pasted. Same framing as a file's.
import { recordsIn } from '../records/live-framer.ts';
import { DEFAULT_RECORD_LIMITS, type LogRecord } from '../records/record.ts';

export function recordsInText(text: string): readonly LogRecord[] {
  return recordsIn(Buffer.from(text, 'utf8'), DEFAULT_RECORD_LIMITS);
}
