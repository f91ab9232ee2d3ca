// Finds the names that announce a secret (`secretKey=`, `"api-key": `, `<Password>`, `--password `), in any
// spelling, and where the value behind them begins.
import { endOf, isAt } from './match.ts';
import { depthAt, type View } from './view.ts';

/** How a value is delimited: `header` goes on to the end of its line, `tag` to the next tag. */
type Manner = 'plain' | 'header' | 'tag';

export interface Key {
  readonly name: string;
  readonly manner: Manner;
  /** Where the value, or the blanks before it, begin. */
  readonly value: number;
  /** The escape depth of the separator: what ends the value is not deeper. */
  readonly depth: number;
  /** `:` as in a header or a sentence. */
  readonly colon: boolean;
}

/** `pass` counts in `db_pass` and `userPass`, not in `bypass` (see `isName`) or `passed`. */
const STEM =
  /secret|pass(?:w|[ _.-]?(?:phrase|code|key)|(?![a-z]))|pwd|token|(?:api|private|priv|access|shared|account|auth|encryption|master|signing|subscription|license|storage)[ _.-]?key(?![ _.-]?id)|authorization|cookie|session[ _.-]?id|sessid|signature|communit|(?:client|saml)[ _.-]?assertion|samlresponse|clear[ _.-]?text|\b(?:pw|psk|sig|otp)\b/gi;

/**
 * The rest of the name: `AccessKey`, then ` Access Key`, ` header`, up to three words. Two patterns: what is repeated three times in
 * one is compiled three times over, which took longer than all else that a first finding needs.
 */
const TAIL = /[\w.]*(?:-+[\w.]+)*/y;
const TAIL_WORD = /[ _](?:access[ _.-]?key|key|phrase|id|header|value|string|text|is|was)\b/iy;
const MOST_TAIL_WORDS = 3;

const SEPARATOR =
  /["'`\])]{0,4}[ \t]{0,40}(?:\([\w -]{0,20}\)[ \t]{0,4})?(?:=>|->|:=|[:=]|\((?=["'])|,?[ \t]{0,8}["']?value["']?[ \t]{0,8}[:=])/iy;
const TAG_END = /(?:[ \t][^<>\n]{0,200})?>(?:\s{0,80}<[\w:.-]{1,64}>)?(?:<!\[CDATA\[)?/y;
const OPTION_END = /[ \t]{1,8}(?!-[a-zA-Z]?[\s-])(?=\S)/y;

const HEADER = /(?:authorization|cookie2?|cookies)(?: (?:header|value|string|is|was))*$/i;
const SOURCE_FILE = /\.(?:java|kt|scala|groovy)$/;
const OF_NAME = /[\w.:-]/;
const LONGEST_NAME = 80;

/** The next name with a separator behind it. */
export function nextKey(view: View, from: number): Key | undefined {
  const { text } = view;
  STEM.lastIndex = from;
  for (let match = STEM.exec(text); match !== null; match = STEM.exec(text)) {
    const end = tailEnd(text, STEM.lastIndex);
    const key = keyAt(view, match.index, match[0], end);
    if (key !== undefined) return key;
    STEM.lastIndex = end;
  }
  return undefined;
}

function tailEnd(text: string, at: number): number {
  let end = endOf(TAIL, text, at);
  for (let words = 0; words < MOST_TAIL_WORDS && isAt(TAIL_WORD, text, end); words += 1)
    end = TAIL_WORD.lastIndex;
  return end;
}

function keyAt(view: View, stemStart: number, stem: string, end: number): Key | undefined {
  const { text } = view;
  const before = text.slice(nameStart(text, stemStart), stemStart);
  if (!isName(stem, before)) return undefined;
  // The file of a stack frame is followed by a colon, too.
  const name = before.slice(before.lastIndexOf(':') + 1) + text.slice(stemStart, end);
  if (SOURCE_FILE.test(name)) return undefined;
  const colon = endOf(SEPARATOR, text, end);
  if (colon > 0) {
    const last = text.charAt(colon - 1);
    const manner = HEADER.test(name) ? 'header' : 'plain';
    return { name, manner, value: colon, depth: depthAt(view, colon - 1), colon: last === ':' };
  }
  const isTag = text.charAt(stemStart - before.length - 1) === '<';
  const tag = isTag ? endOf(TAG_END, text, end) : 0;
  if (tag > 0) return { name, manner: 'tag', value: tag, depth: depthAt(view, tag - 1), colon: false };
  const option = before.startsWith('--') ? endOf(OPTION_END, text, end) : 0;
  if (option > 0) return { name, manner: 'plain', value: option, depth: 0, colon: false };
  return undefined;
}

/** Where the name begins that goes on at `at`. */
function nameStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && start > at - LONGEST_NAME && OF_NAME.test(text.charAt(start - 1))) start -= 1;
  return start;
}

function isName(stem: string, before: string): boolean {
  return stem !== 'pass' || !/[a-z]$/.test(before);
}
