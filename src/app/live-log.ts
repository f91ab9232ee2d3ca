// One content of a followed log: bytes -> records -> findings, each record judged when it is complete, or when the log has
// been idle for a while; then what still comes belongs to it and is no news.

import type { KeyEvidence } from '../aws/aws-error.ts';
import { KEY_LOOK_BACK, KeyTrail } from '../aws/key-evidence.ts';
import type { Finding } from '../findings/finding.ts';
import { CandidateFramer } from '../records/candidates.ts';
import type { LogRecord } from '../records/record.ts';
import type { GenerationStart } from '../sources/follow/item.ts';
import { factsOf } from './facts.ts';
import { judge } from './judge.ts';
import { liveTimeOf } from './log-time.ts';
import { searchFor } from './search-for.ts';
import type { ScanSettings } from './settings.ts';

/** Bytes come in small pieces, and there may be many logs. */
const LIVE_SIZES = { inputSize: 128 * 1024, carrySize: 256 * 1024 };

export class LiveLog {
  readonly #framer: CandidateFramer;
  readonly #keys = new KeyTrail();
  readonly #start: GenerationStart;
  readonly #settings: ScanSettings;
  readonly #now: () => number;
  /** The offsets of records that were reported before they were complete. */
  readonly #reported = new Set<number>();

  constructor(start: GenerationStart, settings: ScanSettings, now: () => number) {
    this.#start = start;
    this.#settings = settings;
    this.#now = now;
    this.#framer = new CandidateFramer({
      limits: settings.recordLimits,
      start,
      lookBack: KEY_LOOK_BACK,
      search: searchFor(settings.rules, LIVE_SIZES),
    });
  }

  /** Lines read of it so far. */
  get lines(): number {
    return this.#framer.lines;
  }

  async *push(chunk: Buffer): AsyncGenerator<Finding> {
    for (const record of this.#framer.push(chunk)) {
      yield* this.#judge(record);
      this.#reported.delete(record.position.offset);
    }
  }

  /** The log is idle: the open record may be the last one for long. */
  async *flush(): AsyncGenerator<Finding> {
    const record = this.#framer.peek();
    if (record !== null) yield* this.#judgeEarly([record]);
  }

  /** Its writer has gone on to another log: not even an unfinished line is likely to go on. */
  async *flushAll(): AsyncGenerator<Finding> {
    yield* this.#judgeEarly(this.#framer.peekAll());
  }

  async *end(): AsyncGenerator<Finding> {
    for (const record of this.#framer.end()) yield* this.#judge(record);
  }

  async *#judgeEarly(records: readonly LogRecord[]): AsyncGenerator<Finding> {
    for (const record of records) {
      for await (const finding of this.#judge(record)) {
        this.#reported.add(record.position.offset);
        yield finding;
      }
    }
  }

  #keyOf(record: LogRecord): KeyEvidence | null {
    for (const earlier of this.#framer.before(record)) this.#keys.observe(earlier);
    return this.#keys.observe(record);
  }

  async *#judge(record: LogRecord): AsyncGenerator<Finding> {
    const { offset, bytes } = record.position;
    if (offset + bytes <= this.#start.newFrom || this.#reported.has(offset)) return;
    if (!this.#settings.rules.concerns(record)) return;
    const { zone } = this.#settings;
    const now = this.#start.modified?.getTime() ?? this.#now();
    yield* await judge(
      factsOf(record, (one) => this.#keyOf(one)),
      this.#start.path,
      async () => liveTimeOf(record, zone, now),
      this.#settings,
    );
  }
}
