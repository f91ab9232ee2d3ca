// AssemblyScript. The pieces in which records that say the same thing differ: the time of the header, the thread's name,
// request ids, and the stack frames at the end. Knows nothing of what they mean, but takes only pieces of a form, and in
// surroundings, that src/app/known/innocence.ts speaks for.
import { placeOf } from './bytes';

const LF: u8 = 0x0a;
const CR: u8 = 0x0d;
const BLANK: u8 = 0x20;
const OPEN: u8 = 0x28;
const CLOSE: u8 = 0x29;
const COMMA: u8 = 0x2c;
const DASH: u8 = 0x2d;
const STOP: u8 = 0x2e;
const DOLLAR: u8 = 0x24;
const UNDERSCORE: u8 = 0x5f;
const SEMICOLON: u8 = 0x3b;
const BRACKET: u8 = 0x5b;
const BRACKET_END: u8 = 0x5d;

/** `yyyy-MM-dd HH:mm:ss,SSS`, and nothing else. */
export const STAMP_LENGTH: u32 = 23;
const FRACTION_AT: u32 = 19;
/** `8-4-4-4-12`, in small letters. */
export const ID_LENGTH: u32 = 36;
const LAST_PART: u32 = 12;
const MARK_LENGTH: u32 = 12;
const MOST_IDS: u32 = 4;
const LONGEST_TAG: u32 = 120;
/** From the time to the thread. More is read of a header, however long its thread is, and the tag behind it. */
const LONGEST_HEAD: u32 = 400;
const LONGEST_THREAD: u32 = 60;

/** Addresses. The record, and the end of its first line, without the line feed. */
export let at: u32 = 0;
export let to: u32 = 0;
export let lineEnd: u32 = 0;
/** Equal where the thread is no piece. */
export let threadFrom: u32 = 0;
export let threadTo: u32 = 0;
/** Where the trace begins, with its first line; `to` where it is no piece. */
export let traceFrom: u32 = 0;
export let idCount: u32 = 0;
let id0: u32 = 0;
let id1: u32 = 0;
let id2: u32 = 0;
let id3: u32 = 0;

export function idAt(number: u32): u32 {
  if (number === 0) return id0;
  if (number === 1) return id1;
  return number === 2 ? id2 : id3;
}

function addId(id: u32): void {
  if (idCount === 0) id0 = id;
  else if (idCount === 1) id1 = id;
  else if (idCount === 2) id2 = id;
  else id3 = id;
  idCount++;
}

/** False if it is not of the form that has pieces. */
export function beginRecord(from: u32, end: u32): bool {
  at = from;
  to = end;
  if (end - from <= STAMP_LENGTH || !hasStamp(from)) return false;
  lineEnd = placeOf(LF, from, end);
  traceFrom = end;
  return lineEnd < end;
}

/** The end of its first line, without what ends a line. */
export function headerEnd(): u32 {
  return load<u8>(lineEnd - 1) === CR ? lineEnd - 1 : lineEnd;
}

export function setTrace(from: u32): void {
  traceFrom = from;
}

export function dropThread(): void {
  threadTo = threadFrom;
}

/** ` LEVEL [category] (thread) `, as WildFly prints it; in a category that is a name no sentence and no field begins. */
export function findThread(): void {
  let place = at + STAMP_LENGTH;
  threadFrom = place;
  threadTo = place;
  while (load<u8>(place) === BLANK) place++;
  while (isCapital(load<u8>(place))) place++;
  while (load<u8>(place) === BLANK) place++;
  if (load<u8>(place) !== BRACKET) return;
  place++;
  while (isOfName(load<u8>(place))) place++;
  if (load<u8>(place) !== BRACKET_END || load<u8>(place, 1) !== BLANK || load<u8>(place, 2) !== OPEN) return;
  const from = place + 3;
  if (from - at > LONGEST_HEAD) return;
  const limit = min(from + LONGEST_THREAD, lineEnd);
  place = from;
  while (place < limit && isOfThread(load<u8>(place))) place++;
  if (load<u8>(place) !== CLOSE || load<u8>(place, 1) !== BLANK) return;
  if (load<u8>(place, 2) === BRACKET && !isTag(place + 3)) return;
  threadFrom = from;
  threadTo = place;
}

