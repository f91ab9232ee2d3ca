// All records of a source, one by one: where no kernel can search, and for what needs every record.

import type { KeyEvidence } from '../aws/aws-error.ts';
import { KeyTrail } from '../aws/key-evidence.ts';
import { SourceError } from '../lib/errors.ts';
import { frameRecords } from '../records/framer.ts';
import { splitLines } from '../records/lines.ts';
import type { Header, Line, LogRecord, RecordLimits } from '../records/record.ts';
import type { Source } from '../sources/source.ts';
import type { RecordReader } from './record-reader.ts';

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
  const reading: Reading = { isCut: false };
  const chunks = countBytes(source.open(), counter, problems, signal, reading);
  const lines = countLines(splitLines(chunks, limits.maxBytes), counter);
  return frameRecords(lines, limits, () => reading.isCut);
}

/** Shows every record. */
export class EveryRecord implements RecordReader {
  readonly #batches: AsyncIterable<readonly LogRecord[]>;
  readonly #keys = new KeyTrail();
  /** Not observed yet, in order. */
  #ahead: LogRecord[] = [];
  #ends: readonly [Header, Header] | null = null;

  constructor(batches: AsyncIterable<readonly LogRecord[]>) {
    this.#batches = batches;
  }

  get ends(): readonly [Header, Header] | null {
    return this.#ends;
  }

  async *batches(): AsyncGenerator<readonly LogRecord[]> {
    for await (const batch of this.#batches) {
      this.#ahead.push(...batch);
      const [first, last] = [batch[0], batch.at(-1)];
      if (first !== undefined && last !== undefined)
        this.#ends = [this.#ends?.[0] ?? first.header, last.header];
      yield batch;
      for (const record of this.#ahead.splice(0)) this.#keys.observe(record);
    }
  }

  keyOf(record: LogRecord): KeyEvidence | null {
    const at = this.#ahead.indexOf(record);
    for (const earlier of this.#ahead.splice(0, at)) this.#keys.observe(earlier);
    return this.#keys.observe(record);
  }
}

/** Told when an abort cut a record in two: a part of one would be judged for what it is not. */
export interface Reading {
  isCut: boolean;
}

/** What can be read, until the signal. `problems` receives what ended it. */
export async function* countBytes(
  chunks: AsyncIterable<Buffer>,
  counter: Pick<ReadCounter, 'bytes'>,
  problems: SourceError[],
  signal: AbortSignal | undefined,
  reading: Reading,
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
