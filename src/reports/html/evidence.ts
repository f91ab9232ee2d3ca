// The records that prove a fault, each with its neighbours, folded but for the first. Stack frames, which seldom decide,
// are folded within the record.
import type { Finding } from '../../findings/finding.ts';
import type { ScanContext } from '../../findings/scan-event.ts';
import { countOf } from '../words.ts';
import { decisiveRanges, markedPart } from './marks.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { cut, timeOf } from './words.ts';

/** What neighbours are cut to when they are made; a report relies on nothing. */
const MAX_NEIGHBOUR = 420;
const MAX_NEIGHBOURS = 5;
/** Fewer frames than this are not worth a fold. */
const MIN_FRAMES = 3;
const FRAME = /^\s+(?:at |\.\.\. \d)/;

export interface Exhibit {
  readonly finding: Finding;
  /** How many characters of the record to show. */
  readonly length: number;
  readonly context: ScanContext | undefined;
}

/** `total`: how often the fault occurred. */
export function showEvidence(exhibits: readonly Exhibit[], total: number): Markup {
  const left = total - exhibits.length;
  return html`<h4>Evidence</h4>
${exhibits.map(showExhibit)}
${left > 0 ? html`<p class="aside">${countOf(left, 'more occurrence')} not shown.</p>` : null}`;
}

function showExhibit({ finding, length, context }: Exhibit, index: number): Markup {
  const { source, time, timeInferred, truncated } = finding;
  const lines = source.endLine > source.line ? `${source.line}–${source.endLine}` : `${source.line}`;
  const when =
    time === null
      ? null
      : html` <span class="when">${timeOf(time)}${timeInferred ? ', date inferred' : null}</span>`;
  return html`<details class="exhibit"${index === 0 ? html` open` : null}>
<summary><span class="place">${cut(source.path)}:${lines}</span>${when}</summary>
${neighbours(context?.before.slice(-MAX_NEIGHBOURS) ?? [], 'before')}
<div class="record">${showRecord(finding, length)}</div>
${truncated ? html`<p class="aside">The record is larger than what was examined of it.</p>` : null}
${neighbours(context?.after.slice(0, MAX_NEIGHBOURS) ?? [], 'after')}
</details>`;
}

function neighbours(texts: readonly string[], side: string): Markup {
  if (texts.length === 0) return NOTHING;
  return html`<details class="neighbours"><summary>${countOf(texts.length, 'record')} ${side}</summary>
${texts.map(
  (text) => html`<pre>${cut(text.trimEnd(), MAX_NEIGHBOUR)}</pre>
`,
)}</details>`;
}

function showRecord(finding: Finding, length: number): Markup {
  const text = cut(finding.record.text.trimEnd(), length);
  const ranges = decisiveRanges(text, finding);
  const parts: Markup[] = [];
  let at = 0;
  for (const { lines, isFrames } of runsOf(text.split('\n'))) {
    const end = at + lines.reduce((sum, line) => sum + line.length + 1, 0) - 1;
    // A line feed behind <pre> is not part of it: one that the record begins with would be lost.
    const body = html`<pre>
${markedPart(text, ranges, at, end)}</pre>`;
    const fold = isFrames && lines.length >= MIN_FRAMES;
    parts.push(
      fold
        ? html`<details class="frames"><summary>${lines.length} stack frames</summary>${body}</details>`
        : body,
    );
    at = end + 1;
  }
  return html`${parts}`;
}

interface Run {
  readonly lines: string[];
  readonly isFrames: boolean;
}

function runsOf(lines: readonly string[]): readonly Run[] {
  const runs: Run[] = [];
  for (const line of lines) {
    const isFrames = FRAME.test(line);
    const last = runs.at(-1);
    if (last?.isFrames === isFrames) last.lines.push(line);
    else runs.push({ lines: [line], isFrames });
  }
  return runs;
}
