// The end of the page: what was looked for and not found, what could not be read, notes, and who made the page.
import type { ScanError, ScanNote } from '../../findings/scan-event.ts';
import { countOf, showCount } from '../words.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { cut } from './words.ts';

const MAX_ROWS = 40;
const MAX_CODES = 200;
const MAX_MESSAGE = 300;

/** `partly`: some input could not be read, so that less is known. */
export function listClean(
  checked: readonly { readonly code: string; readonly title: string }[],
  found: ReadonlySet<string>,
  partly: boolean,
): Markup {
  const titles = new Map(
    checked.filter(({ code }) => !found.has(code)).map(({ code, title }) => [code, title]),
  );
  if (titles.size === 0) return NOTHING;
  const left = titles.size - MAX_CODES;
  return html`<section class="card" aria-labelledby="clean">
<h2 id="clean">Checked and not found</h2>
<p class="aside">${partly ? 'What could be read' : 'What was scanned'} shows no sign of these faults.</p>
<ul class="clean">
${[...titles].slice(0, MAX_CODES).map(
  ([code, title]) => html`<li><span class="code">${cut(code, 40)}</span> ${cut(title, 120)}</li>
`,
)}</ul>
${left > 0 ? html`<p class="aside">${countOf(left, 'more code')} not listed.</p>` : null}
</section>`;
}

export function listErrors(errors: readonly ScanError[], total: number): Markup {
  return listMessages('not-read', 'Not read', errors, total);
}

export function listNotes(notes: readonly ScanNote[]): Markup {
  return listMessages('notes', 'Notes', notes, notes.length);
}

function listMessages(id: string, title: string, messages: readonly ScanNote[], total: number): Markup {
  if (messages.length === 0) return NOTHING;
  const left = total - Math.min(messages.length, MAX_ROWS);
  return html`<section class="card" aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
<ul class="messages">
${messages.slice(0, MAX_ROWS).map(
  ({ path, message }) => html`<li><span class="place">${cut(path)}</span> ${cut(message, MAX_MESSAGE)}</li>
`,
)}</ul>
${left > 0 ? html`<p class="aside">${showCount(left)} more not listed.</p>` : null}
</section>`;
}
