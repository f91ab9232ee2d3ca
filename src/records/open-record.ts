// A record under construction: keeps the lines within the limits, counts the rest.
import type { LineStart } from './lines.ts';
import type { Header, Line, LogRecord, Position, RecordLimits } from './record.ts';
import { isBlank, patternText, trimBlankEnd } from './text.ts';

/** A JSON formatter's object among the lines of a record. */
interface ObjectLines {
  /** How many of the kept lines it took. */
  readonly count: number;
  /** Its text in the pattern formatter's form. */
  readonly text: string;
}

export class OpenRecord {
  readonly #limits: RecordLimits;
  #first: Line;
  readonly #kept: string[] = [];
  #bytes = 0;
  #endLine: number;
  #truncated = false;
  #header: Header | null;
  #object: ObjectLines | null = null;

  /** `header` may be unknown as yet: see `becomeObject`. */
  constructor(first: Line, header: Header | null, limits: RecordLimits) {
    this.#first = first;
    this.#header = header;
    this.#limits = limits;
    this.#endLine = first.number;
    this.add(first);
  }

  copy(): OpenRecord {
    const copy = new OpenRecord(this.#first, this.#header, this.#limits);
    copy.#kept.splice(0, 1, ...this.#kept);
    copy.#bytes = this.#bytes;
    copy.#endLine = this.#endLine;
    copy.#truncated = this.#truncated;
    copy.#object = this.#object;
    return copy;
  }

  /** Number and offset of its first line. */
  get start(): LineStart {
    return { line: this.#first.number, offset: this.#first.offset };
  }

  /** `null` while it is unknown. */
  get header(): Header | null {
    return this.#header;
  }

  /** Whether it is over the limits, so that nothing more is kept of it. */
  get isTruncated(): boolean {
    return this.#truncated;
  }

  /** The lines kept so far, joined by LF; latin1. */
  get raw(): string {
    return this.#kept.join('\n');
  }

  /** The number of the first line, where it was not known before. */
  setLine(number: number): void {
    this.#first = { ...this.#first, number };
    this.#endLine = number;
  }

  add(line: Line): void {
    const blank = !line.cut && isBlank(line.text);
    if (!blank) this.#endLine = line.number;
    if (this.#truncated) return;
    const room = this.#limits.maxBytes - this.#bytes;
    if (this.#kept.length >= this.#limits.maxLines || room <= 0) {
      // Blank lines beyond the limits hold nothing that was lost.
      this.#truncated = !blank;
      return;
    }
    this.#kept.push(line.text.length > room ? line.text.slice(0, room) : line.text);
    this.#bytes += line.text.length + 1;
    this.#truncated = line.cut || line.text.length > room;
  }

  /** Declares that the lines so far are one JSON object. */
  becomeObject(header: Header, text: string): void {
    this.#header = header;
    this.#object = { count: this.#kept.length, text };
  }

  /** Closes the record at the offset where the next header, or the input's end, stands; `null` without a header. */
  close(end: number): LogRecord | null {
    if (this.#header === null) return null;
    const { number: line, offset } = this.#first;
    const position = { line, endLine: this.#endLine, offset, bytes: end - offset };
    return new FramedRecord(this.#header, position, this.#truncated, this.#kept, this.#object);
  }
}

/** A class, so that the texts most records are never asked for cost nothing but a getter. */
class FramedRecord implements LogRecord {
  readonly header: Header;
  readonly position: Position;
  readonly truncated: boolean;
  readonly #lines: readonly string[];
  readonly #object: ObjectLines | null;
  #text: string | null = null;

  constructor(
    header: Header,
    position: Position,
    truncated: boolean,
    lines: readonly string[],
    object: ObjectLines | null,
  ) {
    this.header = header;
    this.position = position;
    this.truncated = truncated;
    this.#lines = lines;
    this.#object = object;
  }

  get headerLine(): string {
    // The first line of a pretty-printed object is a bare brace: the object itself tells it from others.
    return this.#lines.slice(0, this.#object?.count ?? 1).join('\n');
  }

  get raw(): string {
    return this.#lines.length === 1 ? (this.#lines[0] ?? '') : this.#lines.join('\n');
  }

  get text(): string {
    this.#text ??= this.#object === null ? patternText(this.raw) : objectText(this.#object, this.#lines);
    return this.#text;
  }
}

/** The object's own text and whatever was printed behind it. */
function objectText({ count, text }: ObjectLines, lines: readonly string[]): string {
  if (lines.length === count) return text;
  return trimBlankEnd(`${text}\n${patternText(lines.slice(count).join('\n'))}`);
}
