// Stack traces, which repeat far more often than the records they end: each is looked into once, and kept as it is shown.
import type { Recogniser, Stored } from '../../kernel/recogniser.ts';

const LF = 0x0a;
const FRAMES =
  /^(?:\tat [\w.$/@-]{1,400}(?:<(?:cl)?init>)?\((?:[\w.$-]{1,200}(?::\d{1,6})?|Native Method|Unknown Source)\)\n|\t\.\.\. \d{1,5} (?:more|common frames omitted)\n)+$/;
/** Of so many traces the hash is kept that were met once: no other is looked into. */
const MET = 1024;
const ELLIPSIS = '…';

/** Lines of nothing but stack frames. */
export class Trace {
  readonly lines: number;
  /** With the last line feed. */
  readonly #raw: string;
  readonly #recogniser: Recogniser;
  readonly #shown = new Map<number, Stored | null>();

  constructor(raw: string, recogniser: Recogniser) {
    this.#raw = raw;
    this.#recogniser = recogniser;
    this.lines = raw.split('\n').length - 1;
  }

  /**
   * What a JSON string of at most `room` bytes of text shows of it, the line feed before it included; `null` if even the
   * ellipsis has no room, or the memory has none.
   */
  shown(room: number): Stored | null {
    const kept = this.#raw.length <= room ? this.#raw.length : room - Buffer.byteLength(ELLIPSIS);
    if (kept < 0) return null;
    const known = this.#shown.get(kept);
    if (known !== undefined) return known;
    // The line feed at the end of the trace is not shown; the one before it is.
    const text = `\n${this.#raw.slice(0, -1)}`.slice(0, kept);
    const escaped = text.replaceAll('\n', '\\n').replaceAll('\t', '\\t');
    const shown = this.#recogniser.store(
      Buffer.from(kept === this.#raw.length ? escaped : `${escaped}${ELLIPSIS}`),
    );
    this.#shown.set(kept, shown);
    return shown;
  }
}

export class Traces {
  readonly #recogniser: Recogniser;
  readonly #isInnocent: (frames: string) => boolean;
  readonly #met = new Uint32Array(MET);
  #known: Trace[] = [];

  constructor(recogniser: Recogniser, isInnocent: (frames: string) => boolean) {
    this.#recogniser = recogniser;
    this.#isInnocent = isInnocent;
  }

  of(number: number): Trace | null {
    return this.#known[number] ?? null;
  }

  /** The entry of the lines behind the first one of the record at hand, which are unknown; `null`: they are no trace. */
  learn(): number | null {
    const { facts, recordEnd, memory } = this.#recogniser;
    const { hash, traceFrom, isCrowded } = facts;
    if (isCrowded) return null;
    if (this.#met[hash % MET] !== hash) {
      this.#met[hash % MET] = hash;
      return null;
    }
    const frames = memory.toString('latin1', traceFrom, recordEnd);
    if (memory[recordEnd - 1] !== LF || !FRAMES.test(frames) || !this.#isInnocent(frames)) return null;
    const entry = this.#recogniser.keep('traces', this.#known.length, {
      at: traceFrom,
      length: recordEnd - traceFrom,
    });
    if (entry !== null) this.#known.push(new Trace(frames, this.#recogniser));
    return entry;
  }

  forget(): void {
    this.#known = [];
  }
}
