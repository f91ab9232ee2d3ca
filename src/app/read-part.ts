// The rest of one content of a log through the pipeline: bytes -> records -> findings, and where the next run begins.
import type { Finding } from '../findings/finding.ts';
import { SourceError } from '../lib/errors.ts';
import type { Part, Reach } from '../sources/resume/part.ts';
import { type Foreseen, LiveLog } from './live-log.ts';
import type { ScanSettings } from './settings.ts';
import { clockFor } from './source-clock.ts';

export interface PartLimits {
  /** Whether time is up. */
  isOver(): boolean;
  /** Whether a log that grew last at that time is left with a last record that is over. */
  isOverdue(grownAt: number): boolean;
  readonly now: number;
}

/** How far it came. */
export interface PartEnd extends Reach {
  /** What its last record tells so far, should the rest never come; `null` if it was not looked at. */
  readonly held: Foreseen | null;
  readonly lines: number;
  readonly problem: SourceError | null;
}

/** Yields its findings; returns how far it came. */
export async function* readPart(
  part: Part,
  settings: ScanSettings,
  limits: PartLimits,
): AsyncGenerator<Finding, PartEnd> {
  const { path, modified } = part.member.source;
  const source = { path, modified, rereadable: true, open: () => part.again() };
  const { offset, line } = part.start;
  const start = { path, offset, line, newFrom: part.newFrom };
  const log = new LiveLog(start, settings, clockFor(source, settings), part.before?.place.reported);
  const known = { lines: 0 };
  let isComplete = true;
  let problem: SourceError | null = null;
  try {
    isComplete = yield* pushAll(part, log, known, limits);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    problem = error;
  }
  const grownAt = grownAtOf(part, limits.now);
  const isEnded = isComplete && (part.isSuperseded || limits.isOverdue(grownAt));
  if (isEnded) yield* log.flushAll();
  const settled = isEnded || log.place.offset >= part.end;
  const place = { ...log.place, reported: log.reported, settled };
  // Of a reading that was stopped too: what is left of it may be gone by the next run.
  const held = isEnded ? null : await log.foresee();
  return {
    place,
    grownAt,
    lines: log.lines - known.lines,
    isComplete,
    held,
    problem,
  };
}

/** Whether it came to its end. */
async function* pushAll(
  part: Part,
  log: LiveLog,
  known: { lines: number },
  { isOver }: PartLimits,
): AsyncGenerator<Finding, boolean> {
  for await (const chunk of part.bytes()) {
    yield* log.push(chunk);
    if (part.fresh === 0) known.lines = log.lines;
    // At least one record is over: whatever the limits, every run comes further.
    else if (isOver() && log.place.offset > part.newFrom) return false;
  }
  return true;
}

/** By the file's own time where that can be: it may have been long before this run. */
function grownAtOf({ member, fresh, before }: Part, now: number): number {
  if (fresh === 0 && before !== null) return before.grownAt;
  return Math.min(now, member.archive.modified.getTime());
}
