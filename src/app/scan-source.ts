// One input through the whole pipeline: bytes -> lines -> records -> facts -> findings.
import type { KeyEvidence } from '../aws/aws-error.ts';
import type { Finding } from '../findings/finding.ts';
import type { ScanContext } from '../findings/scan-event.ts';
import type { SourceError } from '../lib/errors.ts';
import type { Header, LogRecord } from '../records/record.ts';
import type { Source } from '../sources/source.ts';
import { factsOf } from './facts.ts';
import { judge } from './judge.ts';
import type { LogTime } from './log-time.ts';
import { Neighbours } from './neighbours.ts';
import { CandidateReader, type Segment } from './read-candidates.ts';
import { EveryRecord, type ReadCounter, readRecords } from './read-records.ts';
import type { RecordReader } from './record-reader.ts';
import type { searchFor } from './search-for.ts';
import type { ScanSettings } from './settings.ts';
import { clockFor } from './source-clock.ts';
import type { Tally } from './tally.ts';
import { outsideOf } from './time-window.ts';

/** What the reading of an input, or of a part of it, has come to. */
export interface Intake extends ReadCounter {
  /** The headers of the first and the last record; `null` if it has none. */
  ends: readonly [Header, Header] | null;
  /** What kept it from being read whole. */
  readonly problems: SourceError[];
}

export function newIntake(): Intake {
  return { bytes: 0, lines: 0, ends: null, problems: [] };
}

export type SearchFor = ReturnType<typeof searchFor>;

/** Yields the findings of one input in the order of its records, or those of a segment of it, and fills `intake`. */
export async function* findingsIn(
  source: Source,
  settings: ScanSettings,
  intake: Intake,
  search: SearchFor,
  segment?: Segment,
): AsyncGenerator<Finding | ScanContext> {
  const clock = clockFor(source, settings);
  const neighbours = new Neighbours(source.path, settings);
  const timeOf = (record: LogRecord): Promise<LogTime> => clock.timeOf(record);
  const reader = readerOf(source, settings, intake, search, segment);
  const keyOf = (record: LogRecord): KeyEvidence | null => reader.keyOf(record);
  for await (const batch of reader.batches()) {
    for (const record of batch) {
      yield* neighbours.meet(record);
      if (!settings.rules.concerns(record)) continue;
      for (const finding of await judge(factsOf(record, keyOf), source.path, timeOf, settings)) {
        neighbours.awaitFor(finding);
        yield finding;
      }
    }
  }
  yield* neighbours.end();
  intake.ends = reader.ends;
}

/** Counts a whole input, and says what is odd about it. */
export function conclude(
  source: Source,
  { bytes, lines, ends }: Intake,
  settings: ScanSettings,
  tally: Tally,
): void {
  tally.bytes += bytes;
  tally.lines += lines;
  if (ends === null && lines > 0) tally.note({ path: source.path, message: unrecognised(lines) });
  const outside = ends === null ? null : outsideOf(source.path, ends, clockFor(source, settings), settings);
  if (outside !== null) tally.passOver(outside);
  else if (ends !== null) tally.recognised = true;
}

/** Whether only the records are read that may matter: unless a rule may report any, or those around them are asked for. */
export function readsCandidates({ rules, context }: ScanSettings): boolean {
  return rules.literals !== null && context === 0;
}

function readerOf(
  source: Source,
  settings: ScanSettings,
  intake: Intake,
  search: SearchFor,
  segment: Segment | undefined,
): RecordReader {
  const { recordLimits: limits, signal } = settings;
  const { problems } = intake;
  return readsCandidates(settings)
    ? new CandidateReader(source, { limits, search, problems, signal, segment }, intake)
    : new EveryRecord(readRecords(source, limits, intake, problems, signal));
}

function unrecognised(lines: number): string {
  return `no record header recognised in ${lines} ${lines === 1 ? 'line' : 'lines'}, so nothing in it could be matched; is it an oc.log?`;
}
