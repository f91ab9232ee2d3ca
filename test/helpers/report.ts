// Renders what a scan found as any of the reports.
import type { ScanEvent } from '../../src/findings/scan-event.ts';
import { type Format, openReport, type ReportOptions } from '../../src/reports/report.ts';
import { builtInRules, type Scanned } from './scan.ts';

export async function render(
  format: Format,
  { findings, errors, summary }: Scanned,
  options: Partial<ReportOptions> = {},
): Promise<string> {
  return renderEvents(format, [...findings, ...errors, summary], options);
}

export async function renderEvents(
  format: Format,
  events: Iterable<ScanEvent>,
  options: Partial<ReportOptions> = {},
): Promise<string> {
  const report = await openReport(format, { ...(await reportOptions()), ...options });
  let text = '';
  for (const event of events) text += report.take(event);
  return text + [...report.end()].join('');
}

export async function reportOptions(): Promise<ReportOptions> {
  return {
    color: false,
    columns: 80,
    unicode: true,
    checked: (await builtInRules()).rules,
    host: 'vna-test',
    version: '0.0.0',
    now: new Date('2026-11-22T08:00:00Z'),
  };
}
