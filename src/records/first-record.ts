// Where framing can begin in the middle of a log: whether a record begins with a line does not hang on what stands before.
import type { LineBytes } from './line-bytes.ts';
import { boundaryAt } from './record-finder.ts';

/**
 * Behind the first line feed the first line that begins a record for certain, and with its first byte, since a mark before
 * that is of the record before; `null` if there is none.
 */
export function firstRecordIn(lines: LineBytes): number | null {
  for (let at = lines.endOf(0); at > 0 && lines.endOf(at) > 0; at = lines.endOf(at)) {
    const boundary = boundaryAt(lines, at);
    if (boundary !== null && boundary !== 'undecided' && boundary.at + lines.shift === boundary.offset)
      return at;
  }
  return null;
}
