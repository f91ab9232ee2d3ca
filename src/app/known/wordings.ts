// What was found in records that said the same thing before. A log full of faults says few things: whoever polls with a bad key
// is told so each time, at another time, in another thread, with another request id, from one of a few places in a program.
// So a record is taken apart in raw bytes, and of what is known by its wording nothing is decoded, parsed, matched, redacted
// or written as JSON again. Memory is bounded; and where nothing repeats, nothing more is learnt.
import type { KeyEvidence } from '../../aws/aws-error.ts';
import type { LineBytes } from '../../records/line-bytes.ts';
import type { Boundary } from '../../records/record-finder.ts';
import type { LogClock } from '../log-time.ts';
import type { ScanSettings } from '../settings.ts';
import type { FoundBuffer } from './found-buffer.ts';
import { areInnocentFrames, innocentThreads } from './innocence.ts';
import { KnownRecord } from './known-record.ts';
import { lessonOf, templatesOf } from './learn.ts';
import { Pieces } from './pieces.ts';
import { Repeater } from './repeat.ts';
import type { Template } from './template.ts';
import { Traces } from './traces.ts';
import { Wording } from './wording.ts';

/** Of what is kept, in bytes or so; twice as much, the former generation counted in. */
const MOST_KEPT = 4 * 1024 ** 2;
/** So much is learnt in any case; more only where what was learnt is of use so often. */
const FREE_LESSONS = 500;
const USES_A_LESSON = 3;
const MOST_KEYS = 16;
/** So often templates are asked for before those of other keys take their place. */
const LEAST_ASKED = 256;
/** Behind so many records in a row that were not known, one of so many is asked for. */
const PATIENCE = 1000;
const RARELY = 8;
/** Of so many wordings the hash is kept that were met once: what says a thing but once is not worth a lesson. */
const MET = 4096;
/** Wordings of one hash: whoever writes a log can have as many as they like. */
const MOST_ALIKE = 64;

export class Wordings {
  readonly #settings: ScanSettings;
  readonly #pieces = new Pieces();
  readonly #traces: Traces;
  readonly #isInnocent: (thread: string) => boolean;
  #young = new Map<number, Wording>();
  #old = new Map<number, Wording>();
  #texts = new Map<string, Buffer>();
  #kept = 0;
  readonly #met = new Uint32Array(MET);
  #lessons = 0;
  #uses = 0;
  /** Records since the last one that was known. */
  #unknown = 0;

  constructor(settings: ScanSettings) {
    this.#settings = settings;
    this.#isInnocent = innocentThreads(settings.redaction);
    this.#traces = new Traces((frames) => areInnocentFrames(frames, settings.redaction));
  }

  /** Whether many records were known. */
  get isUsed(): boolean {
    return this.#uses > FREE_LESSONS;
  }

  /** Writes the findings of known records of one log to `out`. */
  repeaterFor(path: string, clock: LogClock, out: FoundBuffer): Repeater {
    return new Repeater(path, clock, this.#settings, this, out);
  }

  /** See `Recall`. */
  recall(lines: LineBytes, at: number, end: Boundary, lineNumber: number): KnownRecord | null {
    if (end.offset !== end.at + lines.shift) return null;
    this.#unknown += 1;
    if (this.#unknown > PATIENCE && this.#unknown % RARELY !== 0) return null;
    const pieces = this.#pieces;
    if (!pieces.find(lines.bytes, at, end.at, this.#traces, this.#isInnocent)) return null;
    const wording = this.#wordingOf(pieces);
    const lesson = wording?.lesson ?? null;
    if (wording === null || lesson === null) return null;
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
    const name = `${key?.kind} ${key?.keyId} ${path}`;
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
    const intern = (text: string): Buffer => this.#intern(text);
    const learnt = templatesOf(pieces, lesson, key, path, this.#settings, intern);
    wording.templates.set(name, learnt);
    return learnt;
  }

  get #mayLearn(): boolean {
    return this.#lessons <= FREE_LESSONS + this.#uses / USES_A_LESSON;
  }

  #wordingOf(pieces: Pieces): Wording | null {
    const { hash } = pieces;
    let alike = 0;
    for (const known of [this.#young, this.#old]) {
      for (let one = known.get(hash); one !== undefined; one = one.next) {
        if (one.isOf(pieces)) return one;
        alike += 1;
      }
    }
    if (alike >= MOST_ALIKE || !this.#mayLearn) return null;
    const { sum } = pieces;
    if (this.#met[sum % MET] !== sum) {
      this.#met[sum % MET] = sum;
      return null;
    }
    // What no rule asks for is passed over sooner.
    if (!this.#settings.rules.mayHold(pieces.bytes.toString('latin1', pieces.at, pieces.to))) return null;
    const wording = new Wording(pieces, hash, this.#young.get(hash));
    this.#lessons += 1;
    this.#keep(wording.weight);
    this.#young.set(hash, wording);
    wording.lesson = lessonOf(pieces, this.#settings);
    return wording;
  }

  /** Texts of templates repeat, too. */
  #intern(text: string): Buffer {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const bytes = Buffer.from(text);
    this.#keep(2 * bytes.length);
    this.#texts.set(text, bytes);
    return bytes;
  }

  #keep(weight: number): void {
    if (this.#kept + weight > MOST_KEPT) this.#forget();
    this.#kept += weight;
  }

  #forget(): void {
    this.#old = this.#young;
    this.#young = new Map();
    this.#texts = new Map();
    this.#kept = 0;
  }
}
