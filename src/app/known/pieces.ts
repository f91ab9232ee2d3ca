// The pieces in which records that say the same thing differ: the time of the header, the thread's name, request ids, and
// the stack frames at the end. What is left is the record's wording. Finds them in raw bytes; knows nothing of what they
// mean, but takes only pieces of a form, and in surroundings, that `innocence.ts` speaks for.
import type { Trace, Traces } from './traces.ts';

const LF = 0x0a;
const BLANK = 0x20;
const OPEN = 0x28;
const CLOSE = 0x29;
const COMMA = 0x2c;
const DASH = 0x2d;
const STOP = 0x2e;
const DOLLAR = 0x24;
const UNDERSCORE = 0x5f;
const SEMICOLON = 0x3b;
const BRACKET = 0x5b;
const BRACKET_END = 0x5d;

/** `yyyy-MM-dd HH:mm:ss,SSS`, and nothing else. */
export const STAMP_LENGTH = 23;
const FRACTION_AT = 19;
/** `8-4-4-4-12`, in small letters. */
export const ID_LENGTH = 36;
const ID_MARK = Buffer.from('Request ID: ');
/** More of them and nothing is known of the record. */
export const MOST_IDS = 4;
const LONGEST_RECORD = 32 * 1024;
const LONGEST_TAG = 120;
/** From the time to the thread. More is read of a header, however long its thread is, and the tag behind it. */
const LONGEST_HEAD = 400;
export const LONGEST_THREAD = 60;
/** Every so many bytes one is hashed. */
const STRIDE = 4;

export class Pieces {
  bytes: Buffer = Buffer.alloc(0);
  /** Places in `bytes`. The record, and the end of its first line, without the line feed. */
  at = 0;
  to = 0;
  lineEnd = 0;
  /** Equal where the thread is no piece. */
  threadFrom = 0;
  threadTo = 0;
  /** Where request ids begin. */
  readonly ids: number[] = [];
  /** Where the trace begins, with its first line; `to` where it is no piece. */
  traceFrom = 0;
  trace: Trace | null = null;

  get thread(): string {
    return this.bytes.toString('latin1', this.threadFrom, this.threadTo);
  }

  /** Finds the pieces of the record from `at` to `to`; false if it is not of the form that has them. */
  find(
    bytes: Buffer,
    at: number,
    to: number,
    traces: Traces,
    isInnocent: (thread: string) => boolean,
  ): boolean {
    if (to - at > LONGEST_RECORD || !hasStamp(bytes, at)) return false;
    this.bytes = bytes;
    this.at = at;
    this.to = to;
    this.lineEnd = bytes.indexOf(LF, at);
    this.trace = this.lineEnd + 1 < to ? traces.find(bytes, this.lineEnd + 1, to) : null;
    this.traceFrom = this.trace === null ? to : this.lineEnd + 1;
    this.#findThread();
    if (this.threadFrom < this.threadTo && !isInnocent(this.thread)) this.threadTo = this.threadFrom;
    return this.#findIds();
  }

  /** Of the wording: equal for equal ones. */
  get hash(): number {
    return this.#hashOf(STRIDE);
  }

  /** The same of every byte: seldom equal for others. */
  get sum(): number {
    return this.#hashOf(1);
  }

