// What was read, what was found in all, what could not be read: the end of a report for people.
import type { ScanError, ScanSummary } from '../findings/scan-event.ts';
import { formatSize } from '../lib/sizes.ts';
import { cellsOf, clip } from './cells.ts';
import type { ReportOptions } from './report.ts';
import type { Line, Section } from './section.ts';
import { show } from './show.ts';
import { countOf, showCount } from './words.ts';
import { whole } from './wrap.ts';

type Checked = ReportOptions['checked'];

const MAX_CODE = 16;
const MAX_TITLE = 200;

export interface Run {
  readonly summary: ScanSummary;
  /** Those that were kept; the summary counts all. */
  readonly errors: readonly ScanError[];
  /** The codes found, the gravest first. */
  readonly codes: readonly string[];
  readonly checked: Checked;
}

export function describeRun({ summary, errors, codes, checked }: Run): readonly Section[] {
  const { inputs, bytes, lines, durationMs, notes = [], byCode } = summary;
  const titles = new Map(checked.map(({ code, title }) => [code, title]));
  const size = [countOf(inputs, 'input'), formatSize(bytes), countOf(lines, 'line')].join(', ');
  const rows = codes.map((code) => ({
    name: clip(show(code), MAX_CODE),
    count: `x${showCount(byCode[code] ?? 0)}`,
    title: clip(show(titles.get(code) ?? ''), MAX_TITLE),
  }));
  const names = Math.max(0, ...rows.map(({ name }) => cellsOf(name)));
  const counts = Math.max(0, ...rows.map(({ count }) => count.length));
  const found: readonly Line[] = rows.map(({ name, count, title }) => ({
    lead: `${name}${' '.repeat(names - cellsOf(name))}  ${count.padEnd(counts)}  `,
    text: title,
  }));
  return [
    { label: 'scanned', lines: [{ text: `${size} in ${(durationMs / 1000).toFixed(1)} s` }] },
    { label: 'result', lines: [{ text: verdictOn(summary, checked) }, ...found] },
    { label: 'not read', lines: [...errors.map(describeProblem), ...describeRest(summary, errors)] },
    { label: 'note', lines: notes.map(describeProblem) },
  ];
}

/**
 * One sentence that is true also of a log that was read in part, or not at all. `codes` stands behind the number of
 * findings.
 */
export function verdictOn(
  { findings, lines, recognised, errors, interrupted }: ScanSummary,
  checked: Checked,
  codes = '',
): string {
  const unread =
    (errors === 0 ? '' : `; ${countOf(errors, 'problem')} kept oclog from reading everything`) +
    (interrupted ? '; interrupted: only a part was read' : '');
  if (findings > 0) return `${countOf(findings, 'finding')}${codes}${unread}`;
  const rules = countOf(checked.length, 'rule');
  if (!recognised) return `nothing was checked: no record to look at in ${countOf(lines, 'line')}${unread}`;
  const where = errors === 0 && !interrupted ? 'no fault found' : 'no fault found in what was read';
  return `${where}: ${rules} checked against ${countOf(lines, 'line')}${unread}`;
}

/** Codes in the order of their gravity, as far as `order` knows it. */
export function codesOf({ byCode }: ScanSummary, order: readonly string[]): readonly string[] {
  return [...new Set([...order, ...Object.keys(byCode)])].filter((code) => (byCode[code] ?? 0) > 0);
}

function describeProblem({ path, message }: { readonly path: string; readonly message: string }): Line {
  return { text: [whole(`${show(path)}:`), clip(show(message), 1000)] };
}

function describeRest({ errors }: ScanSummary, listed: readonly ScanError[]): readonly Line[] {
  const rest = errors - listed.length;
  return rest <= 0 ? [] : [{ text: `${countOf(rest, 'more problem')} of this kind` }];
}
