// One input through the whole pipeline: bytes -> lines -> records -> facts -> findings.
import type { KeyEvidence } from '../aws/aws-error.ts';
import type { Finding } from '../findings/finding.ts';
import type { ScanContext } from '../findings/scan-event.ts';
import type { SourceError } from '../lib/errors.ts';
import { MidnightMap } from '../records/midnights.ts';
import type { LogRecord, RecordLimits } from '../records/record.ts';
import { parseArchiveName } from '../sources/family.ts';
import type { Source } from '../sources/source.ts';
import { factsOf } from './facts.ts';
import { judge } from './judge.ts';
import { LogClock, type LogTime } from './log-time.ts';
import { Neighbours } from './neighbours.ts';
import { CandidateReader } from './read-candidates.ts';
import { EveryRecord, readRecords } from './read-records.ts';
import type { RecordReader } from './record-reader.ts';
import { searchFor } from './search-for.ts';
import type { ScanSettings } from './settings.ts';
import type { Tally } from './tally.ts';
import { outsideOf } from './time-window.ts';

/**
 * Yields the findings of one input in the order of its records. `problems` receives what kept the input from being
 * read whole, once everything readable was reported.
 */
export async function* scanSource(
  source: Source,
  settings: ScanSettings,
  tally: Tally,
  problems: SourceError[],
  search = searchFor(settings.rules),
): AsyncGenerator<Finding | ScanContext> {
  const clock = clockFor(source, settings);
  const neighbours = new Neighbours(source.path, settings);
  const linesBefore = tally.lines;
  const timeOf = (record: LogRecord): Promise<LogTime> => clock.timeOf(record);
  const reader = readerOf(source, settings, tally, problems, search);
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
  const lines = tally.lines - linesBefore;
  const { ends } = reader;
  if (ends === null && lines > 0) tally.note({ path: source.path, message: unrecognised(lines) });
  const outside = ends === null ? null : outsideOf(source.path, ends, clock, settings);
  if (outside !== null) tally.passOver(outside);
  else if (ends !== null) tally.recognised = true;
}

/** Only the records that may matter are read, unless a rule may report any, or those around them are asked for. */
function readerOf(
  source: Source,
  { rules, context, recordLimits, signal }: ScanSettings,
  tally: Tally,
  problems: SourceError[],
  search: ReturnType<typeof searchFor>,
): RecordReader {
  return rules.literals === null || context > 0
    ? new EveryRecord(readRecords(source, recordLimits, tally, problems, signal))
    : new CandidateReader(source, { limits: recordLimits, search, problems, signal }, tally);
}

function clockFor(source: Source, { zone, recordLimits }: ScanSettings): LogClock {
  const [archive = ''] = source.path.split('!');
  return new LogClock(zone, {
    nameDate: parseArchiveName(archive.slice(archive.lastIndexOf('/') + 1))?.date ?? null,
    modified: source.modified,
    countMidnights: source.rereadable ? () => countMidnights(source, recordLimits) : null,
  });
}

async function countMidnights(source: Source, limits: RecordLimits): Promise<MidnightMap> {
  const midnights = new MidnightMap();
  for await (const batch of readRecords(source, limits, { bytes: 0, lines: 0 }, [])) {
    for (const record of batch) midnights.observe(record);
  }
  return midnights;
}

function unrecognised(lines: number): string {
  return `no record header recognised in ${lines} ${lines === 1 ? 'line' : 'lines'}, so nothing in it could be matched; is it an oc.log?`;
}
