// Texts and times as the page shows them: bounded, whatever they are made from.
import { showSpan, showTime } from '../words.ts';
import { html, type Markup } from './markup.ts';

/** Longer than any title, path or name that people write. */
const MAX_SHORT = 160;

export function cut(text: string, max = MAX_SHORT): string {
  return text.length > max ? `${text.slice(0, max - 1)}…` : text;
}

/** Kept on one line. */
export function timeOf(time: string): Markup {
  return html`<span class="time">${cut(showTime(time), 40)}</span>`;
}

/** When occurrences fell, as one phrase. */
export function periodOf(first: string | null, last: string | null): Markup {
  if (first === null || last === null) return html`at a time the log does not tell`;
  return first === last ? timeOf(first) : html`${timeOf(first)} to ${timeOf(last)}`;
}

export function spanOf(ms: number): string {
  return showSpan(ms) || 'less than 1 s';
}
