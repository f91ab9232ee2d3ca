// A source's records, with what was read on the way counted and trouble set aside until everything readable has
// been handed on.
import { SourceError } from '../lib/errors.ts';
import { frameRecords } from '../records/framer.ts';
import { splitLines } from '../records/lines.ts';
import type { Line, LogRecord, RecordLimits } from '../records/record.ts';
import type { Source } from '../sources/source.ts';

const LF = 0x0a;

/** Called with every amount as it is read. */
export interface ReadCounter {
  bytes: number;
  lines: number;
}

/** The records of `source`, in one batch a chunk. `problems` receives what kept it from being read whole. */
export function readRecords(
  source: Source,
  limits: RecordLimits,
  counter: ReadCounter,
  problems: SourceError[],
  signal?: AbortSignal,
): AsyncIterable<readonly LogRecord[]> {
  const reading = { isCut: false };
  const chunks = countBytes(source.open(), counter, problems, signal, reading);
  const lines = countLines(splitLines(chunks, limits.maxBytes), counter);
  return frameRecords(lines, limits, () => reading.isCut);
}

/** `reading` is told when an abort cut a record in two: a part of one would be judged for what it is not. */
async function* countBytes(
  chunks: AsyncIterable<Buffer>,
  counter: ReadCounter,
  problems: SourceError[],
  signal: AbortSignal | undefined,
  reading: { isCut: boolean },
): AsyncGenerator<Buffer> {
  let last: number | undefined = LF;
  try {
    for await (const chunk of chunks) {
      if (signal?.aborted) {
        reading.isCut = true;
        return;
      }
      counter.bytes += chunk.length;
      last = chunk.at(-1) ?? last;
      yield chunk;
    }
  } catch (error) {
    if (signal?.aborted) {
      // That an interrupted reading ended early is no news. What stood still at the end of a line is mostly whole: a pipe
      // whose writer waits.
      reading.isCut = last !== LF;
      return;
    }
    if (!(error instanceof SourceError)) throw error;
    problems.push(error);
  }
}

async function* countLines(
  batches: AsyncIterable<readonly Line[]>,
  counter: ReadCounter,
): AsyncGenerator<readonly Line[]> {
  for await (const lines of batches) {
    counter.lines += lines.length;
    yield lines;
  }
}
