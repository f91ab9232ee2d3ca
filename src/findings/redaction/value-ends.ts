// The end of a value, by the manner in which it is written: in quotes, in a tag, as a header, or bare.
import type { Key } from './keys.ts';
import { continued } from './lines.ts';
import { endOf, isAt } from './match.ts';
import { depthAt, type View } from './view.ts';

const LONGEST_TAG_VALUE = 8192;

/** A quote before one of these is part of the value. */
const GOES_ON = /[\w!@#$%^*?~-]/;
/** A quote that can only be the end of a JSON string. */
export const CLOSES_JSON = /"\s{0,8}(?:[}\]]+\s{0,8}(?:[,"]|$|[\r\n])|,\s{0,80}"|$)/y;
/** The next pair of a query, a map or a connection string, or the end of a list. */
const PAIR_FOLLOWS = /[,;&|][ \t]{0,8}(?:["']?[\w.:-]{1,64}["']?[ \t]{0,4}[:=]|["'\s)}\]]|$)/y;
const CLOSERS = /[)}\]>]{1,40}(?:["'`,;.:&<\s]|$)/y;
const WIRE_END = /\[[\r\n]\]/y;
/** Behind an escaped line end: the rest of the value, but neither a pair nor a word of a sentence. */
const AFTER_ESCAPED_LINE =
  /[\r\n\t]{1,4}(?!(?:at|[A-Z]?[a-z]{1,40}[,.]?|\.{3})[ \t]|[A-Za-z_][\w.-]{0,80}=+[^=\s])[\w+/%=.~!@#$^*?-]{1,8192}(?![\w+/%=.~!@#$^*?-]|[ \t]?:)/y;
const SEPARATOR = /[ \t]{0,8}(?:=>|[:=])[ \t]{0,8}(?=\S)/y;
/** Scheme and credentials, with nothing behind them. */
const SCHEME =
  /(?:Basic|Bearer|Negotiate|NTLM|Token|Api-?Key|JWT|AWS)[ \t]{1,8}[^\s"',;)}\]<>]{1,65536}(?=[ \t]{0,200}(?:["'](?!\w)|[\r\n,;)}\]<]|\[[\r\n]|$))/iy;
const BLANKS = /[ \t]{1,8}(?=[^\s])/y;
const MAP_PAIR = /,[ \t][\w-]{1,64}=/y;

const LINE_ENDS: ReadonlySet<string> = new Set(['\n', '\r', '\t']);
const BLANK = /\s/;
/** What may end a bare value, and whether it does. */
const ENDS: ReadonlyMap<string, RegExp> = new Map([
  ...[',', ';', '&', '|'].map((letter) => [letter, PAIR_FOLLOWS] as const),
  ...[')', '}', ']', '>'].map((letter) => [letter, CLOSERS] as const),
  ['[', WIRE_END] as const,
  ['<', /<\//y] as const,
]);

export function quotedEnd(view: View, quote: number): number {
  const { text } = view;
  for (let i = quote + 1; i < text.length; i += 1) {
    if (depthAt(view, i) > depthAt(view, quote)) continue;
    const letter = text.charAt(i);
    if (letter === '\n' || letter === '\r') return Math.max(continued(text, i), quote + 1);
    if (!isQuote(letter)) continue;
    if (isDoubled(text, quote, i)) i += 1;
    else if (closes(view, quote, i)) return i;
  }
  return text.length;
}

function closes(view: View, quote: number, at: number): boolean {
  const { text } = view;
  if (text.charAt(at) === '"' && isAt(CLOSES_JSON, text, at)) return true;
  if (text.charAt(at) !== text.charAt(quote)) return false;
  return depthAt(view, at) < depthAt(view, quote) || !GOES_ON.test(text.charAt(at + 1));
}

/** As SQL writes a quote inside a string. */
function isDoubled(text: string, quote: number, at: number): boolean {
  const mark = text.charAt(quote);
  return text.charAt(at) === mark && text.charAt(at + 1) === mark && GOES_ON.test(text.charAt(at + 2));
}

export function tagEnd(view: View, start: number, depth: number): number {
  const limit = Math.min(view.text.length, start + LONGEST_TAG_VALUE);
  for (let i = start; i < limit; i += 1) {
    if (view.text.charAt(i) === '<' && depthAt(view, i) <= depth) return trimmed(view.text, start, i);
  }
  return plainEnd(view, start, depth);
}

/** To the end of the line, because nobody can tell how the credentials of an unknown scheme end. */
export function headerEnd(view: View, start: number, key: Key): number {
  const { text } = view;
  const scheme = endOf(SCHEME, text, start);
  if (scheme > 0) return scheme;
  const isMap = !key.colon && !text.startsWith('Digest', start);
  for (let i = start; i < text.length; i += 1) {
    const letter = text.charAt(i);
    if (letter === '\r' || letter === '\n') return trimmed(text, start, i);
    if (isAt(WIRE_END, text, i) || (isMap && isMapEnd(text, i))) return i;
    if (letter !== '"' || depthAt(view, i) > key.depth) continue;
    // Only a parameter of the header opens a string of its own.
    if (text.charAt(i - 1) !== '=') return i;
    i = quotedEnd(view, i);
  }
  return text.length;
}

function isMapEnd(text: string, at: number): boolean {
  return isAt(MAP_PAIR, text, at) || isAt(CLOSERS, text, at);
}

/** Up to a blank, a quote, or what leads to the next pair. A chain (`token: password = …`) is one value. */
export function plainEnd(view: View, start: number, depth: number): number {
  const { text } = view;
  let link = start;
  for (let i = start; i < text.length; ) {
    const next = isQuote(text.charAt(i)) ? afterQuote(view, i, depth) : afterLetter(view, i, depth);
    if (next === i) {
      const chained = i > link ? endOf(isName(text, link, i) ? BLANKS : SEPARATOR, text, i) : 0;
      if (chained <= i) return i;
      link = chained;
    }
    i = Math.max(next, link);
  }
  return text.length;
}

/** Whether a piece of a value is itself a name with its separator: `password:`, `secret=`. */
function isName(text: string, start: number, end: number): boolean {
  const last = text.charAt(end - 1);
  if (last === ':') return true;
  return last === '=' && end - start < 80 && /pass|pwd|secret|token|key/i.test(text.slice(start, end));
}

/** Where a bare value goes on behind a quote; `at` if it ends there. */
function afterQuote(view: View, at: number, depth: number): number {
  const { text } = view;
  if (depthAt(view, at) > depth) return at + 1;
  if (/[=:]/.test(text.charAt(at - 1)) && !isAt(CLOSES_JSON, text, at)) {
    return Math.min(text.length, quotedEnd(view, at) + 1);
  }
  return GOES_ON.test(text.charAt(at + 1)) ? at + 1 : at;
}

function afterLetter(view: View, at: number, depth: number): number {
  const { text } = view;
  const letter = text.charAt(at);
  if (depthAt(view, at) > depth) return LINE_ENDS.has(letter) ? afterEscapedLine(text, at) : at + 1;
  if (BLANK.test(letter)) return at;
  const end = ENDS.get(letter);
  return end !== undefined && isAt(end, text, at) ? at : at + 1;
}

function afterEscapedLine(text: string, at: number): number {
  return endOf(AFTER_ESCAPED_LINE, text, at) || at;
}

function isQuote(letter: string): boolean {
  return letter === '"' || letter === "'" || letter === '`';
}

function trimmed(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text.charAt(at - 1))) at -= 1;
  return at;
}
