// A source's records, with what was read on the way counted and trouble set aside until everything readable has
// been handed on.
import { SourceError } from '../lib/errors.ts';
import { frameRecords } from '../records/framer.ts';
import { splitLines } from '../records/lines.ts';
import type { Line, LogRecord, RecordLimits } from '../records/record.ts';
import type { Source } from '../sources/source.ts';

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
  const chunks = countBytes(source.open(), counter, problems, signal);
  return frameRecords(countLines(splitLines(chunks, limits.maxBytes), counter), limits);
}

async function* countBytes(
  chunks: AsyncIterable<Buffer>,
  counter: ReadCounter,
  problems: SourceError[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of chunks) {
      if (signal?.aborted) return;
      counter.bytes += chunk.length;
      yield chunk;
    }
  } catch (error) {
    // That an interrupted reading ended early is no news.
    if (signal?.aborted) return;
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
