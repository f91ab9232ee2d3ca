// Private keys in PEM form, whole or cut off, with real or escaped line ends.
import type { Mark } from './runs.ts';

const BEGIN = /-----BEGIN[ +][A-Z0-9 +]{0,40}PRIVATE[ +]KEY(?:[ +]BLOCK)?-----/g;
const END = /-----END[ +][A-Z0-9 +]{0,40}PRIVATE[ +]KEY(?:[ +]BLOCK)?-----/g;
const LONGEST_KEY = 32_768;

const HEADER = /\s{1,80}(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset):[^\r\n]{0,400}/y;
const LINE = /\s{1,80}[A-Za-z0-9+/=]+(?=\s{0,8}(?:[\r\n"'<,;)}\]\\]|$))|\s{0,80}[A-Za-z0-9+/=]{24,}/y;

export function markPrivateKeys(text: string, mark: Mark): void {
  const begins = [...text.matchAll(BEGIN)];
  if (begins.length === 0) return;
  const ends = [...text.matchAll(END)];
  let nextEnd = 0;
  for (const [index, begin] of begins.entries()) {
    const body = begin.index + begin[0].length;
    while ((ends[nextEnd]?.index ?? body) < body) nextEnd += 1;
    const end = ends[nextEnd];
    const limit = Math.min(begins[index + 1]?.index ?? text.length, body + LONGEST_KEY);
    // A quote inside may be the end of the string that a cut-off key stands in.
    const isWhole = end !== undefined && end.index < limit && !text.slice(body, end.index).includes('"');
    mark(begin.index, isWhole ? end.index + end[0].length : lastLine(text, body));
  }
}

function lastLine(text: string, body: number): number {
  let at = body;
  for (let next = lineEnd(text, at); next > at; next = lineEnd(text, at)) at = next;
  return at;
}

function lineEnd(text: string, at: number): number {
  for (const pattern of [HEADER, LINE]) {
    pattern.lastIndex = at;
    if (pattern.test(text)) return pattern.lastIndex;
  }
  return at;
}
