// YAML as most people write it, read in a fraction of the time that the library takes to load. Whatever is not plain is the
// library's, and so is whatever is wrong: this knows no error. A property test holds it to what the library reads.
import { beginsBlock, blockText } from './plain-block.ts';
import { isOddKey, readFlow, readScalar } from './plain-flow.ts';

const NOT_PLAIN = new Error('not plain');
/** Without returns, marks and what else does not print. */
const TEXT = /^(?:[\t\n -~\u00a0-\u1fff\u2010-\u2027\u2030-\ud7ff]*\n)?$/;
const KEY = /^([A-Za-z_][A-Za-z0-9_-]{0,60}):(?: +(?=\S)| *$)/;
const COMMENT = /^ *(?:#|$)/;
const MAX_DEPTH = 20;

/** The value of a text; `undefined` where that is not plain to see. */
export function readPlain(text: string): unknown {
  if (!TEXT.test(text)) return undefined;
  const reader = new PlainReader(text.split('\n'));
  try {
    return reader.read();
  } catch (error) {
    if (error === NOT_PLAIN) return undefined;
    throw error;
  }
}

class PlainReader {
  readonly #lines: string[];
  #at = 0;
  #depth = 0;

  constructor(lines: string[]) {
    this.#lines = lines;
  }

  read(): unknown {
    const value = this.#skip() === 0 ? this.#mapping(0) : giveUp();
    return this.#skip() < 0 ? value : giveUp();
  }

  get #line(): string {
    return this.#lines[this.#at] ?? '';
  }

  /** Goes to the next line that says something, and yields how far in it begins; -1 at the end. */
  #skip(): number {
    while (this.#at < this.#lines.length && COMMENT.test(this.#line)) this.#at += 1;
    if (this.#line.includes('\t')) giveUp();
    return this.#at < this.#lines.length ? indentOf(this.#line) : -1;
  }

  #mapping(indent: number): Readonly<Record<string, unknown>> {
    const mapping: Record<string, unknown> = {};
    this.#deeper();
    do {
      const content = this.#line.slice(indent);
      const [start = '', key = ''] = KEY.exec(content) ?? [];
      if (key === '' || isOddKey(key) || Object.hasOwn(mapping, key)) giveUp();
      mapping[key] = this.#value(content.slice(start.length), indent, true);
    } while (this.#goesOn(indent));
    this.#depth -= 1;
    return mapping;
  }

  #sequence(indent: number): readonly unknown[] {
    const items: unknown[] = [];
    this.#deeper();
    do {
      const [dash = ''] = /^-(?: +(?=\S)| *$)/.exec(this.#line.slice(indent)) ?? [];
      const inner = indent + dash.length;
      const content = this.#line.slice(inner);
      if (dash === '') giveUp();
      if (KEY.test(content)) {
        // As if the mapping began on a line of its own.
        this.#lines[this.#at] = ' '.repeat(inner) + content;
        items.push(this.#mapping(inner));
      } else items.push(this.#value(content, indent, false));
    } while (this.#isItem(indent));
    this.#depth -= 1;
    return items;
  }

  /** What stands behind a key or a dash, and on the lines below. */
  #value(content: string, indent: number, isOfKey: boolean): unknown {
    this.#at += 1;
    if (content === '' || content.startsWith('#')) return this.#block(indent, isOfKey);
    if (beginsBlock(content)) {
      const block = blockText(this.#lines, this.#at, indent, content) ?? giveUp();
      this.#at = block.end;
      return block.text;
    }
    const value = /^[[{]/.test(content) ? readFlow(content) : readScalar(content);
    if (value === undefined) giveUp();
    return value;
  }

  #block(indent: number, isOfKey: boolean): unknown {
    const inner = this.#skip();
    const isItem = this.#line.charAt(inner) === '-';
    // The items of a key may stand right below it.
    if (inner > indent || (isOfKey && inner === indent && isItem))
      return isItem ? this.#sequence(inner) : this.#mapping(inner);
    return giveUp();
  }

  /** Whether the next line is one of this mapping; one farther in is none of anything. */
  #goesOn(indent: number): boolean {
    const next = this.#skip();
    return next > indent ? giveUp() : next === indent && this.#line.charAt(indent) !== '-';
  }

  #isItem(indent: number): boolean {
    const next = this.#skip();
    return next > indent ? giveUp() : next === indent && this.#line.charAt(indent) === '-';
  }

  #deeper(): void {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) giveUp();
  }
}

function giveUp(): never {
  throw NOT_PLAIN;
}

function indentOf(line: string): number {
  return line.search(/[^ ]|$/);
}
