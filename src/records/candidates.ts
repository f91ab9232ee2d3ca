// Bytes of a log -> the records that hold what is searched for, whole, each once: exactly as every record would have been
// framed. The rest is searched and never decoded. What the end of the bytes leaves open is carried over; what is too long
// for that goes line by line, as everything does where nothing can be searched for.
import { allHits } from '../kernel/literal-search.ts';
import { ByteWindow } from './byte-window.ts';
import type { CandidateOptions, Search } from './candidate-options.ts';
import { firstHeader } from './first-header.ts';
import type { LineBytes } from './line-bytes.ts';
import type { LineStart } from './lines.ts';
import { LiveFramer } from './live-framer.ts';
import { HintTrail } from './look-back.ts';
import type { OpenRecord } from './open-record.ts';
import type { Header, LogRecord } from './record.ts';
import { type Boundary, boundaryAt, type Known, RecordFinder } from './record-finder.ts';
import { Rooms } from './rooms.ts';

/** What is open at the end of the bytes is carried over up to this length. */
const LONGEST_CARRY = 128 * 1024;
const LF = 0x0a;
/** More than a byte-order mark. */
const MARGIN = 8;
/** How much goes line by line until it is looked where the next record begins. */
const FIRST_SLICE = 4 * 1024;
const LAST_SLICE = 64 * 1024;

export class CandidateFramer<K extends Known = never> {
  readonly #options: CandidateOptions<K>;
  readonly #start: LineStart;
  readonly #hints: HintTrail;
  readonly #rooms = new Rooms();
  #search: Search | null = null;
  readonly #window: ByteWindow;
  /** Number of the line at `#window.at`. */
  #line: number;
  /** Offset of the first line that may begin a record, but for the one at `#window.at`. */
  #unchecked: number;
  /** Whether a record begins there. */
  #isRecord = false;
  /** Where what is open goes line by line, instead of being carried over. */
  #linear: LiveFramer | null = null;
  #peeked: LiveFramer | null = null;
  /** Of the open record that is over the limits. */
  #matters: { readonly offset: number; readonly matters: boolean } | null = null;
  #first: Header | null = null;
  #last: Header | null = null;

  constructor(options: CandidateOptions<K>) {
    this.#options = options;
    this.#start = options.start ?? { line: 1, offset: 0 };
    this.#window = new ByteWindow(this.#start.offset, options.limits);
    this.#unchecked = this.#start.offset;
    this.#line = this.#start.line;
    this.#hints = new HintTrail(options.lookBack);
  }

  /** Lines so far; an unfinished one counts at the end. */
  get lines(): number {
    const open = this.#linear ?? this.#peeked;
    const lines = open?.lines ?? this.#search?.searcher.countNewlines(this.#window.at, this.#window.end) ?? 0;
    return this.#line - this.#start.line + lines;
  }

  /** The headers of the first and the last record; `null` if there was none. The last one is certain at the end only. */
  get ends(): readonly [Header, Header] | null {
    return this.#first === null || this.#last === null ? null : [this.#first, this.#last];
  }

  /** The records that these bytes complete, found while they are asked for: all of them have to be. */
  *push(chunk: Buffer): Generator<LogRecord | K> {
    for (let at = 0; at < chunk.length; ) {
      const room = this.room(chunk);
      const piece = room === null ? chunk.subarray(at) : chunk.subarray(at, at + room.length);
      room?.set(piece);
      yield* room === null ? this.#goOn(piece) : this.take(piece.length);
      at += piece.length;
    }
  }

  /** The bytes before the start: they are looked back at, and nothing else. To be called first, if at all. */
  precede(bytes: Buffer): void {
    if (this.room(bytes) !== null) this.#window.precede(bytes);
  }

