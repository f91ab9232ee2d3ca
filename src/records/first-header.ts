// The header of the first record of a log's beginning: what tells how far back the log goes.
import type { LineBytes } from './line-bytes.ts';
import { recordsIn } from './live-framer.ts';
import { OpenRecord } from './open-record.ts';
import type { Header } from './record.ts';

/** Of the complete lines from the one at `at` on; `null` if no record begins with any, or that cannot be told yet. */
export function firstHeader(lines: LineBytes, at: number): Header | null {
  for (let start = at, end = lines.endOf(start); end > 0; start = end, end = lines.endOf(start)) {
    const found = lines.beginning(start, end);
    if (found === 'undecided') return null;
    if (found instanceof OpenRecord) return found.header;
    if (found !== null) {
      const [record] = recordsIn(lines.bytes.subarray(start, lines.end), lines.limits);
      return record?.header ?? null;
    }
  }
  return null;
}
