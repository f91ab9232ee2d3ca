// The records of a text that is held in memory: a sample, or what someone pasted. Same framing as a file's.
import { frameRecords } from '../records/framer.ts';
import { DEFAULT_RECORD_LIMITS, type Line, type LogRecord } from '../records/record.ts';

export async function recordsIn(text: string): Promise<readonly LogRecord[]> {
  const records: LogRecord[] = [];
  for await (const batch of frameRecords(oneBatch(linesOf(text)), DEFAULT_RECORD_LIMITS))
    records.push(...batch);
  return records;
}

async function* oneBatch(lines: readonly Line[]): AsyncGenerator<readonly Line[]> {
  yield lines;
}

/** As a file would be cut: one character a byte. No stream is needed for a text of bounded size. */
function linesOf(text: string): readonly Line[] {
  const { maxBytes } = DEFAULT_RECORD_LIMITS;
  const lines: Line[] = [];
  let offset = 0;
  for (const line of Buffer.from(text, 'utf8').toString('latin1').split('\n')) {
    const end = offset + line.length + 1;
    const cut = line.length > maxBytes;
    const kept = cut ? line.slice(0, maxBytes) : line.replace(/\r$/, '');
    lines.push({ number: lines.length + 1, offset, end, text: kept, cut });
    offset = end;
  }
  return lines;
}
