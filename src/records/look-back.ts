// The records before another one that hold something: found when they are asked for, each handed out once, in order.
import type { LineBytes } from './line-bytes.ts';
import type { LogRecord } from './record.ts';
import { RecordFinder, type Wanted } from './record-finder.ts';

/** What is looked for, and how far back from header to header, in bytes. */
export interface LookBack {
  readonly hint: RegExp;
  readonly reach: number;
}

const LF = 0x0a;
/** A byte-order mark stands before a record's offset. */
const MARK_LENGTH = 3;
const ANY: Omit<Wanted, 'mayHold'> = { concernsLevel: () => true, concerns: () => true };
const NO_LINES = (): number => 0;

export class HintTrail {
  readonly #hint: RegExp;
  readonly #reach: number;
  readonly #wanted: Wanted;
  /** Found, and not yet handed out. */
  #found: LogRecord[] = [];
  /** Offset up to which everything was looked at. */
  #seen = 0;

  constructor({ hint, reach }: LookBack) {
    this.#hint = new RegExp(hint, 'g');
    this.#reach = reach;
    this.#wanted = { ...ANY, mayHold: (raw) => this.#isHinted(raw) };
  }

  /** A record that was framed anyway, with all that comes before it. */
  take(record: LogRecord): void {
    if (this.#isHinted(record.raw)) this.#keep(record);
  }

  /** Everything before this offset was handed to `take`, or lies too far back. */
  skipTo(offset: number): void {
    this.#seen = Math.max(this.#seen, offset);
  }

  /** Looks at what stands in memory before the record at `place`; what lies before `valid` does not. */
  look(lines: LineBytes, place: number, valid: number): void {
    const known = this.#seen - lines.shift;
    const least = place - this.#reach - MARK_LENGTH;
    const from = known >= least ? Math.max(known, valid) : lineStartAt(lines.bytes, least, valid);
    if (from >= place) return;
    const text = lines.bytes.toString('latin1', from, place);
    const stop = { at: place, offset: place + lines.shift };
    const finder = new RecordFinder(lines, this.#wanted, from, stop, 0, NO_LINES);
    for (const { index } of text.matchAll(this.#hint)) {
      const record = finder.find(from + index);
      if (record !== null) this.#keep(record);
    }
    this.#seen = place + lines.shift;
  }

  /** Those before `offset` that were not handed out yet. */
  before(offset: number): readonly LogRecord[] {
    const isBefore = ({ position }: LogRecord): boolean => position.offset < offset;
    const found = this.#found.filter(isBefore);
    this.#found = this.#found.filter((record) => !isBefore(record));
    return found;
  }

  #keep(record: LogRecord): void {
    const { offset } = record.position;
    this.#found = this.#found.filter(({ position }) => offset - position.offset <= this.#reach);
    this.#found.push(record);
  }

  #isHinted(raw: string): boolean {
    this.#hint.lastIndex = 0;
    return this.#hint.test(raw);
  }
}

/** Where a line begins at or behind `place`; one begins at `first`. In the NUL bytes that lead a line any place does. */
function lineStartAt(bytes: Buffer, place: number, first: number): number {
  if (place <= first) return first;
  let before = place - 1;
  while (before > first && bytes[before] === 0) before -= 1;
  const isStart = bytes[before] === LF || (before === first && bytes[before] === 0);
  return isStart ? place : bytes.indexOf(LF, place) + 1;
}
