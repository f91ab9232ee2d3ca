// Fills templates with the pieces of records.
import type { Finding } from '../../findings/finding.ts';
import { writeLineNumbers } from '../../findings/finding-lines.ts';
import { OccurrenceIds, occurrenceIdOf } from '../../findings/identity.ts';
import { copyBytes, writeAscii, writeNumber } from '../../lib/ascii.ts';
import type { KnownRecord } from './known-record.ts';
import { ID_LENGTH, STAMP_LENGTH } from './pieces.ts';
import type { Gap, Template } from './template.ts';

const BRACE_END = 0x7d;
const TIME_MARK = 0x54;
const STOP = 0x2e;
const TIME_AT = 10;
const FRACTION_AT = 19;

export class Filler {
  readonly #host: string;
  readonly #ids: OccurrenceIds;
  #scratch = Buffer.alloc(0);
  numbersFrom = 0;
  numbersTo = 0;

  constructor(host: string) {
    this.#host = host;
    this.#ids = new OccurrenceIds(host);
  }

  idOf(record: KnownRecord): string {
    const { pieces, lesson, position } = record;
    const id = lesson.isPlain
      ? this.#ids.of(pieces.bytes, pieces.at, record.headerEnd, position.offset)
      : null;
    return id ?? occurrenceIdOf(this.#host, record.headerLine, position.offset);
  }

  /** More bytes than the finding takes; `null` where its text would have to be cut before its trace. */
  sizeOf(template: Template, { pieces }: KnownRecord): number | null {
    if (pieces.trace === null) return template.size;
    const shown = pieces.trace.shown(template.room(pieces.threadTo - pieces.threadFrom));
    return shown === null ? null : template.size + shown.length;
  }

  /** Writes all of it but the advice and the last brace to `target`, and yields where it ends. `time`: `null` as it is printed. */
  fill(
    target: Buffer,
    start: number,
    template: Template,
    record: KnownRecord,
    id: string,
    time: string | null,
  ): number {
    const { texts, gaps } = template;
    let at = start;
    for (let part = 0; part < texts.length; part += 1) {
      const text = texts[part];
      if (text !== undefined) at = copyBytes(text, 0, text.length, target, at);
      const gap = gaps[part];
      if (gap === 'id') at = writeAscii(target, at, id);
      else if (gap === 'time') at = this.#writeTime(target, at, record, time);
      else if (gap === 'place') at = this.#writePlace(target, at, record);
      else if (gap !== undefined) at = fillPiece(target, at, gap, template, record);
    }
    return at;
  }

  #writeTime(target: Buffer, at: number, { pieces }: KnownRecord, time: string | null): number {
    if (time !== null) return at + target.write(time, at);
    const end = copyBytes(pieces.bytes, pieces.at, pieces.at + STAMP_LENGTH, target, at);
    target[at + TIME_AT] = TIME_MARK;
    target[at + FRACTION_AT] = STOP;
    return end;
  }

  #writePlace(target: Buffer, start: number, { position }: KnownRecord): number {
    this.numbersFrom = start;
    this.numbersTo = writeLineNumbers(target, start, position.line, position.endLine);
    let at = writeAscii(target, this.numbersTo, ',"offset":');
    at = writeNumber(target, at, position.offset);
    at = writeAscii(target, at, ',"bytes":');
    return writeNumber(target, at, position.bytes);
  }

  /** As an object; `size` as `sizeOf` yields it. */
  finding(template: Template, size: number, record: KnownRecord, id: string, time: string | null): Finding {
    if (this.#scratch.length < size) this.#scratch = Buffer.alloc(size * 2);
    const end = this.fill(this.#scratch, 0, template, record, id, time);
    this.#scratch[end] = BRACE_END;
    const finding: Finding = JSON.parse(this.#scratch.toString('utf8', 0, end + 1));
    return template.advice === null ? finding : Object.assign(finding, { advice: template.advice });
  }
}

/** Those that stand in the record as they are shown. */
function fillPiece(
  target: Buffer,
  at: number,
  gap: Exclude<Gap, 'id' | 'time' | 'place'>,
  template: Template,
  { pieces, headerEnd }: KnownRecord,
): number {
  const { bytes, at: from, threadFrom, threadTo } = pieces;
  switch (gap) {
    case 'line':
      return copyBytes(bytes, from, headerEnd, target, at);
    case 'stamp':
      return copyBytes(bytes, from, from + STAMP_LENGTH, target, at);
    case 'thread':
      return copyBytes(bytes, threadFrom, threadTo, target, at);
    case 'trace': {
      const shown = pieces.trace?.shown(template.room(threadTo - threadFrom));
      return shown ? copyBytes(shown, 0, shown.length, target, at) : at;
    }
    default: {
      const id = pieces.ids[gap] ?? 0;
      return copyBytes(bytes, id, id + ID_LENGTH, target, at);
    }
  }
}
