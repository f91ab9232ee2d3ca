// Lines of a stretch of a log that stands in memory: found from any place in it, and decoded only where that is needed.
// Where a record begins is decided by its first line, or by the lines of its object, whatever stands before it.
import { Framer, openRecord, opensBrace } from './framer.ts';
import { levelAt } from './level-at.ts';
import { lineFrom } from './lines.ts';
import type { OpenRecord } from './open-record.ts';
import type { Level, Line, LogRecord, RecordLimits } from './record.ts';

const LF = 0x0a;
const BRACE = 0x7b;
const ESCAPE = 0x1b;
const MARK = 0xef;
/** So many bytes beyond the limit tell that a line is too long, a byte-order mark included. */
const MARGIN = 4;

/** A record that is a pretty-printed object; only a framer makes it. */
export interface ObjectBeginning {
  readonly offset: number;
}

/** What begins with a line: a record, or none; `undecided` where too little is there to tell. */
export type Beginning = OpenRecord | ObjectBeginning | 'undecided' | null;

/** Places are those in `bytes`; adding `shift` makes them offsets in the log. */
export class LineBytes {
  readonly bytes: Buffer;
  readonly shift: number;
  /** Behind the last byte that counts. */
  readonly end: number;
  readonly limits: RecordLimits;

  constructor(bytes: Buffer, shift: number, end: number, limits: RecordLimits) {
    this.bytes = bytes;
    this.shift = shift;
    this.end = end;
    this.limits = limits;
  }

  /** Where the line begins that holds `place`; no farther back than `floor`, where one does. */
  startOf(place: number, floor: number): number {
    const { bytes } = this;
    let at = place;
    while (at > floor && bytes[at - 1] !== LF) at -= 1;
    return at;
  }

  /** Where the line that holds `place` ends, its line feed included; -1 if that is not there. */
  endOf(place: number): number {
    const at = this.bytes.indexOf(LF, place);
    return at < 0 || at >= this.end ? -1 : at + 1;
  }

  /** The level that the header at `start` prints, if that is plain to see. */
  levelAt(start: number): Level | null {
    return levelAt(this.bytes, start, this.end);
  }

  /** The line from `start` to `end`. */
  line(start: number, end: number, number: number): Line {
    const { bytes, shift, limits } = this;
    const last = end - 1;
    let first = start;
    while (first < last && bytes[first] === 0) first += 1;
    const kept = Math.min(last, first + limits.maxBytes + MARGIN);
    return lineFrom(
      bytes.toString('latin1', first, kept),
      { number, offset: start + shift, end: end + shift },
      limits.maxBytes,
      { nuls: first - start, dropped: last - kept },
    );
  }

  /** What begins with the line from `start` to `end`. */
  beginning(start: number, end: number): Beginning {
    if (!this.mayBegin(start)) return null;
    const line = this.line(start, end, 0);
    return opensBrace(line) ? this.#object(line, end) : openRecord(line, this.limits);
  }

  /** Whether its first byte is one of those that begin a record. */
  mayBegin(start: number): boolean {
    const first = this.bytes[start] ?? 0;
    return (
      (first >= 0x30 && first <= 0x39) ||
      (first >= 0x41 && first <= 0x5a) ||
      first === BRACE ||
      first === ESCAPE ||
      first === MARK ||
      first === 0
    );
  }

  /** A brace in column 1 puts a framer into the same state whatever came before. */
  #object(brace: Line, behind: number): Beginning {
    const framer = new Framer(this.limits);
    const done: LogRecord[] = [];
    framer.push(brace, done);
    for (let start = behind; framer.isUndecided; ) {
      const end = this.endOf(start);
      if (end < 0) return 'undecided';
      const line = this.line(start, end, 0);
      // Another brace ends what the first one began, and is undecided itself.
      if (opensBrace(line)) break;
      framer.push(line, done);
      start = end;
    }
    const [first] = [...done, ...framer.flush()];
    return first?.position.offset === brace.offset ? { offset: brace.offset } : null;
  }
}
