// What was found in records that said the same thing before. A log full of faults says few things: whoever polls with a bad key
// is told so each time, at another time, in another thread, with another request id, from one of a few places in a program.
// So a record is taken apart in raw bytes, and of what is known by its wording nothing is decoded, parsed, matched, redacted
// or written as JSON again. Memory is bounded; and where nothing repeats, nothing more is learnt.
import type { KeyEvidence } from '../../aws/aws-error.ts';
import { occurrenceIdPrefix } from '../../findings/identity.ts';
import { NO_TRACE, RECOGNISED, Recogniser, type Stored } from '../../kernel/recogniser.ts';
import { LONGEST_RECORD } from '../../kernel/recogniser-layout.ts';
import type { LineBytes } from '../../records/line-bytes.ts';
import type { Boundary } from '../../records/record-finder.ts';
import type { LogClock } from '../log-time.ts';
import type { ScanSettings } from '../settings.ts';
import type { FoundBuffer } from './found-buffer.ts';
import { areInnocentFrames, isInnocentThread } from './innocence.ts';
import { KnownRecord } from './known-record.ts';
import { lessonOf, templatesOf } from './learn.ts';
import { Pieces } from './pieces.ts';
import { Repeater } from './repeat.ts';
import type { Keeper, Template } from './template.ts';
import { Threads } from './threads.ts';
import { Traces } from './traces.ts';
import { Wording } from './wording.ts';

/** So much is learnt in any case; more only where what was learnt is of use so often. */
const FREE_LESSONS = 500;
const USES_A_LESSON = 3;
const MOST_KEYS = 16;
/** So often templates are asked for before those of other keys take their place. */
const LEAST_ASKED = 256;
/** Behind so many records in a row that were not known, one of so many is asked for. */
const PATIENCE = 1000;
const RARELY = 8;
/** Of so many wordings the hash is kept that were met once: unless lessons are of use, what is said but once is not worth one. */
const MET = 4096;

export class Wordings {
  readonly #settings: ScanSettings;
  readonly #recogniser: Recogniser;
  readonly #pieces: Pieces;
  readonly #traces: Traces;
  readonly #threads: Threads;
  /** By their numbers in the recogniser. */
  #known: Wording[] = [];
  readonly #texts = new Map<string, Stored>();
  readonly #keeper: Keeper;
  readonly #met = new Uint32Array(MET);
  #lessons = 0;
  #uses = 0;
  /** Records since the last one that was known. */
  #unknown = 0;
  #lastKey: KeyEvidence | null | undefined;
  #lastPath = '';
  #lastName = '';

