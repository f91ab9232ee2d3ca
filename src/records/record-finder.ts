// From places in a stretch of a log to the records that hold them: back to the header and on to the next, each record once.
// Places come in ascending order, and no line is looked at twice on the way back.
import { Framer } from './framer.ts';
import type { LineBytes, ObjectBeginning } from './line-bytes.ts';
import { type LineStart, linesIn } from './lines.ts';
import { OpenRecord } from './open-record.ts';
import type { Header, Level, LogRecord, Position } from './record.ts';

/** Which records are wanted: those that pass every test. */
export interface Wanted {
  concernsLevel(level: Level): boolean;
  concerns(record: { readonly header: Header }): boolean;
  /** `raw` may hold more than the record's own. */
  mayHold(raw: string): boolean;
}

/** Where a record begins: the line's place, and the offset of its text in the log. */
export interface Boundary {
  readonly at: number;
  readonly offset: number;
}

/** Finds lines in the memory that holds them. */
export interface LineSeeker {
  countNewlines(from: number, to: number): number;
  /** Where the line begins that holds `place`; no farther back than `floor`, where one does. */
  lineStart(place: number, floor: number): number;
  /** The first line behind the one that holds `place` that begins as a record may; `end`, where a line begins, if none does. */
  nextBeginning(place: number, end: number): number;
}

/** Where a record stands whose text nobody has to look at. */
export interface Known {
  readonly position: Position;
}

/**
 * What is known of the record from `at` to `end`, which begins with a header that is plain to see, at the line of that
 * number; `null` if nothing is. Asked before anything is decoded.
 */
export type Recall<K extends Known> = (
  lines: LineBytes,
  at: number,
  end: Boundary,
  lineNumber: number,
) => K | null;

/** `header`: one that is plain to see, not read yet. */
type Found = OpenRecord | ObjectBeginning | 'header';

/** A place, and the number of the line that holds it. */
interface LineOf {
  readonly place: number;
  readonly number: number;
}

interface Start {
  readonly at: number;
  readonly found: Found;
}

export class RecordFinder<K extends Known = never> {
  readonly #lines: LineBytes;
  readonly #wanted: Wanted;
  readonly #recall: Recall<K> | null;
  readonly #stop: Boundary;
  readonly #seeker: LineSeeker;
  /** Begins a line; nothing before it is looked at any more. */
  #floor: number;
  /** Whether the line at the floor is known to be of a record that is not wanted. */
  #isUnwanted = false;
  /** What is before it belongs to records that are done with. */
  #done: number;

  /**
   * For places from `floor`, which begins a line, to `stop`, where a record begins, if any does so behind `floor`.
   */
  constructor(
    lines: LineBytes,
    wanted: Wanted,
    floor: number,
    stop: Boundary,
    seeker: LineSeeker,
    recall: Recall<K> | null = null,
  ) {
    this.#recall = recall;
    this.#lines = lines;
    this.#wanted = wanted;
    this.#floor = floor;
    this.#done = floor;
    this.#stop = stop;
    this.#seeker = seeker;
  }

  /** The record that holds `place`, in the line of that number, if it is wanted and was not had before. */
  find(place: number, lineNumber: number): LogRecord | K | null {
    if (place < this.#done) return null;
    const lineStart = this.#seeker.lineStart(place, this.#floor);
    const start = this.#startOf(lineStart);
    if (start === null) {
      this.#floor = lineStart;
      this.#isUnwanted = true;
      return null;
    }
    const end = this.#endOf(lineStart);
    this.#floor = end.at;
    this.#done = end.at;
    this.#isUnwanted = false;
    return this.#recordOf(start, end, { place, number: lineNumber });
  }

  /** Where the record begins that holds the line at `lineStart`; `null` if there is none, or it is not wanted. */
  #startOf(lineStart: number): Start | null {
    for (let at = lineStart; ; at = this.#seeker.lineStart(at - 1, this.#floor)) {
      if (at === this.#floor && this.#isUnwanted) return null;
      const found = this.#look(at);
      if (found === 'unwanted') return null;
      if (found !== null) return { at, found };
      if (at === this.#floor) return null;
    }
  }

  /** What begins at `at`. */
  #look(at: number): Found | 'unwanted' | null {
    const level = this.#lines.levelAt(at);
    if (level !== null) return this.#wanted.concernsLevel(level) ? 'header' : 'unwanted';
    const found = this.#lines.beginning(at, this.#lines.endOf(at));
    return found === 'undecided' ? null : found;
  }

  /** Where the next record begins behind the line at `lineStart`. */
  #endOf(lineStart: number): Boundary {
    const { at: end } = this.#stop;
    for (let at = lineStart; ; ) {
      at = this.#seeker.nextBeginning(at, end);
      if (at >= end) return this.#stop;
      const boundary = boundaryAt(this.#lines, at);
      if (boundary !== null && boundary !== 'undecided') return boundary;
    }
  }

  /** Of all that would have to be read of it the text costs least, and tells most. */
  #recordOf({ at, found }: Start, end: Boundary, held: LineOf): LogRecord | K | null {
    if (this.#recall !== null && found === 'header') {
      const known = this.#recall(this.#lines, at, end, this.#placeOf(at, held).line);
      if (known !== null) return known;
    }
    const text = this.#lines.bytes.toString('latin1', at, end.at);
    if (!this.#wanted.mayHold(text)) return null;
    const begun = found === 'header' ? this.#lines.beginning(at, this.#lines.endOf(at)) : found;
    return begun instanceof OpenRecord
      ? this.#completed(begun, this.#placeOf(at, held), text, end)
      : this.#objectOf(this.#placeOf(at, held), text, end);
  }

  #completed(open: OpenRecord, start: LineStart, text: string, end: Boundary): LogRecord | null {
    const { header } = open;
    if (header === null || !this.#wanted.concerns({ header })) return null;
    const [, ...rest] = linesIn(text, start, this.#lines.limits.maxBytes);
    open.setLine(start.line);
    for (const line of rest) open.add(line);
    return open.close(end.offset);
  }

  #objectOf(start: LineStart, text: string, end: Boundary): LogRecord | null {
    const framer = new Framer(this.#lines.limits);
    for (const line of linesIn(text, start, this.#lines.limits.maxBytes)) framer.push(line, []);
    const [record] = framer.flush(end.offset);
    return record !== undefined && this.#wanted.concerns(record) ? record : null;
  }

  #placeOf(at: number, { place, number }: LineOf): LineStart {
    return { line: number - this.#seeker.countNewlines(at, place), offset: at + this.#lines.shift };
  }
}

/** Where the record begins whose first line is at `at`, if one does. */
export function boundaryAt(lines: LineBytes, at: number): Boundary | 'undecided' | null {
  if (lines.levelAt(at) !== null) return { at, offset: at + lines.shift };
  const found = lines.beginning(at, lines.endOf(at));
  if (found === null || found === 'undecided') return found;
  return { at, offset: found instanceof OpenRecord ? found.start.offset : found.offset };
}
