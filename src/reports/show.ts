// Makes any text fit to be shown: on one line, and without a character that steers, hides, reorders or piles up.
// Findings are cleaned when they are built; a report does not rely on it.
import { cleanLine, cleanText } from '../findings/clean.ts';

/** More of a field is never shown. */
const MAX_FIELD = 8192;

/** Controls, characters without a look of their own (zero-width, bidi, tags), private use, unassigned. */
const UNSHOWN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]/gu;
/** They only choose between two looks of the character before them. */
const SELECTOR = /\p{Variation_Selector}/gu;
/** Marks that would sit on our own text, or grow over the lines above and below. */
const STRAY_MARK = /(^|\s)\p{M}/gu;
const PILE = /(\p{M}{2})\p{M}+/gu;

/** A field of a finding, for one line. */
export function show(text: string): string {
  return cleanLine(text.slice(0, MAX_FIELD))
    .replace(SELECTOR, '')
    .replace(/\p{Z}/gu, ' ')
    .replace(UNSHOWN, '\ufffd')
    .replace(STRAY_MARK, '$1\ufffd')
    .replace(PILE, '$1');
}

/** Text of any number of lines, with no more than two marks on a letter. */
export function limitMarks(text: string): string {
  return text.replace(PILE, '$1');
}

/** A command's lines as its author wrote them: blanks and all, so that what is copied is what was meant. */
export function showCommand(command: string): readonly string[] {
  return cleanText(command)
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(PILE, '$1').replace(UNSHOWN, (found) => (found === '\t' ? found : '\ufffd')));
}

/** For a terminal that knows no more than ASCII, where bytes of UTF-8 may even be controls. JSON stays what it is. */
export function toAscii(text: string): string {
  return text.replace(/[^\t\n\x1b -~]/g, (found) => {
    if (found === '…') return '...';
    if (found === '\ufffd') return '?';
    return `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