  constructor(settings: ScanSettings) {
    const { host, redaction } = settings;
    this.#settings = settings;
    const recogniser = new Recogniser(occurrenceIdPrefix(host));
    this.#recogniser = recogniser;
    this.#pieces = new Pieces(recogniser);
    this.#traces = new Traces(recogniser, (frames) => areInnocentFrames(frames, redaction));
    this.#threads = new Threads(recogniser, (thread) => isInnocentThread(thread, redaction));
    this.#keeper = {
      asLines: settings.lines,
      store: (text) => this.#store(text),
      storeTemplate: (texts, gaps) => recogniser.storeTemplate(texts, gaps),
    };
  }

  /** Whether many records were known. */
  get isUsed(): boolean {
    return this.#uses > FREE_LESSONS;
  }

  /** Writes the findings of known records of one log to `out`. */
  repeaterFor(path: string, clock: LogClock, out: FoundBuffer): Repeater {
    return new Repeater(path, clock, this.#settings, this, this.#recogniser, out);
  }

  /** See `Recall`. */
  recall(lines: LineBytes, at: number, end: Boundary, lineNumber: number): KnownRecord | null {
    if (end.offset !== end.at + lines.shift || end.at - at > LONGEST_RECORD) return null;
    this.#unknown += 1;
    if (this.#unknown > PATIENCE && this.#unknown % RARELY !== 0) return null;
    if (this.#recogniser.isFull) this.#forget();
    const wording = this.#wordingOf(lines.bytes, at, end.at, at + lines.shift);
    const lesson = wording?.lesson ?? null;
    if (wording === null || lesson === null) return null;
    const pieces = this.#pieces;
    const { maxBytes, maxLines } = this.#settings.recordLimits;
    if (end.at - at > maxBytes || lesson.lines + (pieces.trace?.lines ?? 0) > maxLines) return null;
    if (lesson.others.length > 0) {
      const raw = lines.bytes.toString('latin1', at, end.at);
      if (lesson.others.some(({ mayMatch }) => mayMatch(raw))) return null;
    }
    this.#uses += 1;
    this.#unknown = 0;
    return new KnownRecord(pieces, wording, lesson, at + lines.shift, lineNumber);
  }

  /** What is found in such a record of the log while that key is in use; `null` where it has to be looked at itself. */
  templatesFor(
    { pieces, wording, lesson }: KnownRecord,
    key: KeyEvidence | null,
    path: string,
  ): readonly Template[] | null {
    const name = this.#nameOf(key, path);
    const known = wording.templates.get(name);
    wording.asked += 1;
    if (known !== undefined) return known;
    if (wording.templates.size >= MOST_KEYS) {
      if (wording.asked < LEAST_ASKED) return null;
      wording.templates.clear();
      wording.asked = 0;
    }
    if (wording.templates.size > 0) {
      if (!this.#mayLearn) return null;
      this.#lessons += 1;
    }
    const learnt = templatesOf(pieces, lesson, key, path, this.#settings, this.#keeper);
    wording.templates.set(name, learnt);
    return learnt;
  }

  get #mayLearn(): boolean {
    return this.#lessons <= FREE_LESSONS + this.#uses / USES_A_LESSON;
  }

  /** That of a record, the pieces of which are told then; `null` where it is unknown. */
  #wordingOf(bytes: Buffer, from: number, to: number, offset: number): Wording | null {
    const recogniser = this.#recogniser;
    const pieces = this.#pieces;
    const traces = this.#traces;
    const threads = this.#threads;
    let result = recogniser.recognise(bytes, from, to, offset);
    let trace = 0;
    if (result === RECOGNISED.unknownTrace) {
      trace = traces.learn() ?? NO_TRACE;
      result = recogniser.again(trace, 0);
    }
    if (result === RECOGNISED.unknownThread) result = recogniser.again(trace, threads.learn());
    if (result === RECOGNISED.notOfForm) return null;
    const { threadNumber, traceNumber } = recogniser.facts;
    pieces.thread = threadNumber === null ? null : threads.of(threadNumber);
    pieces.trace = traceNumber === null ? null : traces.of(traceNumber);
    if (result === RECOGNISED.unknownWording && !this.#learn()) return null;
    return this.#known[recogniser.facts.wordingNumber] ?? null;
  }

  /** Whether the wording of the record at hand is known now. */
  #learn(): boolean {
    const recogniser = this.#recogniser;
    const pieces = this.#pieces;
    const { hash, isCrowded } = recogniser.facts;
    if (isCrowded || !this.#mayLearn) return false;
    if (this.#uses < USES_A_LESSON * this.#lessons && this.#met[hash % MET] !== hash) {
      this.#met[hash % MET] = hash;
      return false;
    }
    // What no rule asks for is passed over sooner.
    if (!this.#settings.rules.mayHold(pieces.bytes.toString('latin1', pieces.at, pieces.to))) return false;
    this.#lessons += 1;
    if (!recogniser.keepWording(this.#known.length)) return false;
    this.#known.push(new Wording(lessonOf(pieces, this.#settings)));
    return true;
  }

  /** It is asked for again and again. */
  #nameOf(key: KeyEvidence | null, path: string): string {
    if (key !== this.#lastKey || path !== this.#lastPath)
      this.#lastName = `${key?.kind} ${key?.keyId} ${path}`;
    this.#lastKey = key;
    this.#lastPath = path;
    return this.#lastName;
  }

  /** Texts of templates repeat, too. */
  #store(text: string): Stored | null {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const stored = this.#recogniser.store(Buffer.from(text));
    if (stored !== null) this.#texts.set(text, stored);
    return stored;
  }

  #forget(): void {
    this.#recogniser.forget();
    this.#traces.forget();
    this.#texts.clear();
    this.#known = [];
  }
}
