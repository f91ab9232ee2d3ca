// Stack traces, which repeat far more often than the records they end: each is looked into once, and kept as it is shown.

const LF = 0x0a;
const TAB = 0x09;
const FRAMES =
  /^(?:\tat [\w.$/@-]{1,400}(?:<(?:cl)?init>)?\((?:[\w.$-]{1,200}(?::\d{1,6})?|Native Method|Unknown Source)\)\n|\t\.\.\. \d{1,5} (?:more|common frames omitted)\n)+$/;
const MOST_TRACES = 256;
const LONGEST_TRACE = 16 * 1024;
const STRIDE = 16;
const MOST_CUTS = 8;
/** Of so many traces the hash is kept that were met once: no other is looked into. */
const MET = 1024;

/** Lines of nothing but stack frames. */
export class Trace {
  /** With the last line feed. */
  readonly raw: Buffer;
  readonly lines: number;
  readonly #cuts = new Map<number, Buffer>();

  constructor(raw: Buffer) {
    this.raw = raw;
    let lines = 0;
    for (const code of raw) if (code === LF) lines += 1;
    this.lines = lines;
  }

  /**
   * What a JSON string of at most `room` bytes of text shows of it, the line feed before it included; `null` if even the
   * ellipsis has no room.
   */
  shown(room: number): Buffer | null {
    const kept = this.raw.length <= room ? this.raw.length : room - ELLIPSIS.length;
    if (kept < 0) return null;
    const known = this.#cuts.get(kept);
    if (known !== undefined) return known;
    // The line feed at the end of the trace is not shown; the one before it is.
    const text = `\n${this.raw.toString('latin1', 0, this.raw.length - 1)}`.slice(0, kept);
    const escaped = text.replaceAll('\n', '\\n').replaceAll('\t', '\\t');
    const shown = Buffer.from(kept === this.raw.length ? escaped : `${escaped}…`);
    if (this.#cuts.size >= MOST_CUTS) this.#cuts.clear();
    this.#cuts.set(kept, shown);
    return shown;
  }
}

const ELLIPSIS = Buffer.from('…');

export class Traces {
  readonly #isInnocent: (frames: string) => boolean;
  readonly #met = new Int32Array(MET);
  #known = new Map<number, Trace>();

  constructor(isInnocent: (frames: string) => boolean) {
    this.#isInnocent = isInnocent;
  }

  /** The trace that these lines are; `null` if they are none, or more than that. */
  find(bytes: Buffer, from: number, to: number): Trace | null {
    if (bytes[from] !== TAB || to - from > LONGEST_TRACE) return null;
    let hash = to - from;
    for (let at = from; at < to; at += STRIDE) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    const known = this.#known.get(hash);
    if (known !== undefined && bytes.compare(known.raw, 0, known.raw.length, from, to) === 0) return known;
    const slot = (hash >>> 0) % MET;
    if (this.#met[slot] !== hash) {
      this.#met[slot] = hash;
      return null;
    }
    const frames = bytes.toString('latin1', from, to);
    if (!FRAMES.test(frames) || !this.#isInnocent(frames)) return null;
    if (this.#known.size >= MOST_TRACES) this.#known.clear();
    const trace = new Trace(Buffer.from(frames, 'latin1'));
    this.#known.set(hash, trace);
    return trace;
  }
}
