// When a fault happened, as a bar chart: one inline SVG. Places are percentages, so that it is as wide as its reader's
// screen while its words keep their size; the colours come from the page's style.
import type { Timeline } from '../../findings/timeline.ts';
import { showCount } from '../words.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { spanOf } from './words.ts';

const COLUMNS = 48;
const TOP = 20;
const BOTTOM = 76;
const HEIGHT = 98;
/** A column's share of its place; the rest is the gap to the next. */
const FULLNESS = 0.8;

/** `id` is the document's own. Nothing for occurrences that fall on one moment: a sentence says that better. */
export function drawTimeline(timeline: Timeline, id: string): Markup {
  const spread = timeline.spread(COLUMNS);
  if (spread === null || spread.to <= spread.from) return NOTHING;
  const { from, to, counts } = spread;
  const step = (to - from) / COLUMNS;
  const most = Math.max(...counts);
  const busiest = counts.indexOf(most);
  const at = (column: number): number => from + column * step;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const summary =
    `${showCount(total)} occurrences between ${wallTime(from)} and ${wallTime(to)}; ` +
    `the most, ${showCount(most)}, within ${spanOf(step)} from ${wallTime(at(busiest))}.`;
  return html`<figure class="timeline">
<svg role="img" aria-labelledby="${id}-title" aria-describedby="${id}-text" width="100%" height="${HEIGHT}">
<title id="${id}-title">Occurrences over time</title>
<desc id="${id}-text">${summary}</desc>
<text class="tick" x="0" y="12">most: ${showCount(most)} in ${spanOf(step)}</text>
<line class="grid" x1="0" x2="100%" y1="${TOP}" y2="${TOP}"/>
${counts.map((count, column) => (count === 0 ? null : drawBar(column, count / most, `${wallTime(at(column))}: ${showCount(count)}`)))}
<line class="axis" x1="0" x2="100%" y1="${BOTTOM}" y2="${BOTTOM}"/>
<text class="tick" x="0" y="${HEIGHT - 6}">${wallTime(from)}</text>
<text class="tick middle" x="50%" y="${HEIGHT - 6}">${wallTime((from + to) / 2)}</text>
<text class="tick end" x="100%" y="${HEIGHT - 6}">${wallTime(to)}</text>
</svg>
</figure>`;
}

function drawBar(column: number, share: number, label: string): Markup {
  const place = 100 / COLUMNS;
  const height = Math.max(3, share * (BOTTOM - TOP));
  const x = (place * (column + (1 - FULLNESS) / 2)).toFixed(2);
  return html`<rect class="bar" x="${x}%" width="${(place * FULLNESS).toFixed(2)}%" y="${(BOTTOM - height).toFixed(1)}" height="${height.toFixed(1)}"><title>${label}</title></rect>
`;
}

/** The log's wall time, which the timeline counts as if it were UTC. */
function wallTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