  #hashOf(stride: number): number {
    let hash = this.trace === null ? 1 : 2;
    let from = this.at + STAMP_LENGTH;
    hash = this.#hashed(hash, from, this.threadFrom, stride);
    from = this.threadTo;
    for (const id of this.ids) {
      hash = this.#hashed(hash, from, id, stride);
      from = id + ID_LENGTH;
    }
    return this.#hashed(hash, from, this.traceFrom, stride) >>> 0;
  }

  #hashed(seed: number, from: number, to: number, stride: number): number {
    const { bytes } = this;
    let hash = Math.imul(seed, 31) + to - from;
    for (let at = from; at < to; at += stride) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    return hash;
  }

  /** ` LEVEL [category] (thread) `, as WildFly prints it; in a category that is a name no sentence and no field begins. */
  #findThread(): void {
    const { bytes, lineEnd } = this;
    let at = this.at + STAMP_LENGTH;
    this.threadFrom = at;
    this.threadTo = at;
    while (bytes[at] === BLANK) at += 1;
    while (isCapital(bytes[at])) at += 1;
    while (bytes[at] === BLANK) at += 1;
    if (bytes[at] !== BRACKET) return;
    at += 1;
    while (isOfName(bytes[at])) at += 1;
    if (bytes[at] !== BRACKET_END || bytes[at + 1] !== BLANK || bytes[at + 2] !== OPEN) return;
    const from = at + 3;
    if (from - this.at > LONGEST_HEAD) return;
    const limit = Math.min(from + LONGEST_THREAD, lineEnd);
    at = from;
    while (at < limit && isOfThread(bytes[at])) at += 1;
    if (bytes[at] !== CLOSE || bytes[at + 1] !== BLANK) return;
    if (bytes[at + 2] === BRACKET && !isTag(bytes, at + 3)) return;
    this.threadFrom = from;
    this.threadTo = at;
  }

  /** False if there are too many. */
  #findIds(): boolean {
    const { bytes, ids, traceFrom } = this;
    ids.length = 0;
    const part = bytes.subarray(this.threadTo, traceFrom);
    for (let at = 0; part.length - at > ID_MARK.length + ID_LENGTH; ) {
      const mark = part.indexOf(ID_MARK, at);
      if (mark < 0) return true;
      at = mark + ID_MARK.length;
      const id = this.threadTo + at;
      if (!isId(bytes, id, traceFrom)) continue;
      if (ids.length === MOST_IDS) return false;
      ids.push(id);
      at += ID_LENGTH;
    }
    return true;
  }
}

/** Whether it is a date and a time is known already; here its form matters. */
function hasStamp(bytes: Buffer, at: number): boolean {
  const mark = bytes[at + FRACTION_AT];
  return (
    bytes[at + 4] === DASH &&
    (mark === COMMA || mark === STOP) &&
    isDigit(bytes[at + FRACTION_AT + 1]) &&
    isDigit(bytes[at + FRACTION_AT + 2]) &&
    isDigit(bytes[at + FRACTION_AT + 3]) &&
    bytes[at + STAMP_LENGTH] === BLANK
  );
}

/** Closed by a semicolon, a comma or a parenthesis; its last part is not all digits, as an account number is. */
function isId(bytes: Buffer, at: number, limit: number): boolean {
  if (at + ID_LENGTH >= limit) return false;
  let hasLetter = false;
  for (let place = 0; place < ID_LENGTH; place += 1) {
    const code = bytes[at + place];
    if (place === 8 || place === 13 || place === 18 || place === 23) {
      if (code !== DASH) return false;
    } else if (isHexLetter(code)) hasLetter ||= place > 23;
    else if (!isDigit(code)) return false;
  }
  const next = bytes[at + ID_LENGTH];
  return hasLetter && (next === SEMICOLON || next === COMMA || next === CLOSE);
}

/** Whether one that begins before `at` ends soon. */
function isTag(bytes: Buffer, at: number): boolean {
  const end = bytes.indexOf(BRACKET_END, at);
  return end >= 0 && end - at <= LONGEST_TAG;
}

function isDigit(code = 0): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isHexLetter(code = 0): boolean {
  return code >= 0x61 && code <= 0x66;
}

function isCapital(code = 0): boolean {
  return code >= 0x41 && code <= 0x5a;
}

function isOfWord(code = 0): boolean {
  return isCapital(code) || (code >= 0x61 && code <= 0x7a) || isDigit(code);
}

function isOfThread(code = 0): boolean {
  return isOfWord(code) || code === BLANK || code === DASH || code === UNDERSCORE;
}

function isOfName(code = 0): boolean {
  return isOfWord(code) || code === STOP || code === DASH || code === UNDERSCORE || code === DOLLAR;
}
