// The level of a header, read from bytes: most records are passed over by it alone, so nothing is decoded. Knows the common
// forms only, and those exactly; of any other line it says nothing.
import { LEVELS, type Level } from './record.ts';

const BLANK = 0x20;
const ZERO = 0x30;
const COLON = 0x3a;
const DASH = 0x2d;
const T = 0x54;
/** `yyyy-MM-dd `. */
const DATE = 11;
const CLOCK = 8;
/** Behind more of them, whether a header is one depends on how much of its line is kept. */
const MOST_BLANKS = 64;

/** By their first two letters; those that share them are told apart by the letters that follow. */
const BY_BEGINNING = new Map<number, readonly Level[]>();
for (const level of LEVELS) {
  const key = level.charCodeAt(0) * 256 + level.charCodeAt(1);
  BY_BEGINNING.set(key, [...(BY_BEGINNING.get(key) ?? []), level]);
}

/** The level of the header at `at`, if a date and a time, or a time, and a level in front of a blank stand there. */
export function levelAt(bytes: Uint8Array, at: number, end: number): Level | null {
  const clock = hasDate(bytes, at) ? at + DATE : at;
  if (!hasClock(bytes, clock)) return null;
  let next = clock + CLOCK;
  const mark = bytes[next];
  if (mark === 0x2c || mark === 0x2e) {
    const fraction = next + 1;
    next = fraction;
    while (isDigit(bytes, next)) next += 1;
    if (next === fraction || next > fraction + 9) return null;
  }
  const blank = next;
  while (bytes[next] === BLANK && next < blank + MOST_BLANKS) next += 1;
  return next === blank ? null : levelWord(bytes, next, end);
}

function levelWord(bytes: Uint8Array, at: number, end: number): Level | null {
  const levels = BY_BEGINNING.get((bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0));
  if (levels === undefined) return null;
  for (const level of levels) {
    let length = 2;
    while (length < level.length && bytes[at + length] === level.charCodeAt(length)) length += 1;
    if (length === level.length && bytes[at + length] === BLANK && at + length < end) return level;
  }
  return null;
}

function hasDate(bytes: Uint8Array, at: number): boolean {
  const separator = bytes[at + 10];
  return (
    bytes[at + 4] === DASH &&
    bytes[at + 7] === DASH &&
    (separator === BLANK || separator === T) &&
    isDigit(bytes, at) &&
    isDigit(bytes, at + 1) &&
    isDigit(bytes, at + 2) &&
    isDigit(bytes, at + 3) &&
    isBetween(bytes, at + 5, 1, 12) &&
    isBetween(bytes, at + 8, 1, 31)
  );
}

function hasClock(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at + 2] === COLON &&
    bytes[at + 5] === COLON &&
    isBetween(bytes, at, 0, 23) &&
    isBetween(bytes, at + 3, 0, 59) &&
    isBetween(bytes, at + 6, 0, 59)
  );
}

function isBetween(bytes: Uint8Array, at: number, least: number, most: number): boolean {
  if (!isDigit(bytes, at) || !isDigit(bytes, at + 1)) return false;
  const value = ((bytes[at] ?? 0) - ZERO) * 10 + (bytes[at + 1] ?? 0) - ZERO;
  return value >= least && value <= most;
}

function isDigit(bytes: Uint8Array, at: number): boolean {
  const digit = (bytes[at] ?? 0) - ZERO;
  return digit >= 0 && digit <= 9;
}
