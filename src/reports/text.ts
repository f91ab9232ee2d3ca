// The plain report, for files, mails and pipes: `label: value`, and a structure of ASCII characters alone.
import { headOf } from './head.ts';
import { isRoomy, type Page, widthOf } from './layout.ts';
import { paintWith } from './paint.ts';
import { type Look, openProseReport } from './prose.ts';
import type { LookOptions, Report, ReportOptions } from './report.ts';

export function openTextReport(options: ReportOptions): Report {
  return openProseReport(options, textLook(options));
}

export function textLook(options: LookOptions): Look {
  const width = widthOf(options.columns);
  const paint = paintWith(options.color);
  const isBeside = isRoomy(width);
  const page: Page = {
    width,
    margin: isBeside ? 2 : 0,
    labelWidth: isBeside ? 10 : 0,
    mark: ':',
    paint,
  };
  return {
    block: page,
    closing: { ...page, margin: 0, labelWidth: isBeside ? 12 : 0 },
    unicode: options.unicode,
    head: (fault) => headOf(fault, page, ' '),
    frame: (head, rows) => [...head, ...rows.map(({ text }) => ' '.repeat(page.margin) + text)],
  };
}
