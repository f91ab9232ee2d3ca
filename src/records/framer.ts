// Lines -> records. A record runs from its header line to the next header; what stands before the first
// header belongs to no record. The one decision that needs more than a line is a pretty-printed JSON object:
// its lines are held until its closing brace shows whether it is a formatter's.
import { parseHeader } from './header.ts';
import { looksLikeJsonRecord } from './json-look.ts';
import { parseJsonRecord } from './json-record.ts';
import type { LineStart } from './lines.ts';
import { OpenRecord } from './open-record.ts';
import type { Line, LogRecord, RecordLimits } from './record.ts';
import { isBlank } from './text.ts';

const INDENTED_KEY = /^\s+"/;

/** Joins lines into records; feed it every line of one input in order. */
export class Framer {
  readonly #limits: RecordLimits;
  #current: OpenRecord | null = null;
  /** Lines since a bare `{` in column 1 that may turn out to be a formatter's object. */
  #candidate: Line[] | null = null;
  #candidateBytes = 0;
  #end = 0;

  constructor(limits: RecordLimits) {
    this.#limits = limits;
  }

  /** Takes a line and adds to `done` the records it completes. */
  push(line: Line, done: LogRecord[]): void {
    this.#end = line.end;
    this.#dispatch(line, done);
  }

  /** The records that are still open at the end of the input, or before a header at `end`. */
  flush(end = this.#end): readonly LogRecord[] {
    const done: LogRecord[] = [];
    if (this.#candidate !== null) this.#settle(this.#candidate, done);
    this.#complete(end, done);
    return done;
  }

  /** The record that takes the next line, if it opens none. */
  get open(): OpenRecord | null {
    return this.#candidate === null ? this.#current : null;
  }

  /** Whether a brace in column 1 may still turn out to be a formatter's object. */
  get isUndecided(): boolean {
    return this.#candidate !== null;
  }

  /** The open record as it would be if nothing more came; it stays open. `null` while that cannot be told. */
  peek(): LogRecord | null {
    return this.#candidate === null ? (this.#current?.close(this.#end) ?? null) : null;
  }

  /** Where what is still open begins; `null` if nothing is. */
  get openStart(): LineStart | null {
    if (this.#current !== null) return this.#current.start;
    const first = this.#candidate?.[0];
    return first === undefined ? null : { line: first.number, offset: first.offset };
  }

  /** The same so far; what either takes from now on is no matter of the other. */
  copy(): Framer {
    const copy = new Framer(this.#limits);
    copy.#current = this.#current?.copy() ?? null;
    copy.#candidate = this.#candidate === null ? null : [...this.#candidate];
    copy.#candidateBytes = this.#candidateBytes;
    copy.#end = this.#end;
    return copy;
  }

  #dispatch(line: Line, done: LogRecord[]): void {
    if (this.#candidate === null) this.#accept(line, done);
    else this.#acceptWithin(this.#candidate, line, done);
  }

  #accept(line: Line, done: LogRecord[]): void {
    if (opensBrace(line)) {
      this.#candidate = [line];
      this.#candidateBytes = line.text.length;
      return;
    }
    const opened = openRecord(line, this.#limits);
    if (opened === null) {
      this.#current?.add(line);
      return;
    }
    this.#complete(line.offset, done);
    this.#current = opened;
  }

  #acceptWithin(candidate: Line[], line: Line, done: LogRecord[]): void {
    if (!canFollow(candidate, line) || openRecord(line, this.#limits) !== null) {
      // A record that was cut short by a crash is still one.
      this.#settle(candidate, done);
      this.#accept(line, done);
      return;
    }
    candidate.push(line);
    this.#candidateBytes += line.text.length + 1;
    const full = candidate.length > this.#limits.maxLines || this.#candidateBytes > this.#limits.maxBytes;
    if (line.text.trimEnd() === '}' || full) this.#settle(candidate, done);
  }

  /** Decides what the held lines are: a record, or a part of the record before them. */
  #settle(candidate: readonly Line[], done: LogRecord[]): void {
    const [first, ...rest] = candidate;
    if (first === undefined) return;
    const object = new OpenRecord(first, null, this.#limits);
    for (const line of rest) object.add(line);
    const parsed = parseJsonRecord(object.raw);
    if (parsed === null) {
      this.#release(candidate, done);
      return;
    }
    object.becomeObject(parsed.header, parsed.text);
    this.#candidate = null;
    this.#complete(first.offset, done);
    this.#current = object;
  }

  /** The held lines are no object: takes them one by one, the brace as an ordinary line. */
  #release(candidate: readonly Line[], done: LogRecord[]): void {
    this.#candidate = null;
    const [first, ...rest] = candidate;
    if (first !== undefined) this.#current?.add(first);
    for (const line of rest) this.#dispatch(line, done);
  }

  #complete(end: number, done: LogRecord[]): void {
    const record = this.#current?.close(end) ?? null;
    this.#current = null;
    if (record !== null) done.push(record);
  }
}

/** A bare brace in column 1. */
export function opensBrace(line: Line): boolean {
  return line.text.startsWith('{') && line.text.trimEnd() === '{';
}

/** Whether a pretty-printed object can go on with `line`: its first key is indented, and no brace inside opens in column 1. */
function canFollow(candidate: readonly Line[], line: Line): boolean {
  if (candidate.length === 1 && !isBlank(line.text)) return INDENTED_KEY.test(line.text);
  return !opensBrace(line);
}

/** The record that a line opens, if it opens one. */
export function openRecord(line: Line, limits: RecordLimits): OpenRecord | null {
  const header = couldBeHeader(line.text) ? parseHeader(line.text) : null;
  if (header !== null) return new OpenRecord(line, header, limits);
  const parsed = looksLikeJsonRecord(line.text) ? parseJsonRecord(line.text) : null;
  if (parsed === null) return null;
  const record = new OpenRecord(line, parsed.header, limits);
  record.becomeObject(parsed.header, parsed.text);
  return record;
}

/** A digit, a capital letter, or an escape: all that a pattern formatter's line can begin with. */
function couldBeHeader(text: string): boolean {
  const first = text.charCodeAt(0);
  return (first >= 0x30 && first <= 0x39) || (first >= 0x41 && first <= 0x5a) || first === 0x1b;
}

/**
 * The records of a stream of lines, in one batch a batch of lines. `isCut`, asked at the end of the lines: whether they
 * end where nothing ends, so that the record which is still open is left out.
 */
export async function* frameRecords(
  batches: AsyncIterable<readonly Line[]>,
  limits: RecordLimits,
  isCut: () => boolean = () => false,
): AsyncGenerator<readonly LogRecord[]> {
  const framer = new Framer(limits);
  for await (const lines of batches) {
    const records: LogRecord[] = [];
    for (const line of lines) framer.push(line, records);
    if (records.length > 0) yield records;
  }
  const rest = isCut() ? [] : framer.flush();
  if (rest.length > 0) yield rest;
}
