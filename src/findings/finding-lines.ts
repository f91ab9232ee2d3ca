// Findings as they are printed: lines of NDJSON, many at a time, in bytes.
import { copyBytes, writeAscii, writeNumber } from '../lib/ascii.ts';
import type { Severity } from './finding.ts';

export interface FindingLines {
  readonly type: 'lines';
  /** The beginning of a buffer of their own. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** `from`, `to`, `line` and `endLine` of each finding, one behind the other. */
  readonly places: readonly number[];
  /** How many findings of each code. */
  readonly codes: readonly (readonly [code: string, count: number])[];
  readonly gravest: Severity;
}

/** Whoever gets them gives them back, or keeps them; what was given back is written over. */
export interface LentLines extends FindingLines {
  giveBack(): void;
}

const BETWEEN_LINES = ',"endLine":';
/** Of a finding among `places`. */
const NUMBERS = 4;
/** More digits than a number of lines has. */
const DIGITS = 16;

/** What stands between the first digit of the one and the last of the other. */
export function lineNumbers(line: number, endLine: number): string {
  return `${line}${BETWEEN_LINES}${endLine}`;
}

/** The same in bytes; yields where it ends. */
function writeLineNumbers(target: Uint8Array, at: number, line: number, endLine: number): number {
  return writeNumber(target, writeAscii(target, writeNumber(target, at, line), BETWEEN_LINES), endLine);
}

/** How long they are at most where others come before. */
export function movedSize({ bytes, places }: FindingLines): number {
  return bytes.length + (places.length / NUMBERS) * 2 * DIGITS;
}

/** Makes of lines those of a log in which `by` others come before. `target` has room for them. */
export function moveLines(lines: FindingLines, by: number, target: Buffer<ArrayBuffer>): FindingLines {
  const { bytes, places } = lines;
  let read = 0;
  let written = 0;
  for (let at = 0; at < places.length; at += NUMBERS) {
    const from = places[at] ?? 0;
    written = copyBytes(bytes, read, from, target, written);
    const [line = 0, endLine = 0] = [places[at + 2], places[at + 3]];
    written = writeLineNumbers(target, written, line + by, endLine + by);
    read = places[at + 1] ?? 0;
  }
  target.set(bytes.subarray(read), written);
  return { ...lines, bytes: target.subarray(0, written + bytes.length - read), places: [] };
}
