// The records of a source that hold what the rules need, found in raw bytes: no other is decoded. A plain file is read
// straight into the kernel's memory.
import type { KeyEvidence } from '../aws/aws-error.ts';
import { KEY_LOOK_BACK, KeyTrail } from '../aws/key-evidence.ts';
import { Breather } from '../lib/breather.ts';
import type { SourceError } from '../lib/errors.ts';
import type { Search } from '../records/candidate-options.ts';
import { CandidateFramer } from '../records/candidates.ts';
import type { Header, LogRecord, RecordLimits } from '../records/record.ts';
import type { Recall } from '../records/record-finder.ts';
import { openBlocks } from '../sources/open-blocks.ts';
import type { BlockReader, Source } from '../sources/source.ts';
import { isKnown, type KnownRecord } from './known/known-record.ts';
import { countBytes, type ReadCounter, type Reading } from './read-records.ts';
import type { RecordReader } from './record-reader.ts';

/** So much tells which bytes are rare. */
const SAMPLE = 64 * 1024;
/** The first block is short, so that the reading of the second one begins soon. */
const FIRST_BLOCK = 512 * 1024;
/** More than the bytes that may stand between a line's beginning and its text. */
const MARGIN = 16;

/** A part of a plain file that begins and ends with a record's first byte, or with the file's own. */
export interface Segment {
  readonly from: number;
  /** Infinite for the last one. */
  readonly to: number;
  /** Where that is known; else its lines are counted from 1. */
  readonly linesBefore?: number;
}

export interface CandidateSettings {
  readonly limits: RecordLimits;
  readonly search: (sample: Buffer) => Search | null;
  readonly recall?: Recall<KnownRecord>;
  /** Receives what kept the source from being read whole. */
  readonly problems: SourceError[];
  readonly signal: AbortSignal | undefined;
  readonly segment?: Segment | undefined;
}

export class CandidateReader implements RecordReader<KnownRecord> {
  readonly #source: Source;
  readonly #settings: CandidateSettings;
  readonly #counter: ReadCounter;
  readonly #framer: CandidateFramer<KnownRecord>;
  readonly #keys = new KeyTrail();

  constructor(source: Source, settings: CandidateSettings, counter: ReadCounter) {
    this.#source = source;
    this.#settings = settings;
    this.#counter = counter;
    const { limits, search, recall = null, segment } = settings;
    const start = { line: 1 + (segment?.linesBefore ?? 0), offset: segment?.from ?? 0 };
    this.#framer = new CandidateFramer({ limits, search, recall, lookBack: KEY_LOOK_BACK, start });
  }

  get ends(): readonly [Header, Header] | null {
    return this.#framer.ends;
  }

  keyOf(record: LogRecord | KnownRecord): KeyEvidence | null {
    for (const earlier of this.#framer.before(record)) this.#keys.observe(earlier);
    return isKnown(record)
      ? this.#keys.take(record.lesson.proof, record.thread, record.position.offset)
      : this.#keys.observe(record);
  }

  async *batches(): AsyncGenerator<Iterable<LogRecord | KnownRecord>> {
    const linesBefore = this.#counter.lines;
    const { problems, segment, signal } = this.#settings;
    const reading: Reading = { isCut: false };
    const filled = segment === undefined ? await this.#filled() : this.#fillWith(segment);
    const chunks = filled ?? this.#source.open();
    for await (const chunk of countBytes(chunks, this.#counter, problems, signal, reading))
      yield filled === null ? this.#framer.push(chunk) : this.#framer.take(chunk.length);
    yield reading.isCut ? this.#framer.cut() : this.#framer.end();
    this.#counter.lines = linesBefore + this.#framer.lines;
  }

  /** `null` where the source comes in chunks, or tells why it comes not at all. */
  async #filled(): Promise<AsyncIterable<Buffer> | null> {
    const blocks = await openBlocks(this.#source);
    return blocks === null ? null : this.#fill(blocks);
  }

  /** Puts one block after another where the framer wants it: the next ones while this one is searched, if there is room. */
  async *#fill(blocks: BlockReader): AsyncGenerator<Buffer> {
    try {
      const breather = new Breather();
      const ahead: Buffer[] = [];
      for (let block = this.#read(blocks, blocks.peek(SAMPLE), FIRST_BLOCK); block !== null; ) {
        this.#readAhead(blocks, ahead);
        yield block;
        const next = ahead.shift();
        block =
          next === undefined
            ? this.#read(blocks, block)
            : this.#take(next.subarray(0, await blocks.nextAhead(next)));
        await breather.breathe();
      }
    } finally {
      await blocks.close();
    }
  }

  #readAhead(blocks: BlockReader, ahead: Buffer[]): void {
    for (
      let room = this.#framer.spare(ahead.length);
      room !== null;
      room = this.#framer.spare(ahead.length)
    ) {
      blocks.readAhead(room);
      ahead.push(room);
    }
  }

  /** `null` at the end. */
  #read(blocks: BlockReader, sample: Buffer, most = Number.POSITIVE_INFINITY): Buffer | null {
    const room = this.#framer.room(sample)?.subarray(0, most);
    const count = room === undefined ? 0 : blocks.read(room);
    return room === undefined || count === 0 ? null : room.subarray(0, count);
  }

  /** The same with what was read ahead. */
  #take(ahead: Buffer): Buffer | null {
    const room = ahead.length === 0 ? null : this.#framer.room(ahead);
    // Something else is searched for now, in a memory of its own.
    if (room !== null && room.buffer !== ahead.buffer) room.set(ahead);
    return room?.subarray(0, ahead.length) ?? null;
  }

  async *#fillWith({ from, to }: Segment): AsyncGenerator<Buffer> {
    if (from > 0) await this.#lookBefore(from);
    const blocks = await this.#source.blocks?.(from, to);
    if (blocks) yield* this.#fill(blocks);
  }

  /** What stands before a segment may tell which key is in use. */
  async #lookBefore(from: number): Promise<void> {
    const length = Math.min(from, KEY_LOOK_BACK.reach + MARGIN);
    const blocks = await this.#source.blocks?.(from - length, from);
    try {
      const before = blocks?.peek(length);
      // Of a file that shrank meanwhile it does not reach up to the segment.
      if (before?.length === length) this.#framer.precede(before);
    } finally {
      await blocks?.close();
    }
  }
}
