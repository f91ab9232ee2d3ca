// The head of the page: the verdict, what was scanned, and all faults at a glance.
import type { Fault } from '../../findings/fault.ts';
import { SEVERITIES } from '../../findings/finding.ts';
import type { ScanSummary } from '../../findings/scan-event.ts';
import { Timeline } from '../../findings/timeline.ts';
import { formatSize } from '../../lib/sizes.ts';
import { countOf, showCount, showTimes } from '../words.ts';
import { factList } from './answer.ts';
import { showSeverity, tagsOf } from './fault.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { drawTimeline } from './timeline.ts';
import { cut, periodOf, spanOf, timeOf } from './words.ts';

const MAX_NAMED = 200;

export interface Overview {
  readonly faults: readonly Fault[];
  readonly host: string;
  /** How many of them have a section. */
  readonly described: number;
  /** Findings of faults that were too many to keep. */
  readonly omitted: number;
  readonly summary: ScanSummary | null;
  readonly errors: number;
  readonly made: string;
}

export function showVerdict({ faults, omitted, summary, errors }: Overview): Markup {
  const found = faults.reduce((sum, { count }) => sum + count, omitted);
  const gravest = faults[0]?.example.severity;
  const problems = [
    errors > 0 ? ' Not everything could be read.' : null,
    summary === null || summary.interrupted ? ' The scan was interrupted: only a part was read.' : null,
  ];
  if (gravest === undefined) {
    const isNothing = summary?.recognised === false;
    const isSure = errors === 0 && summary !== null && !summary.interrupted && !isNothing;
    const words = isNothing ? 'Nothing was checked: there was no record to look at.' : 'No fault found.';
    return html`<p class="verdict ${isSure ? 'clean' : 'warning'}">${words}${problems}</p>`;
  }
  const severities = [...SEVERITIES].reverse().flatMap((severity) => {
    const count = faults.filter(({ example }) => example.severity === severity).length;
    return count === 0 ? [] : [`${showCount(count)} ${severity}`];
  });
  return html`<p class="verdict ${gravest}">${countOf(faults.length, 'fault')} found: ${severities.join(', ')}.${problems}
<span class="aside">${countOf(found, 'record')} of the log ${found === 1 ? 'shows' : 'show'} ${faults.length === 1 ? 'it' : 'them'}.</span></p>`;
}

export function showScan({ faults, host, summary, errors, made }: Overview): Markup {
  const times = faults
    .flatMap(({ first, last }) => (first === null || last === null ? [] : [first, last]))
    .sort();
  return factList([
    ['Host', cut(host)],
    ['Findings', times.length === 0 ? null : periodOf(times[0] ?? null, times.at(-1) ?? null)],
    [
      'Scanned',
      summary === null
        ? null
        : `${countOf(summary.inputs, 'input')}, ${formatSize(summary.bytes)}, ${countOf(summary.lines, 'line')}, in ${spanOf(summary.durationMs)}`,
    ],
    ['Not read', errors === 0 ? null : html`<a href="#not-read">${countOf(errors, 'problem')}</a>`],
    ['Made', made],
  ]);
}

/** Nothing for one fault: its own chart is the same. */
export function drawAllFaults({ faults }: Overview): Markup {
  if (faults.length < 2) return NOTHING;
  const all = new Timeline();
  for (const { timeline } of faults) all.merge(timeline);
  return drawTimeline(all, 'all');
}

export function listFaults({ faults, described, omitted }: Overview): Markup {
  if (faults.length === 0) return NOTHING;
  const unnamed = faults.length - MAX_NAMED;
  return html`<nav aria-labelledby="glance">
<h2 id="glance">Faults at a glance</h2>
<ol class="glance">
${faults.slice(0, MAX_NAMED).map((fault, index) => nameFault(fault, index + 1, index < described))}</ol>
${unnamed > 0 ? html`<p class="aside">${countOf(unnamed, 'more fault')} not named, to keep this page small.</p>` : null}
${described < Math.min(faults.length, MAX_NAMED) ? html`<p class="aside">Faults after number ${showCount(described)} are named only, to keep this page small.</p>` : null}
${omitted > 0 ? html`<p class="aside">${countOf(omitted, 'more finding')} of further faults not shown.</p>` : null}
</nav>`;
}

function nameFault(fault: Fault, number: number, isDescribed: boolean): Markup {
  const { example, count, last } = fault;
  const title = cut(example.title);
  return html`<li>
<span class="tags">${showSeverity(fault)} ${tagsOf(fault)}</span>
${isDescribed ? html`<a href="#fault-${number}">${title}</a>` : html`<span>${title}</span>`}
<span class="aside">${showTimes(count)}${last === null ? null : html`, ${count === 1 ? null : 'last '}${timeOf(last)}`}</span>
</li>
`;
}