/** `Request ID: ` and an id. False if there are too many. */
export function findIds(): bool {
  idCount = 0;
  const capital = i8x16.splat(0x52);
  const third = i8x16.splat(0x71);
  // Behind a mark and an id something follows.
  let next = threadTo;
  for (let block = threadTo; block + MARK_LENGTH + ID_LENGTH < traceFrom; block += 16) {
    let bits = i8x16.bitmask(
      v128.and(i8x16.eq(v128.load(block), capital), i8x16.eq(v128.load(block + 2), third)),
    );
    for (; bits !== 0; bits &= bits - 1) {
      const mark = block + ctz(bits);
      const id = mark + MARK_LENGTH;
      if (mark < next || id + ID_LENGTH >= traceFrom || !isMark(mark)) continue;
      next = id;
      if (!isId(id)) continue;
      if (idCount === MOST_IDS) return false;
      addId(id);
      next = id + ID_LENGTH;
    }
  }
  return true;
}

/** `Request ID: `. */
function isMark(place: u32): bool {
  return (
    load<u32>(place) === 0x75716552 &&
    load<u32>(place, 4) === 0x20747365 &&
    load<u32>(place, 8) === 0x203a4449
  );
}

/** Whether it is a date and a time is known already; here its form matters. */
function hasStamp(place: u32): bool {
  const mark = load<u8>(place + FRACTION_AT);
  return (
    load<u8>(place, 4) === DASH &&
    (mark === COMMA || mark === STOP) &&
    isDigit(load<u8>(place + FRACTION_AT, 1)) &&
    isDigit(load<u8>(place + FRACTION_AT, 2)) &&
    isDigit(load<u8>(place + FRACTION_AT, 3)) &&
    load<u8>(place + STAMP_LENGTH) === BLANK
  );
}

/** Closed by a semicolon, a comma or a parenthesis; its last part is not all digits, as an account number is. */
function isId(id: u32): bool {
  for (let place: u32 = 0; place < ID_LENGTH; place++) {
    const code = load<u8>(id + place);
    const isOfForm = isDash(place) ? code === DASH : isDigit(code) || isHexLetter(code);
    if (!isOfForm) return false;
  }
  let place = id + ID_LENGTH - LAST_PART;
  while (isDigit(load<u8>(place))) place++;
  const behind = load<u8>(id + ID_LENGTH);
  return place < id + ID_LENGTH && (behind === SEMICOLON || behind === COMMA || behind === CLOSE);
}

function isDash(place: u32): bool {
  return place === 8 || place === 13 || place === 18 || place === 23;
}

function isHexLetter(code: u8): bool {
  return code >= 0x61 && code <= 0x66;
}

/** Whether one that begins before `place` ends soon, in the same line. */
function isTag(place: u32): bool {
  return placeOf(BRACKET_END, place, lineEnd) < min(lineEnd, place + LONGEST_TAG + 1);
}

function isDigit(code: u8): bool {
  return code >= 0x30 && code <= 0x39;
}

function isCapital(code: u8): bool {
  return code >= 0x41 && code <= 0x5a;
}

function isOfWord(code: u8): bool {
  return isCapital(code) || (code >= 0x61 && code <= 0x7a) || isDigit(code);
}

function isOfThread(code: u8): bool {
  return isOfWord(code) || code === BLANK || code === DASH || code === UNDERSCORE;
}

function isOfName(code: u8): bool {
  return isOfWord(code) || code === STOP || code === DASH || code === UNDERSCORE || code === DOLLAR;
}
