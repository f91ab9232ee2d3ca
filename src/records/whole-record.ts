// A text that is one record -> the record.
import { openRecord } from './framer.ts';
import { type LineStart, linesIn } from './lines.ts';
import type { LogRecord, RecordLimits } from './record.ts';

/** `text`: latin1, from its header to the next one, which the record ends with; `null` if no header begins it. */
export function wholeRecord(text: string, start: LineStart, limits: RecordLimits): LogRecord | null {
  const [first, ...rest] = linesIn(text, start, limits.maxBytes);
  const open = first === undefined ? null : openRecord(first, limits);
  for (const line of rest) open?.add(line);
  return open?.close(start.offset + text.length) ?? null;
}
