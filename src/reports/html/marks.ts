// Which words of a record decide: AWS's code, sentence and status, the key; without those, the exception's name. Plain
// searches only: the text is the log's.
import type { Finding } from '../../findings/finding.ts';
import { html, type Markup } from './markup.ts';

/** From and behind, as indices of the text. */
export type Range = readonly [from: number, to: number];

const MAX_MARKS = 20;
/** Shorter words would be met by chance. */
const MIN_LENGTH = 4;

/** In order, without overlaps. */
export function decisiveRanges(text: string, { aws }: Finding): readonly Range[] {
  const found: Range[] = [];
  for (const word of [aws?.message, aws?.errorCode, aws?.accessKey]) {
    if (word && word.length >= MIN_LENGTH) found.push(...occurrences(text, word));
  }
  if (typeof aws?.status === 'number') {
    for (const label of ['Status Code: ', 'status code: '])
      found.push(...occurrences(text, `${label}${aws.status}`));
  }
  return joined(found.length > 0 ? found : exceptionName(text));
}

/** The part of `text` from `from` to `to`, with the ranges in it marked. */
export function markedPart(text: string, ranges: readonly Range[], from: number, to: number): Markup {
  const parts: Markup[] = [];
  let at = from;
  for (const [start, end] of ranges) {
    const first = Math.max(start, at);
    const behind = Math.min(end, to);
    if (first >= behind) continue;
    parts.push(html`${text.slice(at, first)}<mark>${text.slice(first, behind)}</mark>`);
    at = behind;
  }
  return html`${parts}${text.slice(at, to)}`;
}

function occurrences(text: string, word: string): Range[] {
  const found: Range[] = [];
  let at = text.indexOf(word);
  while (at >= 0 && found.length < MAX_MARKS) {
    found.push([at, at + word.length]);
    at = text.indexOf(word, at + word.length);
  }
  return found;
}

/** The last cause's exception, or the first that is named at all. */
function exceptionName(text: string): Range[] {
  const cause = text.lastIndexOf('\nCaused by: ');
  const tail = text.indexOf('Exception', Math.max(0, cause));
  if (tail < 0) return [];
  let start = tail;
  while (start > 0 && /[\w.$]/.test(text.charAt(start - 1))) start -= 1;
  return [[start, tail + 'Exception'.length]];
}

function joined(ranges: readonly Range[]): readonly Range[] {
  const result: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    const last = result.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}
