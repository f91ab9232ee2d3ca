// The report for people, plain: one block a fault, the gravest first, then what was read and what was not.
import type { ScanError, ScanSummary } from '../findings/scan-event.ts';
import { formatSize } from '../lib/sizes.ts';
import { Collected } from './collect.ts';
import { describeFault } from './fault-text.ts';
import { paintWith } from './paint.ts';
import type { Report, ReportOptions } from './report.ts';

export function openTextReport({ color }: ReportOptions): Report {
  const paint = paintWith(color);
  const collected = new Collected();
  return {
    take(event) {
      collected.take(event);
      return '';
    },
    end() {
      const { faults, errors, summary } = collected;
      const blocks = faults.groups().map((group) => describeFault(group, paint));
      if (faults.omitted > 0)
        blocks.push(`${faults.omitted} more findings of further faults are not shown.\n`);
      if (summary !== null) blocks.push(describeRun(summary, errors));
      return blocks.join('\n');
    },
  };
}

function describeRun(summary: ScanSummary, errors: readonly ScanError[]): string {
  const { inputs, bytes, lines, findings, byCode, durationMs, notes } = summary;
  const codes = Object.entries(byCode).map(([code, count]) => `${code} x${count}`);
  const verdict = findings === 0 ? 'no fault found' : `${countOf(findings, 'finding')} (${codes.join(', ')})`;
  return [
    `scanned:    ${countOf(inputs, 'input')}, ${formatSize(bytes)}, ${countOf(lines, 'line')} in ${(durationMs / 1000).toFixed(1)} s`,
    `result:     ${verdict}${errors.length === 0 ? '' : ', but not everything could be read'}`,
    ...notes.map(({ path, message }) => `note:       ${path}: ${message}`),
    ...errors.map(({ path, message }) => `not read:   ${path}: ${message}`),
    '',
  ].join('\n');
}

function countOf(count: number, noun: string): string {
  return `${count.toLocaleString('en-GB')} ${noun}${count === 1 ? '' : 's'}`;
}
