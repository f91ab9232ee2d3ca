// The report for a terminal: like the plain one, each block behind a rule at its left, which commands leave out so that
// they can be copied.
import { headOf } from './head.ts';
import { isRoomy, type Page, type Row, widthOf } from './layout.ts';
import { paintWith } from './paint.ts';
import { type Look, openProseReport } from './prose.ts';
import type { LookOptions, Report, ReportOptions } from './report.ts';
import { toAscii } from './show.ts';

interface Rule {
  readonly top: string;
  readonly middle: string;
  readonly bottom: string;
}

const RULE: Rule = { top: '╷ ', middle: '│ ', bottom: '╵ ' };
const ASCII_RULE: Rule = { top: '| ', middle: '| ', bottom: '| ' };
const NO_RULE: Rule = { top: '', middle: '', bottom: '' };

export function openPrettyReport(options: ReportOptions): Report {
  return openProseReport(options, prettyLook(options));
}

export function prettyLook(options: LookOptions): Look {
  const width = widthOf(options.columns);
  const paint = paintWith(options.color);
  const isBoxed = isRoomy(width);
  const rule = isBoxed ? (options.unicode ? RULE : ASCII_RULE) : NO_RULE;
  const page: Page = {
    width,
    margin: rule.middle.length,
    labelWidth: isBoxed ? 10 : 0,
    mark: '',
    paint,
    ...(options.unicode ? {} : { fit: toAscii }),
  };
  return {
    block: page,
    closing: { ...page, margin: 0 },
    unicode: options.unicode,
    head: (fault) => headOf(fault, page, '  '),
    frame: (head, rows) => frame([...head.map((text) => ({ text, isCommand: false })), ...rows], rule),
  };
}

/** The rule ends with the last row that has it. */
function frame(rows: readonly Row[], { top, middle, bottom }: Rule): readonly string[] {
  const end = rows.findLastIndex(({ isCommand }) => !isCommand);
  return rows.map(({ text, isCommand }, index) => {
    if (isCommand) return ' '.repeat(middle.length) + text;
    return (index === 0 ? top : index === end ? bottom : middle) + text;
  });
}
