// HTML that cannot be forged: the `html` tag escapes every value that was not made by itself. Values stand in text or
// in quoted attributes, never in a tag's name, in the style or in the script.

import { limitMarks } from '../show.ts';

const MARKUP = Symbol('markup');

export interface Markup {
  readonly [MARKUP]: string;
}

/** `null` is nothing at all. */
export type Content = string | number | Markup | null | readonly Content[];

/** Controls, characters that reorder or break lines, and halves of characters; LF and TAB may stay. */
const UNSAFE = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\p{Surrogate}]/gu;
const SPECIAL = /[&<>"'`]/g;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

export function html(frame: TemplateStringsArray, ...values: readonly Content[]): Markup {
  let text = frame[0] ?? '';
  for (const [index, value] of values.entries()) text += textOf(value) + (frame[index + 1] ?? '');
  return { [MARKUP]: text };
}

/** The HTML text of a value, escaped where it is not markup. */
export function textOf(value: Content): string {
  if (value === null) return '';
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number') return String(value);
  return MARKUP in value ? value[MARKUP] : value.map(textOf).join('');
}

/** Text of this program's own that is to be put in as it is: the style, the script. */
export function verbatim(text: string): Markup {
  return { [MARKUP]: text };
}

export const NOTHING = html``;

function escapeText(text: string): string {
  return limitMarks(text)
    .replace(UNSAFE, '\ufffd')
    .replace(SPECIAL, (character) => ENTITIES[character] ?? '');
}
