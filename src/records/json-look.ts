// A cheap look at a line: could it be a JSON formatter's object? Apart from what reads one, which most logs never need.
import { LEVELS } from './record.ts';

const QUOTED_LEVEL = new RegExp(`"(?:${LEVELS.join('|')})"`);

export function looksLikeJsonRecord(line: string): boolean {
  return line.charCodeAt(0) === 0x7b && QUOTED_LEVEL.test(line);
}
