// One fault for people: what, when, where, the evidence, why, how to mend it, how to verify that, where to read on.
import type { Fault, RegionShare } from '../findings/fault.ts';
import { describeAnswer, describeEvidence, shownOf } from './answer-text.ts';
import { cellsOf, clip } from './cells.ts';
import type { Line, Section } from './section.ts';
import { show } from './show.ts';
import { sparkline } from './spark.ts';
import { describeLinks, describeVariants, type Memory } from './variant-text.ts';
import { countOf, showCount, showSpan, showTime, showTimes } from './words.ts';
import { together } from './wrap.ts';

/** Rows a fault has for its regions at most: AWS has some thirty-five. */
const MAX_REGIONS = 40;
/** Two occurrences are told better in words. */
const LEAST_FOR_SPARK = 3;
const SHORTEST_SPARK = 10;
const LONGEST_SPARK = 32;

export interface Canvas {
  /** Cells for a line of text. */
  readonly width: number;
  readonly unicode: boolean;
}

/** `once, 2024-03-01 10:15:30`; `37 times, last 2024-03-01 10:42:07`. */
export function describeCount({ count, last }: Fault): string {
  const when = last === null ? 'time unknown' : showTime(show(last));
  return count === 1 || last === null ? `${showTimes(count)}, ${when}` : `${showTimes(count)}, last ${when}`;
}

export function describeFault(fault: Fault, canvas: Canvas, memory: Memory): readonly Section[] {
  const { regions } = fault;
  const links = describeLinks(fault, memory);
  return [
    { label: 'what', lines: [{ text: describeAnswer(fault) }] },
    { label: 'seen', lines: describeTimes(fault, canvas) },
    { label: 'regions', lines: regions.length > 1 ? describeRegions(regions) : [] },
    { label: 'evidence', lines: describeEvidence(fault) },
    ...describeVariants(fault, memory),
    { label: 'more', lines: describeMore(fault, links) },
  ];
}

function describeTimes(fault: Fault, { width, unicode }: Canvas): readonly Line[] {
  const { count, first, last, timeline, example } = fault;
  if (first === null || last === null)
    return [{ text: `${showTimes(count)}, at a time the log does not tell` }];
  const from = showTime(show(first));
  const to = showTime(show(last));
  const inferred = example.timeInferred ? '; date inferred' : '';
  // The head and the evidence say it already.
  if (count === 1) return [];
  const spread = timeline.spread(1);
  const span = spread === null ? '' : showSpan(spread.to - spread.from);
  const often = `${showTimes(count)}${span === '' ? '' : ` in ${span}`}`;
  const text = [`${often},`, together(`first ${from},`), together(`last ${to}${inferred}`)];
  if (count < LEAST_FOR_SPARK || span === '') return [{ text }];
  const beside = width - cellsOf(from) - cellsOf(to) - 2;
  const room = Math.min(LONGEST_SPARK, beside < SHORTEST_SPARK ? width : beside);
  const bars = sparkline(timeline.spread(room)?.counts ?? [], unicode);
  return beside < SHORTEST_SPARK
    ? [{ text }, { exact: bars }]
    : [{ text: `${often}${inferred}` }, { exact: `${from} ${bars} ${to}` }];
}

function describeRegions(regions: readonly RegionShare[]): readonly Line[] {
  const rows = regions.slice(0, MAX_REGIONS).map(({ region, count, last }) => ({
    name: region === null ? 'not named' : clip(show(region), 24),
    count: showCount(count),
    last: last === null ? 'time unknown' : `last ${showTime(show(last))}`,
  }));
  const widthOf = (key: 'name' | 'count'): number => Math.max(...rows.map((row) => cellsOf(row[key])));
  const [names, counts] = [widthOf('name'), widthOf('count')];
  const lines: Line[] = rows.map(({ name, count, last }) => ({
    lead: `${name}${' '.repeat(names - cellsOf(name))}  ${count.padStart(counts)}  `,
    text: last,
  }));
  const others = regions.slice(MAX_REGIONS);
  if (others.length > 0) {
    const times = showTimes(others.reduce((sum, { count }) => sum + count, 0));
    lines.push({ text: `${countOf(others.length, 'more region')}, ${times}` });
  }
  return lines;
}

function describeMore(fault: Fault, links: readonly Line[]): readonly Line[] {
  const { example, count } = fault;
  const further = count - shownOf(fault);
  return [
    { text: `fault ${show(example.fingerprint)} on ${show(example.host)}, rule ${show(example.rule)}` },
    ...(further === 0
      ? []
      : [{ text: `${countOf(further, 'further record')} like these: --format ndjson lists all` }]),
    ...links,
    { command: `oclog explain ${show(example.code)}` },
  ];
}
