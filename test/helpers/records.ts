// Runs bytes through the real line and record stages.
import { frameRecords } from '../../src/records/framer.ts';
import { splitLines } from '../../src/records/lines.ts';
import {
  DEFAULT_RECORD_LIMITS,
  type Line,
  type LogRecord,
  type RecordLimits,
} from '../../src/records/record.ts';

/** Cuts `bytes` at the offsets given, in any order. */
export async function* chunksOf(bytes: Buffer, cuts: readonly number[] = []): AsyncGenerator<Buffer> {
  const sorted = [...cuts, bytes.length].sort((a, b) => a - b);
  let from = 0;
  for (const cut of sorted) {
    // A copy that is overwritten afterwards, as a source may do with its buffer.
    const chunk = Buffer.from(bytes.subarray(from, cut));
    yield chunk;
    chunk.fill(0x58);
    from = cut;
  }
}

export async function linesOf(
  bytes: Buffer,
  cuts?: readonly number[],
  maxLength = 256 * 1024,
): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const batch of splitLines(chunksOf(bytes, cuts), maxLength)) lines.push(...batch);
  return lines;
}

export async function recordsOf(
  text: string | Buffer,
  cuts?: readonly number[],
  limits: RecordLimits = DEFAULT_RECORD_LIMITS,
): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  const lines = splitLines(chunksOf(Buffer.from(text as string), cuts), limits.maxBytes);
  for await (const batch of frameRecords(lines, limits)) records.push(...batch);
  return records;
}
