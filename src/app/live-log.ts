// One content of a followed log: bytes -> records -> findings, each record judged when it is complete, or when the log has
// been idle for a while; then what still comes belongs to it and is no news.
import type { KeyEvidence } from '../aws/aws-error.ts';
import { KEY_LOOK_BACK, KeyTrail } from '../aws/key-evidence.ts';
import type { Finding } from '../findings/finding.ts';
import type { Zone } from '../lib/zone.ts';
import { CandidateFramer } from '../records/candidates.ts';
import type { LineStart } from '../records/lines.ts';
import type { LogRecord } from '../records/record.ts';
import type { Facts } from '../rules/facts.ts';
import type { GenerationStart } from '../sources/follow/item.ts';
import { factsOf } from './facts.ts';
import { judge } from './judge.ts';
import { type LogTime, liveTimeOf } from './log-time.ts';
import { proofsIn } from './proofs.ts';
import { searchFor } from './search-for.ts';
import type { ScanSettings } from './settings.ts';

/** A record that was reported before it was complete: what comes later belongs to it and is no news. */
export interface Reported {
  readonly offset: number;
  /** Those that half a line gave: it may turn out to be about something else. `null`: all its lines were whole. */
  readonly codes: readonly string[] | null;
}

/** What the last records of a log tell so far, and what is taken for reported once it was told. */
export interface Foreseen {
  readonly findings: readonly Finding[];
  readonly reported: readonly Reported[];
}

/** Bytes come in small pieces, and there may be many logs. */
const LIVE_SIZES = { inputSize: 128 * 1024, carrySize: 256 * 1024 };

type Start = Pick<GenerationStart, 'path' | 'offset' | 'line' | 'newFrom'>;

export interface RecordClock {
  timeOf(record: LogRecord): Promise<LogTime>;
}

export class LiveLog {
  readonly #framer: CandidateFramer;
  readonly #keys = new KeyTrail();
  readonly #start: Start;
  readonly #settings: ScanSettings;
  readonly #clock: RecordClock;
  /** By offset: records that were reported before they were complete. */
  readonly #reported: Map<number, Reported>;

  constructor(start: Start, settings: ScanSettings, clock: RecordClock, reported: readonly Reported[] = []) {
    this.#start = start;
    this.#settings = settings;
    this.#clock = clock;
    this.#reported = new Map(reported.map((one) => [one.offset, one]));
    this.#framer = new CandidateFramer({
      limits: settings.recordLimits,
      start,
      lookBack: KEY_LOOK_BACK,
      search: searchFor(settings.rules, { sizes: LIVE_SIZES, successes: settings.successes?.set }),
    });
  }

  /** Lines read of it so far. */
  get lines(): number {
    return this.#framer.lines;
  }

  /** Where the first record begins that is not complete. */
  get place(): LineStart {
    return this.#framer.open.place;
  }

  /** Records from there on that were reported all the same. */
  get reported(): readonly Reported[] {
    return [...this.#reported.values()];
  }

  async *push(chunk: Buffer): AsyncGenerator<Finding> {
    for (const record of this.#framer.push(chunk)) {
      const facts = this.#factsOf(record, true);
      if (facts !== null) yield* this.#judgeFacts(facts);
      this.#reported.delete(record.position.offset);
    }
  }

  /** The log is idle: the open record may be the last one for long. */
  async *flush(): AsyncGenerator<Finding> {
    const record = this.#framer.peek();
    if (record !== null) yield* this.#judgeEarly(record, false);
  }

  /** Its writer has gone on to another log: not even an unfinished line is likely to go on. */
  async *flushAll(isNews = true): AsyncGenerator<Finding> {
    const records = this.#framer.peekAll();
    const isCut = this.#framer.open.hasUnfinishedLine;
    for (const record of records) yield* this.#judgeEarly(record, isCut && record === records.at(-1), isNews);
  }

  /** What would be found, and then be taken for reported, if nothing more came; it proves nothing yet. */
  async foresee(): Promise<Foreseen> {
    const findings: Finding[] = [];
    for await (const finding of this.flushAll(false)) findings.push(finding);
    return { findings, reported: this.reported };
  }

  async *end(): AsyncGenerator<Finding> {
    for (const record of this.#framer.end()) yield* this.#judge(record);
  }

  /** `isCut`: its last line is unfinished. */
  async *#judgeEarly(record: LogRecord, isCut: boolean, isNews = true): AsyncGenerator<Finding> {
    const { offset } = record.position;
    const before = this.#passedOver;
    for await (const finding of this.#judge(record, isNews)) {
      const codes = isCut ? [...(this.#reported.get(offset)?.codes ?? []), finding.code] : null;
      this.#reported.set(offset, { offset, codes });
      yield finding;
    }
    // What was left out once is not to come later.
    if (this.#passedOver > before) this.#reported.set(offset, { offset, codes: null });
  }

  get #passedOver(): number {
    return this.#settings.passedOver?.findings ?? 0;
  }

  #keyOf(record: LogRecord): KeyEvidence | null {
    for (const earlier of this.#framer.before(record)) this.#keys.observe(earlier);
    return this.#keys.observe(record);
  }

  async *#judge(record: LogRecord, isNews = true): AsyncGenerator<Finding> {
    const facts = this.#factsOf(record, isNews);
    if (facts !== null) yield* this.#judgeFacts(facts);
  }

  /** `null` if it is no news, or of no concern to any rule: most records are not. */
  #factsOf(record: LogRecord, isNews: boolean): Facts | null {
    const { offset, bytes } = record.position;
    if (offset + bytes <= this.#start.newFrom || this.#reported.get(offset)?.codes === null) return null;
    const { rules, successes } = this.#settings;
    if (isNews && successes?.set.concerns(record) === true) this.#watch(this.#newFacts(record));
    return rules.concerns(record) ? this.#newFacts(record) : null;
  }

  #newFacts(record: LogRecord): Facts {
    return factsOf(record, (one) => this.#keyOf(one));
  }

  #watch(facts: Facts): void {
    const { successes, host, redaction } = this.#settings;
    if (successes === undefined) return;
    const place = { host, path: this.#start.path, redaction };
    for (const proof of proofsIn(facts, successes.set, place)) successes.prove(proof);
  }

  async *#judgeFacts(facts: Facts): AsyncGenerator<Finding> {
    const told = this.#reported.get(facts.record.position.offset)?.codes ?? [];
    const timeOf = (record: LogRecord): Promise<LogTime> => this.#clock.timeOf(record);
    for (const finding of await judge(facts, this.#start.path, timeOf, this.#settings))
      if (!told.includes(finding.code)) yield finding;
  }
}

/** For records that are written now, or were when an archive was last changed. */
export function clockOfNow(zone: Zone | undefined, now: () => number): RecordClock {
  return { timeOf: async (record) => liveTimeOf(record, zone, now()) };
}
