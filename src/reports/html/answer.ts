// What AWS answered, or what else the record says, and the facts to know the fault by.
import type { Fault, Gist } from '../../findings/fault.ts';
import { showCount } from '../words.ts';
import { type Content, html, type Markup } from './markup.ts';
import { cut, timeOf } from './words.ts';

const MAX_MESSAGE = 600;
const MAX_REGIONS = 20;

export function showAnswer(fault: Fault): Markup {
  const { example } = fault;
  const message = example.aws?.message ?? null;
  return html`<h4>What happened</h4>
<p>${sentence(example)}</p>
${message === null ? null : html`<blockquote>${cut(message, MAX_MESSAGE)}</blockquote>`}
${factList([
  ['Region', fault.regions.length > 1 ? `${fault.regions.length}, see below` : example.aws?.region],
  ['Access key', example.aws?.accessKey],
  ['Request ID', example.aws?.requestId],
  ['Host', example.host],
  ['Rule', example.rule],
  ['Fault ID', fault.regions.length > 1 ? null : example.fingerprint],
])}`;
}

/** A description list of the facts that are known. */
export function factList(facts: readonly (readonly [name: string, value: Content | undefined])[]): Markup {
  const rows = facts.flatMap(([name, value]) =>
    value === null || value === undefined
      ? []
      : [
          html`<div><dt>${name}</dt><dd>${typeof value === 'string' ? cut(value) : value}</dd></div>
`,
        ],
  );
  return html`<dl class="facts">${rows}</dl>`;
}

export function showRegions({ regions }: Fault): Markup | null {
  if (regions.length < 2) return null;
  const left = regions.length - MAX_REGIONS;
  return html`<table>
<caption>By region</caption>
<thead><tr><th scope="col">Region</th><th scope="col" class="number">Count</th><th scope="col">First</th><th scope="col">Last</th></tr></thead>
<tbody>
${regions.slice(0, MAX_REGIONS).map(
  ({ region, count, first, last }) =>
    html`<tr><th scope="row">${cut(region ?? 'not named', 40)}</th><td class="number">${showCount(count)}</td><td>${first === null ? '–' : timeOf(first)}</td><td>${last === null ? '–' : timeOf(last)}</td></tr>
`,
)}</tbody>
</table>
${left > 0 ? html`<p class="aside">${showCount(left)} more regions not shown.</p>` : null}`;
}

function sentence({ aws, record }: Gist): Markup {
  if (aws === null)
    return html`${cut(record.plugin ?? record.category ?? 'The log')} reports at ${cut(record.level)}.`;
  const answer = [aws.status, aws.errorCode].filter((part) => part !== null).join(' ');
  const who = cut(aws.service ?? 'AWS');
  if (answer === '')
    return aws.service === null
      ? html`<strong>AWS gave no answer.</strong> The SDK says:`
      : html`<strong>${who}</strong> answered:`;
  const inferred = aws.inferred ? ' (the text has no code; this one is inferred from its sentence)' : null;
  return html`<strong>${who}</strong> answered <strong>${cut(answer)}</strong>${inferred}${aws.message === null ? '.' : ':'}`;
}
