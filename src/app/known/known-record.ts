// A record of a wording that is known: what was found of it so far, in raw bytes. Good until the next one is asked for.

import type { Header, LogRecord, Position, RecordLimits } from '../../records/record.ts';
import { wholeRecord } from '../../records/whole-record.ts';
import { type Pieces, STAMP_LENGTH } from './pieces.ts';
import type { Lesson, Wording } from './wording.ts';

const CR = 0x0d;
const DATE_LENGTH = 10;

/** By a mark: the class may be there more than once, in parts of the program that are loaded by themselves. */
export function isKnown(record: object): record is KnownRecord {
  return 'isKnown' in record;
}

export class KnownRecord {
  readonly isKnown = true;
  readonly position: Position;
  readonly pieces: Pieces;
  readonly wording: Wording;
  readonly lesson: Lesson;

  constructor(pieces: Pieces, wording: Wording, lesson: Lesson, offset: number, line: number) {
    const traceLines = pieces.trace?.lines ?? 0;
    this.position = {
      line,
      endLine: line + lesson.lastLine + traceLines,
      offset,
      bytes: pieces.to - pieces.at,
    };
    this.pieces = pieces;
    this.wording = wording;
    this.lesson = lesson;
  }

  get thread(): string | null {
    return this.pieces.thread ?? this.lesson.thread;
  }

  get headerLine(): string {
    const { bytes, at, lineEnd } = this.pieces;
    return bytes.toString('latin1', at, bytes[lineEnd - 1] === CR ? lineEnd - 1 : lineEnd);
  }

  get timestamp(): NonNullable<Header['timestamp']> {
    const { bytes, at } = this.pieces;
    const time = bytes.toString('latin1', at + DATE_LENGTH + 1, at + STAMP_LENGTH).replace(',', '.');
    return { date: bytes.toString('latin1', at, at + DATE_LENGTH), time, zone: null };
  }

  /** The record as everybody else gets it. */
  decoded(limits: RecordLimits): LogRecord {
    const { bytes, at, to } = this.pieces;
    const { line, offset } = this.position;
    const record = wholeRecord(bytes.toString('latin1', at, to), { line, offset }, limits);
    if (record === null) throw new Error(`no record begins at ${offset} any more`);
    return record;
  }
}
