// Where the value behind a secret's name stands. What ends it is escaped no deeper than what announced it: in
// `password=a%20b` the blank is part of the value, in `password%3Da%20b` it is not.
import type { Key } from './keys.ts';
import { continued } from './lines.ts';
import { endOf, isAt } from './match.ts';
import { CLOSES_JSON, headerEnd, plainEnd, quotedEnd, tagEnd } from './value-ends.ts';
import { MASKED, type View } from './view.ts';

/** Half-open, in positions of the view. */
interface Range {
  readonly start: number;
  readonly end: number;
}

interface Value {
  readonly ranges: readonly Range[];
  /** Where the search for names goes on. */
  readonly next: number;
}

const BLANKS = /[ \t]{0,200}/y;
/** A value that is all of the next line, or quoted there. */
const OWN_LINE =
  /(?:\r\n|\r|\n)[ \t]{0,200}(?=["'][^"'\r\n]{0,8192}["']|[^\s"']{1,8192}[ \t]{0,200}(?:[\r\n]|$))/y;
/** What stands on a line of its own and is no value: a pair, a header, an exception's class, the start of a dump. */
const NO_VALUE =
  /[A-Za-z_][\w.-]{0,80}=+[^=\s]|[a-z]\w{0,40}-[\w-]{0,80}:|(?:[a-z]\w{0,80}\.){1,12}[A-Z]\w{0,100}(?:Exception|Error|Throwable)\b|\S{1,200}:[\r\n]|[^\w\s]{1,40}(?:[\r\n]|$)/y;
/** A list or an object, with the name of its first member. */
const OPENING = /[[({](?:\s{0,8}["']?[\w.-]{1,64}["']?\s{0,8}:\s{0,8})?/y;
const NEXT_ITEM = /["'][ \t]{0,8},\s{0,80}(?=["'])/y;
const SIGV4 = /["'[]{0,2}AWS4-[A-Z0-9-]{1,40}[ \t]{1,8}Credential=/y;
const HARMLESS = /^(?:null|none|true|false|undefined|\*+|)$/i;
const KEY_ID = /^(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)(?:[A-Z0-9]{12,124}|…[A-Z0-9]{0,4})$/;

/** Names of errors and of the classes that log them; what follows is a sentence. */
const ERROR_CLASS = /(?:Exception|Error|Fault|Failure|Provider|Service|Client|Handler|Manager)$/;
const ERROR_CODE =
  /^(?:Expired|Invalid|Missing|Incomplete|Unrecognized|Malformed)[A-Z]|(?:Malformed|Mismatch|Required|DoesNotMatch|NotFound)$/;
const SENTENCE = /[ \t]+[A-Z][a-z']*,? [A-Za-z]/y;
const WORDS = /[ \t]+(?:["'([]|\S{1,200} +\S)/y;

export function valueBehind(view: View, key: Key): Value {
  const { text } = view;
  if (key.manner === 'tag') return single(view, key, key.value, tagEnd(view, key.value, key.depth));
  if (isError(text, key)) return { ranges: [], next: key.value };
  const start = valueStart(text, endOf(BLANKS, text, key.value));
  const opening = endOf(OPENING, text, start);
  const inner = endOf(BLANKS, text, opening || start);
  if (key.manner === 'header' && isAt(SIGV4, text, start)) return { ranges: [], next: start };
  if (isOpeningQuote(text, inner)) return quoted(view, inner, opening > 0);
  if (key.manner === 'header') return single(view, key, inner, headerEnd(view, inner, key));
  return single(view, key, inner, plainEnd(view, inner, key.depth));
}

/** On the next line, if there is nothing on this one and that one looks like it. */
function valueStart(text: string, at: number): number {
  const line = endOf(OWN_LINE, text, at);
  return line > 0 && !isAt(NO_VALUE, text, line) ? line : at;
}

function isOpeningQuote(text: string, at: number): boolean {
  const quote = text.charAt(at);
  return (quote === '"' || quote === "'" || quote === '`') && !isAt(CLOSES_JSON, text, at);
}

function isError(text: string, key: Key): boolean {
  if (!key.colon) return false;
  const name = key.name.slice(key.name.lastIndexOf('.') + 1);
  if (ERROR_CLASS.test(name)) return isAt(WORDS, text, key.value);
  return ERROR_CODE.test(name) && isAt(SENTENCE, text, key.value);
}

function single(view: View, key: Key, start: number, valueEnd: number): Value {
  const { text } = view;
  const value = text.slice(start, valueEnd);
  // Masked before, with everything that belonged to it: the next line is not looked at again.
  if (HARMLESS.test(value) || value === MASKED) return { ranges: [], next: valueEnd };
  if (/access[ _.-]?key/i.test(key.name) && KEY_ID.test(value)) return { ranges: [], next: valueEnd };
  const end = value.endsWith(MASKED) ? valueEnd : continued(text, valueEnd);
  return { ranges: [{ start, end }], next: end };
}

/** One quoted value, or all of a list of them. */
function quoted(view: View, quote: number, isList: boolean): Value {
  const ranges: Range[] = [];
  for (let at = quote; ; ) {
    const end = quotedEnd(view, at);
    if (!HARMLESS.test(view.text.slice(at + 1, end))) ranges.push({ start: at + 1, end });
    const next = isList ? endOf(NEXT_ITEM, view.text, end) : 0;
    if (next === 0) return { ranges, next: end };
    at = next;
  }
}
