// The records around one of a plain file, read for themselves: a report shows a few findings with what stood around them, and
// for those few the rest of the file need not be framed. Looks no farther than 16 MiB.
import { firstRecordIn } from '../records/first-record.ts';
import { LineBytes } from '../records/line-bytes.ts';
import { LiveFramer, recordsIn } from '../records/live-framer.ts';
import type { LogRecord, Position, RecordLimits } from '../records/record.ts';
import { openBlocks } from '../sources/open-blocks.ts';
import type { Source } from '../sources/source.ts';

/** How far it is looked for them, in bytes, less far first: records are short, mostly. */
const REACHES = [8, 32, 128, 512, 2048, 16 * 1024].map((kib) => kib * 1024);

export type Blocks = NonNullable<Source['blocks']>;

/** `null` as from `openBlocks`. */
export async function blocksOf(source: Source): Promise<Blocks | null> {
  const reader = await openBlocks(source);
  await reader?.close();
  return reader === null ? null : (source.blocks ?? null);
}

/** The last `count` records before the one at `position`, or what is near of them. */
export async function recordsBefore(
  blocks: Blocks,
  { offset }: Position,
  count: number,
  limits: RecordLimits,
  reaches: readonly number[] = REACHES,
): Promise<readonly LogRecord[]> {
  let found: readonly LogRecord[] = [];
  for (const reach of reaches) {
    const from = Math.max(0, offset - reach);
    const bytes = await bytesOf(blocks, from, offset);
    const start = from === 0 ? 0 : firstRecordIn(new LineBytes(bytes, from, bytes.length, limits));
    if (start !== null) found = recordsIn(bytes.subarray(start), limits, { line: 1, offset: from + start });
    if (found.length >= count || from === 0) break;
  }
  return found.slice(-count);
}

/** The first `count` records behind the one at `position`, or what is near of them. */
export async function recordsAfter(
  blocks: Blocks,
  { offset, bytes: length }: Position,
  count: number,
  limits: RecordLimits,
  reaches: readonly number[] = REACHES,
): Promise<readonly LogRecord[]> {
  const from = offset + length;
  let found: readonly LogRecord[] = [];
  for (const reach of reaches) {
    const bytes = await bytesOf(blocks, from, from + reach);
    const framer = new LiveFramer(limits, { line: 1, offset: from });
    found = framer.push(bytes);
    if (bytes.length < reach) found = [...found, ...framer.end()];
    if (found.length >= count || bytes.length < reach) break;
  }
  return found.slice(0, count);
}

async function bytesOf(blocks: Blocks, from: number, to: number): Promise<Buffer> {
  const reader = await blocks(from, to);
  try {
    return reader?.peek(to - from) ?? Buffer.alloc(0);
  } finally {
    await reader?.close();
  }
}