  /** Where the next bytes may be put, to be taken then; `null`: they have to be pushed. */
  room(sample: Buffer): Buffer | null {
    const search = this.#options.search(sample);
    if (search === null && this.#search !== null) this.#becomeLinear();
    this.#search = search;
    if (search === null) {
      this.#linear ??= new LiveFramer(this.#options.limits, this.#start);
      return null;
    }
    const { memory } = search.searcher;
    const room = this.#rooms.next(search.searcher);
    this.#window.carry(memory, room.byteOffset - memory.byteOffset, this.#options.lookBack.reach + MARGIN);
    this.#peeked = null;
    return room;
  }

  /** A room that may be filled before it is asked for, as `others` that come before it are; `null`: not yet. */
  spare(others: number): Buffer | null {
    return this.#rooms.spare(others);
  }

  /** As `push`, for the first `count` bytes of the room. */
  *take(count: number): Generator<LogRecord | K> {
    const from = this.#window.end;
    this.#window.add(count);
    if (this.#linear !== null) {
      yield* this.#leaveLinear(this.#linear, from);
      if (this.#linear !== null) return;
    }
    yield* this.#find();
  }

  /** The open record as far as it is written; what comes later still belongs to it. */
  peek(): LogRecord | null {
    return this.open.peek();
  }

  /** All that is written, an unfinished line included, as it would be if nothing more came. */
  peekAll(): readonly LogRecord[] {
    return this.open.peekAll();
  }

  /** What is left when the log has come to its end. */
  end(): readonly LogRecord[] {
    return this.#met(this.open.end());
  }

  /** What is complete when no more is read of a log that goes on. */
  cut(): readonly LogRecord[] {
    const records = this.#met(this.open.cut());
    const open = this.peek();
    if (open !== null) this.#meet(open);
    return records;
  }

  /** The records before this one that may hold the hint; those that were handed out before are not among them. */
  before({ position: { offset } }: Known): readonly LogRecord[] {
    const { lines, valid, shift } = this.#window;
    if (offset - shift >= valid && this.#linear === null) this.#look(lines, offset - shift, valid);
    return this.#hints.before(offset);
  }

  /** What is open, as a framer that has taken all of it. */
  get open(): LiveFramer {
    if (this.#linear !== null) return this.#linear;
    this.#peeked ??= this.#framerOfOpen();
    return this.#peeked;
  }

  #framerOfOpen(): LiveFramer {
    const { offset, rest } = this.#window;
    const framer = new LiveFramer(this.#options.limits, { line: this.#line, offset });
    // It completes nothing, since no record begins behind this one.
    framer.push(rest);
    return framer;
  }

  /** Where nothing is searched for. */
  #goOn(chunk: Buffer): readonly LogRecord[] {
    this.#window.read += chunk.length;
    return this.#met(this.#linear?.push(chunk) ?? []);
  }

  /** Searches up to where the last record begins that is not complete. */
  *#find(): Generator<LogRecord | K> {
    if (this.#search === null) return;
    const { searcher, wanted, hints = false } = this.#search;
    const { lines, at, end, shift } = this.#window;
    if (hints) this.#hints.beTold(at + shift);
    this.#first ??= firstHeader(lines, at);
    const open = this.#lastBeginning(lines);
    const recall = this.#options.recall ?? null;
    const finder = new RecordFinder(lines, wanted, at, open, searcher, recall);
    let line = this.#line;
    for (let place = at; place < open.at; ) {
      const { count: hits, newlines, stoppedAt } = searcher.search(place, open.at);
      for (let hit = 0; hit < hits; hit += 1) {
        const found = numberAt(searcher.hits, hit);
        if (hints) this.#hints.tell(lines, found);
        const record = finder.find(found, line + numberAt(searcher.linesBefore, hit));
        if (record !== null) yield record;
      }
      line += newlines;
      place = stoppedAt;
    }
    if (hints) this.#hints.toldTo = open.at + shift;
    this.#line = line;
    this.#window.at = open.at;
    const room = searcher.carrySize - this.#options.lookBack.reach - MARGIN;
    if (end - open.at > Math.min(LONGEST_CARRY, room)) this.#becomeLinear();
  }

  /** Where the last record begins, or else the first line of which it is not known yet. */
  #lastBeginning(lines: LineBytes): Boundary {
    const { at: first, end, shift } = this.#window;
    const floor = Math.max(first, this.#unchecked - shift);
    let unknown = lines.startOf(end, floor);
    let found: Boundary | null = null;
    for (let at = unknown; at > floor && found === null; ) {
      at = lines.startOf(at - 1, floor);
      const boundary = boundaryAt(lines, at);
      if (boundary === 'undecided') unknown = at;
      else found = boundary;
    }
    this.#unchecked = unknown + shift;
    if (found === null && this.#isRecord) return { at: first, offset: first + shift };
    this.#isRecord = found !== null;
    return found ?? { at: unknown, offset: unknown + shift };
  }

  /** What is open is too long to be carried over, or there is nothing to search for any more. */
  #becomeLinear(): void {
    if (this.#linear !== null) return;
    const { lines, at, end, valid } = this.#window;
    this.#look(lines, at, valid);
    this.#linear = this.open;
    this.#peeked = null;
    this.#forget(end);
  }

  #look(lines: LineBytes, place: number, valid: number): void {
    const others = this.#search?.searcher.others;
    if (others !== undefined) this.#hints.look(lines, place, valid, (from, to) => allHits(others, from, to));
  }

  /** Nothing before `place` is of use any more. */
  #forget(place: number): void {
    this.#window.forget(place);
    this.#unchecked = this.#window.offset;
  }

  /** Line by line until the next record begins in these bytes, or nothing more of the open one matters. */
  *#leaveLinear(linear: LiveFramer, from: number): Generator<LogRecord> {
    const { lines, memory, end } = this.#window;
    let step = FIRST_SLICE;
    for (let at = from; at < end; step = Math.min(step * 2, LAST_SLICE)) {
      const lineEnd = at + step < end ? lines.endOf(at + step) : end;
      const to = lineEnd < 0 ? end : lineEnd;
      yield* this.#met(linear.push(memory.subarray(at, to)));
      if (this.#canLeave(linear, from, to)) return;
      at = to;
    }
    this.#forget(end);
  }

  #canLeave(linear: LiveFramer, from: number, to: number): boolean {
    if (linear.isUndecided) return false;
    const { open } = linear;
    const { memory, shift } = this.#window;
    const start = open === null ? -1 : open.start.offset - shift;
    if (open !== null && start >= from) {
      this.#line = open.start.line;
      this.#isRecord = true;
      this.#forget(start);
    } else if (memory[to - 1] === LF && (open === null || this.#isSpent(open))) {
      const record = open?.close(to + shift) ?? null;
      if (record !== null) this.#meet(record);
      this.#line += linear.lines;
      this.#isRecord = false;
      this.#forget(to);
    } else return false;
    this.#hints.skipTo(this.#window.offset);
    this.#linear = null;
    return true;
  }

  /** Whether no more is kept of the record, and nothing in it is wanted. */
  #isSpent(open: OpenRecord): boolean {
    const { header } = open;
    if (!open.isTruncated || header === null || this.#search === null) return false;
    if (this.#matters?.offset !== open.start.offset) {
      const { wanted } = this.#search;
      const matters = wanted.concerns({ header }) && wanted.mayHold(open.raw);
      this.#matters = { offset: open.start.offset, matters };
    }
    return !this.#matters.matters;
  }

  /** Those that are wanted of records that were framed line by line. */
  #met(records: readonly LogRecord[]): readonly LogRecord[] {
    for (const record of records) this.#meet(record, records[0]);
    if (this.#search === null) return records;
    const { wanted } = this.#search;
    return records.filter((record) => wanted.concerns(record) && wanted.mayHold(record.raw));
  }

  /** `first`: of those that are handed on with it. */
  #meet(record: LogRecord, first = record): void {
    this.#hints.take(record, first.position.offset);
    this.#first ??= record.header;
    this.#last = record.header;
  }
}

function numberAt(numbers: Uint32Array, index: number): number {
  return numbers[index] ?? 0;
}
