// The records before another one that hold something: found when they are asked for, each handed out once, in order.
import type { LineBytes } from './line-bytes.ts';
import type { LogRecord } from './record.ts';
import { type LineSeeker, RecordFinder, type Wanted } from './record-finder.ts';

/** What is looked for, and how far back from header to header, in bytes. */
export interface LookBack {
  readonly hint: RegExp;
  readonly reach: number;
}

/** Where a hint may stand from the one place to the other, in order. */
export type HintSeeker = (from: number, to: number) => readonly number[];

const LF = 0x0a;
const CAPITAL_A = 0x41;
const CAPITAL_K = 0x4b;
const CAPITAL_S = 0x53;
const COLON = 0x3a;
const LONGEST_HINT = 32;
const NONE: readonly LogRecord[] = [];
const NOWHERE: readonly number[] = [];
/** First byte of a byte-order mark. */
const MARK = 0xef;
/** A byte-order mark stands before a record's offset. */
const MARK_LENGTH = 3;
const ANY: Omit<Wanted, 'mayHold'> = { concernsLevel: () => true, concerns: () => true };

export class HintTrail {
  readonly #hint: RegExp;
  readonly #sticky: RegExp;
  readonly #reach: number;
  readonly #wanted: Wanted;
  /** Found, and not yet handed out. */
  #found: LogRecord[] = [];
  /** Offset up to which everything was looked at. */
  #seen = 0;
  /** Between these offsets all hints are known. */
  #toldFrom = Number.POSITIVE_INFINITY;
  toldTo = Number.NEGATIVE_INFINITY;
  /** Theirs. */
  #told: number[] = [];

  constructor({ hint, reach }: LookBack) {
    this.#hint = new RegExp(hint);
    this.#sticky = new RegExp(hint, 'y');
    this.#reach = reach;
    this.#wanted = { ...ANY, mayHold: (raw) => this.#isHinted(raw) };
  }

  /** A record that was framed anyway, with all that comes before it. What stands before another is asked for from offset `asked` on. */
  take(record: LogRecord, asked: number): void {
    if (this.#isHinted(record.raw)) this.#keep(record, asked);
  }

  /** Everything before this offset was handed to `take`, or lies too far back. */
  skipTo(offset: number): void {
    this.#seen = Math.max(this.#seen, offset);
  }

  /** From this offset on `tell` is told of every hint, unless that has been so for longer. */
  beTold(offset: number): void {
    if (this.toldTo === offset) return;
    this.#toldFrom = offset;
    this.#told = [];
  }

  /** Told of every place, in order, where a hint may stand; of none behind it so far. */
  tell({ bytes, shift }: LineBytes, place: number): void {
    this.toldTo = place + shift;
    const [first, second] = [bytes[place], bytes[place + 1]];
    // Most of what is found is neither a key nor a role.
    if (first !== COLON && (first !== CAPITAL_A || (second !== CAPITAL_K && second !== CAPITAL_S))) return;
    if (this.#isHintAt(bytes, place)) this.#told.push(place + shift);
  }

  /** Looks at what stands in memory before the record at `place`; what lies before `valid` does not. */
  look(lines: LineBytes, place: number, valid: number, seek: HintSeeker): void {
    const known = this.#seen - lines.shift;
    const least = place - this.#reach - MARK_LENGTH;
    const from = known >= least ? Math.max(known, valid) : lineStartAt(lines.bytes, least, valid);
    if (from >= place) return;
    const hints = this.#hintsIn(lines, from, place, seek);
    if (hints.length > 0) {
      const stop = { at: place, offset: place + lines.shift };
      const finder = new RecordFinder(lines, this.#wanted, from, stop, seekerIn(lines));
      for (const hint of hints) {
        const record = finder.find(hint, 0);
        if (record !== null) this.#keep(record, record.position.offset);
      }
    }
    this.#seen = place + lines.shift;
  }

  /** Those before `offset` that were not handed out yet. */
  before(offset: number): readonly LogRecord[] {
    if (this.#found.length === 0) return NONE;
    const isBefore = ({ position }: LogRecord): boolean => position.offset < offset;
    const found = this.#found.filter(isBefore);
    this.#found = this.#found.filter((record) => !isBefore(record));
    return found;
  }

  /** Their places. */
  #hintsIn({ bytes, shift }: LineBytes, from: number, to: number, seek: HintSeeker): readonly number[] {
    if (from + shift >= this.#toldFrom && to + shift <= this.toldTo) {
      if (this.#told.length === 0) return NOWHERE;
      const told = this.#told.filter((offset) => offset >= from + shift);
      this.#told = told.filter((offset) => offset >= to + shift);
      return told.filter((offset) => offset < to + shift).map((offset) => offset - shift);
    }
    return seek(from, to).filter((place) => this.#isHintAt(bytes, place));
  }

  #isHintAt(bytes: Buffer, place: number): boolean {
    this.#sticky.lastIndex = 0;
    return this.#sticky.test(bytes.toString('latin1', place, place + LONGEST_HINT));
  }

  #keep(record: LogRecord, asked: number): void {
    this.#found = this.#found.filter(({ position }) => asked - position.offset <= this.#reach);
    this.#found.push(record);
  }

  #isHinted(raw: string): boolean {
    return this.#hint.test(raw);
  }
}

/** Nobody asks for the numbers of these lines. */
function seekerIn(lines: LineBytes): LineSeeker {
  return {
    countNewlines: () => 0,
    lineStart: (place, floor) => lines.startOf(place, floor),
    nextBeginning: (place, end) => {
      for (let at = lines.endOf(place); at >= 0 && at < end; at = lines.endOf(at))
        if (lines.mayBegin(at)) return at;
      return end;
    },
  };
}

/**
 * Where a line begins at or behind `place`; one begins at `first`. In the NUL bytes that lead a line any place does, but for a
 * byte-order mark: behind them it is text.
 */
function lineStartAt(bytes: Buffer, place: number, first: number): number {
  if (place <= first) return first;
  let before = place - 1;
  while (before > first && bytes[before] === 0) before -= 1;
  const isLed = before < place - 1 || bytes[before] === 0;
  const isStart = bytes[before] === LF || (before === first && bytes[before] === 0);
  return isStart && !(isLed && bytes[place] === MARK) ? place : bytes.indexOf(LF, place) + 1;
}
