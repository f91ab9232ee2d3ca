// The candidates of a part of a plain file, so that several can read one: a record belongs to the part in which its first
// line begins, and is read to its end, wherever that is. Lines are counted from where the part's first line begins.
import type { KeyEvidence } from '../aws/aws-error.ts';
import { KEY_LOOK_BACK, KeyTrail } from '../aws/key-evidence.ts';
import { CandidateFramer } from '../records/candidates.ts';
import type { LogRecord } from '../records/record.ts';
import type { BlockReader } from '../sources/source.ts';
import type { CandidateSettings } from './read-candidates.ts';

/** A file's bytes from an offset on, up to another one or to its end. */
export type OpenBlocks = (from: number, to?: number) => Promise<BlockReader>;

export interface Range {
  readonly from: number;
  readonly to: number;
}

const LF = 0x0a;
const STEP = 64 * 1024;
/** More than the bytes that may stand between a line's beginning and its text. */
const MARGIN = 16;

export class RangeReader {
  readonly #open: OpenBlocks;
  readonly #settings: CandidateSettings;
  readonly #range: Range;
  readonly #keys = new KeyTrail();
  #framer: CandidateFramer | null = null;
  /** Lines and bytes of the part, from its first line to the first one of the next part, once all was read. */
  lines = 0;
  bytes = 0;

  constructor(open: OpenBlocks, range: Range, settings: CandidateSettings) {
    this.#open = open;
    this.#range = range;
    this.#settings = settings;
  }

  keyOf(record: LogRecord): KeyEvidence | null {
    for (const earlier of this.#framer?.before(record) ?? []) this.#keys.observe(earlier);
    return this.#keys.observe(record);
  }

  /** Each batch has to be run through before the next one is asked for. Throws `SourceError`. */
  async *batches(): AsyncGenerator<Iterable<LogRecord>> {
    const from = await firstLineFrom(this.#open, this.#range.from);
    const to = await firstLineFrom(this.#open, this.#range.to);
    if (from >= to) return;
    const { limits, search } = this.#settings;
    const start = { line: 1, offset: from };
    const framer = new CandidateFramer({ limits, search, lookBack: KEY_LOOK_BACK, start });
    this.#framer = framer;
    const before = Math.min(from, KEY_LOOK_BACK.reach + MARGIN);
    if (before > 0) framer.precede(await peekAt(this.#open, from - before, before));
    for await (const [count, records] of this.#read(framer, from, to)) {
      yield records;
      this.bytes += count;
    }
    this.lines = framer.lines;
    // The last record of the part is read to its end.
    const isDone = (): boolean => to === Number.POSITIVE_INFINITY || framer.isPast(to);
    if (!isDone()) {
      for await (const [, records] of this.#read(framer, to)) {
        yield beginningBefore(to, records);
        if (isDone()) break;
      }
    }
    yield beginningBefore(to, framer.end());
    if (to === Number.POSITIVE_INFINITY) this.lines = framer.lines;
  }

  async *#read(
    framer: CandidateFramer,
    from: number,
    to?: number,
  ): AsyncGenerator<readonly [number, Iterable<LogRecord>]> {
    const blocks = await this.#open(from, to);
    try {
      const sample = blocks.peek(STEP);
      while (!this.#settings.signal?.aborted) {
        const room = framer.room(sample);
        if (room === null) throw new Error('a part cannot be read where nothing is searched for');
        const count = blocks.read(to === undefined ? room.subarray(0, STEP) : room);
        if (count === 0) return;
        yield [count, framer.take(count)];
      }
    } finally {
      await blocks.close();
    }
  }
}

function* beginningBefore(to: number, records: Iterable<LogRecord>): Generator<LogRecord> {
  for (const record of records) if (record.position.offset < to) yield record;
}

/** Where the first line begins at or behind `offset`; infinity behind the last one. */
async function firstLineFrom(open: OpenBlocks, offset: number): Promise<number> {
  if (offset <= 0) return 0;
  if (offset === Number.POSITIVE_INFINITY) return offset;
  const blocks = await open(offset - 1);
  try {
    const buffer = Buffer.allocUnsafe(STEP);
    for (let at = offset - 1; ; ) {
      const count = blocks.read(buffer);
      if (count === 0) return Number.POSITIVE_INFINITY;
      const lf = buffer.subarray(0, count).indexOf(LF);
      if (lf >= 0) return at + lf + 1;
      at += count;
    }
  } finally {
    await blocks.close();
  }
}

async function peekAt(open: OpenBlocks, offset: number, length: number): Promise<Buffer> {
  const blocks = await open(offset, offset + length);
  try {
    return blocks.peek(length);
  } finally {
    await blocks.close();
  }
}
