// Values that go on over line ends. A line belongs to the value before it when it holds one base64 or
// percent-encoded token and nothing else, so that stack frames and `Caused by:` never do.
import { isAt } from './match.ts';
import { randomness } from './score.ts';

/** After the token a line may close the quote, list or tag that the value stands in. */
const NEXT_LINE =
  /[ \t]{0,200}\\?(?:\r\n|\r|\n)[ \t]{0,200}(?:[>|][ \t]{1,8})?["']?([A-Za-z0-9+/%_~.\\-]*(?:=+[%\\][\w%\\]{0,8}|={0,3}))(?=([ \t]{0,200}(?:\\?[\r\n]|$))|["'](?!\w)|[&<,;)}\]]|\[[\r\n])/y;

/** A longer piece that is random for sure is taken even with other text behind it. */
const RANDOM_LENGTH = 16;
const LOOSE_LINE = /[ \t]{0,200}(?:\r\n|\r|\n)[ \t]{0,200}([A-Za-z0-9+/%_~-]{16,}={0,3})(?=[ \t])/y;

const LINE_END = /\r\n|[\r\n]/g;
/** What `NEXT_LINE` and `LOOSE_LINE` have in common with no stack frame and few sentences. */
const LONE_TOKEN =
  /[ \t]*(?:[>|][ \t]+)?["']?[A-Za-z0-9+/%_~.\\=-]+(?:["'&<,;)}\][]|[ \t]*\\?(?:[\r\n]|$))|[ \t]*[A-Za-z0-9+/%_~-]{16}/y;

/** Whether a value may go on behind any line end of the text: a cheap look, for whole texts. */
export function mayContinue(text: string): boolean {
  for (const { 0: end, index } of text.matchAll(LINE_END)) {
    if (isAt(LONE_TOKEN, text, index + end.length)) return true;
  }
  return false;
}

/** Where the value that seems to end at `end` ends, continuation lines counted in. */
export function continued(text: string, end: number): number {
  let at = end;
  for (let next = lineToken(text, at); next > at; next = lineToken(text, at)) at = next;
  LOOSE_LINE.lastIndex = at;
  const last = LOOSE_LINE.exec(text)?.[1];
  return last !== undefined && randomness(last) > 0 ? LOOSE_LINE.lastIndex : at;
}

/** End of the token that is all of the next line, or 0. */
function lineToken(text: string, at: number): number {
  NEXT_LINE.lastIndex = at;
  const match = NEXT_LINE.exec(text);
  const token = match?.[1];
  if (token === undefined || /^[_~.\\-]*$/.test(token)) return 0;
  // With other text behind it, or dots in it, the line may be a sentence, a class, a file or a host.
  if (match?.[2] === undefined && /^[A-Z]?[a-z]+$/.test(token)) return 0;
  if (token.includes('.') && (token.length < RANDOM_LENGTH || randomness(token) <= 0)) return 0;
  return NEXT_LINE.lastIndex;
}
