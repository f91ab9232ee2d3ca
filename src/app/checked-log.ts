// One log in one run of a check: its lock and its memory, what is new in it, and what becomes of its faults.
import type { Trouble } from '../alerts/answer.ts';
import type { Book, Totals } from '../alerts/book.ts';
import { EMPTY_BOOK } from '../alerts/book.ts';
import { OpenBook, type Settlement } from '../alerts/open-book.ts';
import { sightingOf, sightingOfGap } from '../alerts/sighting.ts';
import type { Finding } from '../findings/finding.ts';
import { redactLine } from '../findings/redact.ts';
import { describeProblem, type KnownError } from '../lib/errors.ts';
import type { Gap } from '../sources/resume/gap.ts';
import type { Part } from '../sources/resume/part.ts';
import type { Position } from '../sources/resume/position.ts';
import { Reading } from '../sources/resume/reading.ts';
import { StateError } from '../state/problem.ts';
import { type LogRest, restOf } from './check-rest.ts';
import type { CheckSettings } from './check-settings.ts';
import { asOf, type CheckState } from './check-state.ts';
import type { Foreseen } from './live-log.ts';
import { LogMemory } from './log-memory.ts';
import { isTooOld } from './log-time.ts';
import { readPart } from './read-part.ts';
import type { SuccessWatch } from './settings.ts';

/** A log may be absent for a moment while it is rotated. */
const ABSENT_MS = 100;
const ABSENT_LOOKS = 5;

export class CheckedLog {
  readonly path: string;
  readonly #settings: CheckSettings;
  readonly #now: number;
  #memory: LogMemory | null = null;
  #before: CheckState | null = null;
  #reading: Reading | null = null;
  #book: OpenBook;
  #settled: Settlement | null = null;
  /** By the hash of the head that is remembered. */
  readonly #held = new Map<string, Foreseen>();
  readonly troubles: Trouble[] = [];
  readonly passedOver = { findings: 0 };
  bytes = 0;
  lines = 0;
  inputs = 0;
  /** Bytes that time did not suffice for, as far as that is known. */
  behind = 0;

  /** `now` is the time of the whole run. */
  constructor(path: string, settings: CheckSettings, now: number) {
    this.path = path;
    this.#settings = settings;
    this.#now = now;
    this.#book = new OpenBook(EMPTY_BOOK, settings.policy, now);
  }

