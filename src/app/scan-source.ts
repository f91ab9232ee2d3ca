// One input through the whole pipeline: bytes -> lines -> records -> facts -> findings.
import { KeyTrail } from '../aws/key-evidence.ts';
import type { Finding } from '../findings/finding.ts';
import type { ScanContext } from '../findings/scan-event.ts';
import type { SourceError } from '../lib/errors.ts';
import { MidnightCounter } from '../records/midnights.ts';
import type { LogRecord, RecordLimits } from '../records/record.ts';
import { parseArchiveName } from '../sources/family.ts';
import type { Source } from '../sources/source.ts';
import { factsOf } from './facts.ts';
import { judge } from './judge.ts';
import { LogClock, type LogTime } from './log-time.ts';
import { Neighbours } from './neighbours.ts';
import { readRecords } from './read-records.ts';
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
): AsyncGenerator<Finding | ScanContext> {
  const clock = clockFor(source, settings);
  const neighbours = new Neighbours(source.path, settings);
  const keys = new KeyTrail();
  const linesBefore = tally.lines;
  const timeOf = (record: LogRecord): Promise<LogTime> => clock.timeOf(record);
  let ends: Ends | null = null;
  let records = 0;
  for await (const batch of readRecords(source, settings.recordLimits, tally, problems, settings.signal)) {
    records += batch.length;
    ends = endsOf(ends, batch);
    for (const record of batch) {
      clock.observe(record);
      const key = keys.observe(record);
      yield* neighbours.meet(record);
      if (!settings.rules.concerns(record)) continue;
      for await (const finding of judge(factsOf(record, key), source.path, timeOf, settings)) {
        neighbours.awaitFor(finding);
        yield finding;
      }
    }
  }
  yield* neighbours.end();
  const lines = tally.lines - linesBefore;
  if (ends === null && lines > 0) tally.note({ path: source.path, message: unrecognised(lines) });
  const outside = ends === null ? null : await outsideOf(source.path, ends, clock, settings);
  if (outside === null) tally.records += records;
  else tally.passOver(outside);
}

/** The first and the last record. */
type Ends = readonly [LogRecord, LogRecord];

function endsOf(ends: Ends | null, batch: readonly LogRecord[]): Ends | null {
  const [first, last] = [batch[0], batch.at(-1)];
  return first === undefined || last === undefined ? ends : [ends?.[0] ?? first, last];
}

function clockFor(source: Source, { zone, recordLimits }: ScanSettings): LogClock {
  const [archive = ''] = source.path.split('!');
  return new LogClock(zone, {
    nameDate: parseArchiveName(archive.slice(archive.lastIndexOf('/') + 1))?.date ?? null,
    modified: source.modified,
    countMidnights: source.rereadable ? () => countMidnights(source, recordLimits) : null,
  });
}

async function countMidnights(source: Source, limits: RecordLimits): Promise<MidnightCounter> {
  const midnights = new MidnightCounter();
  const observe = ({ header: { timestamp } }: LogRecord): void => {
    if (timestamp !== null && timestamp.date === null) midnights.observe(timestamp.time);
  };
  for await (const batch of readRecords(source, limits, { bytes: 0, lines: 0 }, [])) batch.forEach(observe);
  return midnights;
}

function unrecognised(lines: number): string {
  return `no record header recognised in ${lines} ${lines === 1 ? 'line' : 'lines'}, so nothing in it could be matched; is it an oc.log?`;
}
