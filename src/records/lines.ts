// Chunks of bytes -> physical lines with exact byte offsets. Lines that are whole in a chunk are cut at once; those that go on
// from chunk to chunk are put together by split2, before which stands what split2 cannot do: a bound on the length of a line,
// and offsets in bytes (it is fed latin1, one character a byte). Memory is bounded by the longest line kept plus one chunk,
// however long a line is.
import type { Line } from './record.ts';
import { openSplitter } from './split.ts';

const LF = 0x0a;
const BYTE_ORDER_MARK = '\xef\xbb\xbf';

/** Chunks are looked at in slices of this size: longer strings are old before they are used, and cost memory. */
export const SLICE = 64 * 1024;

/** Where in a log its reading begins: the number of the line that starts at the offset. */
export interface LineStart {
  readonly line: number;
  readonly offset: number;
}

/** Cuts slices of bytes into lines; `push` and `end` return the lines that became complete. */
export class LineSplitter {
  readonly #maxLength: number;
  /** A byte-order mark goes away later and must not cost the line its end. */
  readonly #longest: number;
  /** The beginning of the unfinished line, at most `maxLength` characters. */
  #held = '';
  /** NUL bytes that lead the unfinished line and are not in `#held`. */
  #heldNuls = 0;
  /** Bytes of the unfinished line that were dropped behind `#held`. */
  #dropped = 0;
  #lineNumber: number;
  #offset: number;
  #lines: Line[] = [];
  #splitter: ReturnType<typeof openSplitter> | null = null;

  constructor(maxLength: number, { line, offset }: LineStart = { line: 1, offset: 0 }) {
    this.#maxLength = maxLength;
    this.#longest = maxLength + BYTE_ORDER_MARK.length;
    this.#lineNumber = line;
    this.#offset = offset;
  }

  /** The unfinished line as it would be if nothing more came; `null` if there is none. */
  peek(): Line | null {
    return this.#isBetweenLines() ? null : this.#lineOf(this.#held, 0);
  }

  /** Where the unfinished line begins, or the next one. */
  get place(): LineStart {
    return { line: this.#lineNumber, offset: this.#offset };
  }

  push(slice: Buffer): readonly Line[] {
    const last = slice.lastIndexOf(LF);
    if (last >= 0) this.#cut(slice.toString('latin1', 0, last + 1));
    if (last < 0 && this.#isFull()) this.#dropped += slice.length;
    else this.#hold(slice.toString('latin1', last + 1));
    return this.#flushed();
  }

  end(): readonly Line[] {
    const last = this.peek();
    if (last !== null) this.#add(last);
    this.#splitter?.destroy();
    return this.#flushed();
  }

  /** Complete lines, the first of which may have begun before: split2 searches what it carries anew with every chunk. */
  #cut(text: string): void {
    if (this.#isBetweenLines()) {
      for (const line of linesIn(text, this.place, this.#maxLength)) this.#add(line);
      return;
    }
    this.#splitter ??= openSplitter((line) => this.#add(this.#lineOf(line, 1)));
    this.#splitter.write(this.#held + text);
  }

  #hold(piece: string): void {
    let rest = piece;
    if (this.#held === '') {
      const nuls = leadingNuls(rest);
      this.#heldNuls += nuls;
      rest = rest.slice(nuls);
    }
    const room = this.#longest - this.#held.length;
    this.#held += rest.slice(0, room);
    this.#dropped += Math.max(0, rest.length - room);
  }

  #isFull(): boolean {
    return this.#held.length >= this.#longest;
  }

  #isBetweenLines(): boolean {
    return this.#held === '' && this.#heldNuls === 0 && this.#dropped === 0;
  }

  #add(line: Line): void {
    this.#lines.push(line);
    this.#lineNumber += 1;
    this.#offset = line.end;
    this.#held = '';
    this.#heldNuls = 0;
    this.#dropped = 0;
  }

  #lineOf(line: string, terminator: number): Line {
    const length = this.#heldNuls + line.length + this.#dropped;
    const place = { number: this.#lineNumber, offset: this.#offset, end: this.#offset + length + terminator };
    return lineFrom(line, place, this.#maxLength, { nuls: this.#heldNuls, dropped: this.#dropped });
  }

  #flushed(): readonly Line[] {
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }
}

/** Where a line stands; `offset` is that of its first byte, whatever it is. */
interface LinePlace {
  readonly number: number;
  readonly offset: number;
  readonly end: number;
}

/** The complete lines of a text: what is left behind the last one is none. */
export function linesIn(text: string, { line, offset }: LineStart, maxLength: number): readonly Line[] {
  const lines: Line[] = [];
  let at = 0;
  let number = line;
  for (let end = text.indexOf('\n') + 1; end > 0; end = text.indexOf('\n', at) + 1) {
    const place = { number, offset: offset + at, end: offset + end };
    lines.push(lineFrom(text.slice(at, end - 1), place, maxLength));
    at = end;
    number += 1;
  }
  return lines;
}

const NOTHING_LEFT_OUT = { nuls: 0, dropped: 0 };

/** The line of these characters. `leftOut`: NUL bytes before them and bytes behind them that are not among them. */
export function lineFrom(
  characters: string,
  { number, offset, end }: LinePlace,
  maxLength: number,
  leftOut: { readonly nuls: number; readonly dropped: number } = NOTHING_LEFT_OUT,
): Line {
  // Behind a held beginning the first character is no NUL, so the count goes on exactly where it stopped.
  const nuls = leadingNuls(characters);
  let text = nuls > 0 ? characters.slice(nuls) : characters;
  let lead = leftOut.nuls + nuls;
  // In the middle of a file too, where copies of logs were joined.
  if (lead === 0 && text.startsWith(BYTE_ORDER_MARK)) {
    text = text.slice(BYTE_ORDER_MARK.length);
    lead = BYTE_ORDER_MARK.length;
  }
  const cut = leftOut.dropped > 0 || text.length > maxLength;
  if (cut) text = text.slice(0, maxLength);
  else if (text.endsWith('\r')) text = text.slice(0, -1);
  return { number, offset: offset + lead, end, text, cut };
}

function leadingNuls(text: string): number {
  let count = 0;
  while (count < text.length && text.charCodeAt(count) === 0) count += 1;
  return count;
}

/** The lines of a byte stream, in batches of at most 64 KiB. Each line keeps at most `maxLength` bytes. */
export async function* splitLines(
  chunks: AsyncIterable<Buffer>,
  maxLength: number,
): AsyncGenerator<readonly Line[]> {
  const splitter = new LineSplitter(maxLength);
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += SLICE) yield splitter.push(chunk.subarray(at, at + SLICE));
  }
  yield splitter.end();
}
