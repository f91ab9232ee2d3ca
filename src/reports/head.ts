// The first line of a block: severity, code, title, how often and when last. It stands alone.
import type { Fault } from '../findings/fault.ts';
import { cellsOf, clip } from './cells.ts';
import { describeCount } from './fault-text.ts';
import { fitTo, isWide, type Page } from './layout.ts';
import { show } from './show.ts';
import { whole, wrap } from './wrap.ts';

const MAX_CODE = 16;
const MAX_TITLE = 300;
const HANG = '  ';

/** One line where it is wide enough, else the count on a line of its own. `gap` sets severity, code and title apart. */
export function headOf(fault: Fault, page: Page, gap: string): readonly string[] {
  const { width, margin, paint } = page;
  const { severity, code, title } = fault.example;
  const word = severity.toUpperCase();
  const name = clip(fitTo(page, show(code)), MAX_CODE);
  const room = width - margin - HANG.length;
  const parts = [whole(`${word}${gap}${name}${gap.slice(1)}`), fitTo(page, clip(show(title), MAX_TITLE))];
  const [first = '', ...rest] = wrap(parts, room);
  const painted = paint.severity(severity, word) + first.slice(word.length);
  const count = fitTo(page, describeCount(fault));
  const isOneLine =
    isWide(width) && rest.length === 0 && cellsOf(first) + 3 + cellsOf(count) <= width - margin;
  return isOneLine
    ? [`${painted} (${count})`]
    : [painted, ...rest.map((line) => HANG + line), ...wrap(count, room).map((line) => HANG + line)];
}
