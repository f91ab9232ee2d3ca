// Why it happened, how to fix it and how to see that it is fixed. Links come from advice alone, and lead to https only.
import type { Advice, AdviceStep, Link, VerifyStep } from '../../findings/finding.ts';
import { PLACES } from '../words.ts';
import { html, type Markup } from './markup.ts';
import { cut } from './words.ts';

const MAX_TEXT = 2000;
const MAX_LABEL = 80;

/** `sure` says how sure the cause is; `heading` sets a title at the level that fits the place. */
export function showAdvice(
  { summary, why, steps, verify, links }: Advice,
  sure: Markup,
  heading: (title: string) => Markup,
): Markup {
  const article = links.find(({ title }) => title.startsWith('Broadcom KB ')) ?? links[0];
  return html`${heading('Why')}
<p>${cut(why, MAX_TEXT)}</p>
<p class="aside">${sure}${article === undefined ? null : html` Source: ${showLink(article)}; all sources stand under <em>More</em>.`}</p>
${heading('Fix')}
<p class="lead">${cut(summary, MAX_TEXT)}</p>
${
  steps.length > 0
    ? html`<ol class="steps">
${steps.map((step) => showStep(step, links))}</ol>`
    : null
}
${verify.length > 0 ? heading('Verify') : null}
${verify.map(showCheck)}
${links.length > 0 ? heading('More') : null}
${
  links.length > 0
    ? html`<ul class="links">
${links.map(
  (link) => html`<li>${showLink(link)}</li>
`,
)}</ul>`
    : null
}`;
}

/** A command, never cut, ready to be copied; its first line names it to those who do not see it. */
export function showCommand(run: string | null): Markup | null {
  if (run === null) return null;
  const lines = run.trimEnd().split('\n');
  const last = lines.length - 1;
  return html`<div class="command" data-label="${cut(lines[0] ?? '', MAX_LABEL)}"><pre><code>${lines.map((line, index) => html`<span>${line}${index < last ? '\n' : null}</span>`)}</code></pre></div>`;
}

function showStep({ do: what, where, run, expect, source }: AdviceStep, links: readonly Link[]): Markup {
  const place =
    where === null ? null : html`<strong class="where">${PLACES.get(where) ?? cut(where)}:</strong> `;
  return html`<li>
<p>${place}${cut(what, MAX_TEXT)}</p>
${showCommand(run)}
${showExpect(expect)}
${source === null ? null : html`<p class="aside">Source: ${showSource(source, links)}</p>`}
</li>
`;
}

function showCheck({ do: what, run, expect }: VerifyStep): Markup {
  return html`<p>${cut(what, MAX_TEXT)}</p>
${showCommand(run)}
${showExpect(expect)}`;
}

function showExpect(expect: string | null): Markup | null {
  return expect === null
    ? null
    : html`<p class="expect"><strong>Expect:</strong> ${cut(expect, MAX_TEXT)}</p>`;
}

/** `KB 442985, Cause` leads to the link titled `Broadcom KB 442985`. */
function showSource(source: string, links: readonly Link[]): Markup {
  const [article = ''] = source.split(',');
  const link = links.find(({ title }) => title === source || title === `Broadcom ${article}`);
  return link === undefined ? html`${cut(source)}` : showLink({ title: source, url: link.url });
}

function showLink({ title, url }: Link): Markup {
  if (!/^https:\/\/[^\s"'<>\\^`{|}]{1,2000}$/.test(url)) return html`${cut(title)}`;
  return html`<a href="${url}" rel="noreferrer noopener">${cut(title)}</a>`;
}
