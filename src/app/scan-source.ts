// One input through the whole pipeline: bytes -> lines -> records -> facts -> findings.
import type { KeyEvidence } from '../aws/aws-error.ts';
import type { Finding } from '../findings/finding.ts';
import type { ScanContext } from '../findings/scan-event.ts';
import { SourceError } from '../lib/errors.ts';
import type { Header, LogRecord } from '../records/record.ts';
import type { BlockReader, Source } from '../sources/source.ts';
import { factsOf } from './facts.ts';
import { judge } from './judge.ts';
import type { LogTime } from './log-time.ts';
import { Neighbours } from './neighbours.ts';
import { openCandidates } from './open-candidates.ts';
import type { Segment } from './read-candidates.ts';
import { EveryRecord, type ReadCounter, readRecords } from './read-records.ts';
import type { RecordReader } from './record-reader.ts';
import type { searchFor } from './search-for.ts';
import type { ScanSettings } from './settings.ts';
import { clockFor } from './source-clock.ts';
import type { Tally } from './tally.ts';
import { isBounded, outsideOf } from './time-window.ts';

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
  const neighbours = new Neighbours(source.path, settings);
  const timeOf = (record: LogRecord): Promise<LogTime> => clockFor(source, settings).timeOf(record);
  const reader = await readerOf(source, settings, intake, search, segment);
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
  const outside =
    ends === null || !isBounded(settings)
      ? null
      : outsideOf(source.path, ends, clockFor(source, settings), settings);
  if (outside !== null) tally.passOver(outside);
  else if (ends !== null) tally.recognised = true;
}

/** Whether only the records are read that may matter: unless a rule may report any, or those around them are asked for. */
export function readsCandidates({ rules, context }: ScanSettings): boolean {
  return rules.literals !== null && context === 0;
}

async function readerOf(
  source: Source,
  settings: ScanSettings,
  intake: Intake,
  search: SearchFor,
  segment: Segment | undefined,
): Promise<RecordReader> {
  const { recordLimits: limits, searchedSize, signal } = settings;
  const { problems } = intake;
  const isSearched = readsCandidates(settings);
  const short = isSearched && segment === undefined ? await shortSource(source, searchedSize) : null;
  return isSearched && short === null
    ? openCandidates(source, { limits, search, problems, signal, segment }, intake)
    : new EveryRecord(readRecords(short ?? source, limits, intake, problems, signal));
}

/** The same bytes, read at once; `null` if there are as many as `size`, or if that takes more than a look. */
async function shortSource(source: Source, size: number): Promise<Source | null> {
  let blocks: BlockReader | null = null;
  let isShort = false;
  try {
    blocks = (await source.blocks?.()) ?? null;
    isShort = blocks !== null && blocks.peek(size).length < size;
  } catch (error) {
    // To be met again, where it is expected.
    if (!(error instanceof SourceError)) throw error;
  }
  if (blocks !== null && isShort) return { ...source, open: () => chunksOf(blocks, size) };
  await blocks?.close();
  return null;
}

async function* chunksOf(blocks: BlockReader, size: number): AsyncGenerator<Buffer> {
  try {
    const target = Buffer.allocUnsafe(size);
    for (let count = blocks.read(target); count > 0; count = blocks.read(target))
      yield target.subarray(0, count);
  } finally {
    await blocks.close();
  }
}

function unrecognised(lines: number): string {
  return `no record header recognised in ${lines} ${lines === 1 ? 'line' : 'lines'}, so nothing in it could be matched; is it an oc.log?`;
}
