// One fault as a section: what happened, when, the evidence, and what to do. Numbers name the faults of a page.
import type { Fault } from '../../findings/fault.ts';
import { showTimes } from '../words.ts';
import { showAnswer, showRegions } from './answer.ts';
import { type Given, showCauses } from './causes.ts';
import { type Exhibit, showEvidence } from './evidence.ts';
import { html, type Markup } from './markup.ts';
import { drawTimeline } from './timeline.ts';
import { cut, periodOf } from './words.ts';

export interface FaultView {
  readonly fault: Fault;
  readonly number: number;
  readonly exhibits: readonly Exhibit[];
  readonly given: Given;
}

export function showFault({ fault, number, exhibits, given }: FaultView): Markup {
  const { example, count, first, last, timeline } = fault;
  const id = `fault-${number}`;
  return html`<article class="card ${example.severity}" id="${id}" aria-labelledby="${id}-title">
<header>
<p class="tags">${showSeverity(fault)} ${tagsOf(fault)}</p>
<h3 id="${id}-title">${number}. ${cut(example.title)}</h3>
<p class="aside">Seen ${showTimes(count)}, ${periodOf(first, last)}</p>
</header>
${drawTimeline(timeline, id)}
${showAnswer(fault)}
${showRegions(fault)}
${showEvidence(exhibits, count)}
${showCauses(fault, given)}
</article>
`;
}

export function showSeverity({ example: { severity } }: Fault): Markup {
  return html`<span class="tag ${severity}">${severity}</span>`;
}

/** The code, and the service that tells it from faults of the same code. */
export function tagsOf({ example: { code, aws } }: Fault): Markup {
  return html`<span class="code">${cut(code, 40)}</span>${aws?.service ? html` <span class="service">${cut(aws.service, 60)}</span>` : null}`;
}