  /** Takes the lock and reads the memory; what is wrong with them is trouble. */
  async open(): Promise<void> {
    this.#memory = await LogMemory.open(this.path, this.#settings);
    const { trouble, before } = this.#memory;
    this.#before = before === null ? null : asOf(before, this.#now);
    if (trouble !== null) this.#addProblem('state', trouble);
    this.#book = new OpenBook(this.#before?.book ?? EMPTY_BOOK, this.#settings.policy, this.#now);
    for (const { content, ...held } of this.#before?.held ?? []) this.#held.set(content, held);
  }

  /** What is new; whatever keeps it from being read is trouble. */
  async *read(isOver: () => boolean): AsyncGenerator<Finding> {
    if (this.#memory?.isClosed === true) return;
    const reading = await this.#openReading();
    this.#reading = reading;
    for (const gap of reading.gaps) this.#observeGap(gap);
    if (reading.liveTrouble !== null) this.#addProblem('log', reading.liveTrouble);
    for (const error of reading.troubles) this.#addProblem('archive', error);
    for (const finding of this.#lastWords(reading)) yield this.#observe(finding);
    for (const [index, part] of reading.parts.entries()) {
      // A part of the first, however late it is already: else no run would ever come further.
      if (index > 0 && isOver()) this.behind += part.behind;
      else yield* this.#readPart(reading, part, isOver);
    }
  }

  /** What becomes of the faults. To be called once everything was read. */
  settle(): Settlement {
    // What is new has been looked through just now, whenever it was written: so far the fault is not there.
    this.#settled = this.#book.settle(this.bytes > 0 ? this.#now : this.grewAt, this);
    return this.#settled;
  }

  /** The book as it was where nothing could be read. */
  get book(): Book {
    return this.#settled?.book ?? this.#before?.book ?? EMPTY_BOOK;
  }

  /** Over all runs; `null` if the memory of those before could not be used. */
  get totals(): Totals | null {
    return this.#memory?.file == null ? null : this.book.totals;
  }

  /** When the log was seen to grow last. */
  get grewAt(): number | null {
    const contents = this.#reading?.memory().contents ?? this.#before?.family.contents ?? [];
    return contents.reduce<number | null>(
      (last, { grownAt }: Position) => Math.max(last ?? grownAt, grownAt),
      null,
    );
  }

  /** Whether it is the first run. */
  get isFirst(): boolean {
    return this.#before === null && this.inputs > 0;
  }

  /** Puts what is to be remembered on the disk, beside its place; trouble if that cannot be. */
  async prepare(): Promise<void> {
    if (this.#reading === null || this.#settled === null) return;
    const family = this.#reading.memory();
    // A log that could not be read yet is still to be met for the first time.
    const isMet = this.#reading.isDone && this.#reading.liveTrouble === null;
    const since = isMet ? null : this.#since;
    try {
      await this.#memory?.prepare({
        log: this.path,
        family,
        since,
        held: Array.from(this.#held, ([content, held]) => ({ content, ...held })),
        book: this.#settled.book,
      });
    } catch (error) {
      if (!(error instanceof StateError)) throw error;
      this.#addProblem('state', error);
    }
  }

  /** Whether what was found now will be known the next time; without, it is told again by every run. */
  get isPrepared(): boolean {
    return this.#memory?.isPrepared === true;
  }

  /** What the next answer is made of, if it would be the same; `null` if it may be another. */
  get rest(): LogRest | null {
    const { dryRun, policy, maxAgeMs } = this.#settings;
    const settled = this.#settled;
    const stateFile = this.#memory?.file ?? null;
    if (dryRun || this.#reading === null || settled === null || stateFile === null) return null;
    const isNews = this.bytes > 0 || settled.changes.length > 0 || settled.notices.length > 0;
    if (isNews || this.troubles.length > 0) return null;
    return restOf({
      ...{ path: this.path, family: this.#reading.memory(), stateFile },
      ...{ book: settled.book, policy, grewAt: this.grewAt, maxAgeMs, now: this.#now },
    });
  }

  /** Throws `StateError`. */
  async commit(): Promise<void> {
    await this.#memory?.commit();
  }

  /** Leaves the memory as it was, and says why. */
  async abandon(error: StateError): Promise<void> {
    await this.#memory?.discard();
    // A directory that cannot be used was said to be so.
    if (this.#memory?.trouble == null) this.#addProblem('state', error);
  }

  async close(): Promise<void> {
    await this.#reading?.release();
    await this.#memory?.close();
  }

  get #since(): number | null {
    return this.#before === null ? this.#now - this.#settings.lookbackMs : this.#before.since;
  }

  async #openReading(): Promise<Reading> {
    const { world } = this.#settings;
    for (let looks = 1; ; looks += 1) {
      const reading = await this.#look();
      const isMissing = reading.isMissing && this.#before !== null;
      if (!isMissing || looks === ABSENT_LOOKS) return reading;
      await reading.release();
      await world.sleep(ABSENT_MS);
    }
  }

  #look(): Promise<Reading> {
    const { recordTimeoutMs, scan } = this.#settings;
    const since = this.#since ?? Number.NEGATIVE_INFINITY;
    return Reading.open(this.path, this.#before?.family ?? null, {
      now: this.#now,
      inflateLimits: scan.inflateLimits,
      isTooOld: (time) => isTooOld(time, since, scan.zone),
      reportedOf: (content) => this.#held.get(content)?.reported ?? null,
      isOverdue: ({ grownAt }) => this.#now - grownAt >= recordTimeoutMs,
    });
  }

  async *#readPart(reading: Reading, part: Part, isOver: () => boolean): AsyncGenerator<Finding> {
    const { scan, recordTimeoutMs } = this.#settings;
    const since = this.#since ?? Number.NEGATIVE_INFINITY;
    const findings = readPart(
      part,
      { ...scan, since, passedOver: this.passedOver, successes: this.#successWatch() },
      { now: this.#now, isOver, isOverdue: (grownAt) => this.#now - grownAt >= recordTimeoutMs },
    );
    let step = await findings.next();
    for (; step.done !== true; step = await findings.next()) yield this.#observe(step.value);
    const end = step.value;
    const position = reading.reach(part, end);
    this.#hold(part.before, position, end.held);
    this.inputs += 1;
    this.bytes += part.fresh;
    this.lines += end.lines;
    this.behind += part.behind;
    if (end.problem !== null) this.#observeProblem(part, end.problem);
  }

  #observe(finding: Finding): Finding {
    this.#book.observe(sightingOf(finding));
    return finding;
  }

  /** A content of which nothing could be read stays as it was. */
  #hold(before: Position | null, position: Position | null, held: Foreseen | null): void {
    if (position === null || position === before) return;
    if (before !== null) this.#held.delete(before.head.hash);
    if (held !== null && held.findings.length > 0) this.#held.set(position.head.hash, held);
  }

  /** What was held until its record would be over, and cannot be waited for any longer: it was seen. */
  #lastWords({ ended }: Reading): readonly Finding[] {
    return ended.flatMap((content) => {
      const held = this.#held.get(content);
      this.#held.delete(content);
      return held?.findings ?? [];
    });
  }

  #successWatch(): SuccessWatch {
    return { set: this.#settings.successes, prove: (proof) => this.#book.prove(proof) };
  }

  /** What a damaged archive holds no more is lost; what a disk refuses may come yet. */
  #observeProblem(part: Part, problem: KnownError): void {
    const { archive, source, isLive } = part.member;
    const detail = describeProblem(problem);
    if (archive.packed)
      this.#observeGap({ path: source.path, content: '', from: part.end, to: null, detail });
    // One that was cut while it was read is found so by the next run.
    else if (problem.cause !== undefined) this.#addProblem(isLive ? 'log' : 'archive', problem);
  }

  #observeGap({ path, from, to, detail }: Gap): void {
    const { host, redaction } = this.#settings.scan;
    const shown = (text: string): string => redactLine(text, redaction);
    this.#book.observe(sightingOfGap({ host, path: shown(path), from, to, detail: shown(detail) }));
  }

  #addProblem(cause: string, problem: KnownError): void {
    const where = 'path' in problem ? `${problem.path}: ` : '';
    this.#add(cause, `${where}${describeProblem(problem)}`);
  }

  #add(cause: string, message: string): void {
    const { redaction } = this.#settings.scan;
    this.troubles.push({
      cause: `${cause} ${this.path}`,
      path: redactLine(this.path, redaction),
      message: redactLine(message, redaction),
    });
  }
}
