// One input through the whole pipeline: bytes -> lines -> records -> facts -> findings.
import type { KeyEvidence } from '../aws/aws-error.ts';
import type { Finding } from '../findings/finding.ts';
import type { FindingLines } from '../findings/finding-lines.ts';
import type { ScanContext } from '../findings/scan-event.ts';
import { SourceError } from '../lib/errors.ts';
import type { Header, LogRecord } from '../records/record.ts';
import type { Recall } from '../records/record-finder.ts';
import { openBlocks } from '../sources/open-blocks.ts';
import type { BlockReader, Source } from '../sources/source.ts';
import { factsOf } from './facts.ts';
import { judge } from './judge.ts';
import { FoundBuffer } from './known/found-buffer.ts';
import type { KnownRecord } from './known/known-record.ts';
import { Recollection } from './known/recollection.ts';
import type { LogTime } from './log-time.ts';
import { neighboursIn } from './neighbours.ts';
import { openCandidates } from './open-candidates.ts';
import { openRecords } from './open-records.ts';
import type { Segment } from './read-candidates.ts';
import type { ReadCounter } from './read-records.ts';
import type { RecordReader } from './record-reader.ts';
import type { ScanSettings } from './settings.ts';
import { clockFor } from './source-clock.ts';
import type { Tally } from './tally.ts';
import { isBounded, outsideOf } from './time-window.ts';
import type { Tools } from './tools.ts';

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

export type Found = Finding | FindingLines | ScanContext;

/** Yields the findings of one input in the order of its records, or those of a segment of it, and fills `intake`. */
export async function* findingsIn(
  source: Source,
  settings: ScanSettings,
  intake: Intake,
  tools: Tools,
  segment?: Segment,
): AsyncGenerator<Found> {
  const out = new FoundBuffer(settings.lines, tools.blocks);
  const neighbours = await neighboursIn(source, settings, (context) => out.add(context));
  const timeOf = (record: LogRecord): Promise<LogTime> => clockFor(source, settings).timeOf(record);
  const reader = await readerOf(source, settings, intake, tools, neighbours.needsAll, segment);
  const keyOf = (record: LogRecord): KeyEvidence | null => reader.keyOf(record);
  const recollection = new Recollection(source, settings, tools, reader, out);
  for await (const batch of reader.batches()) {
    for (const one of batch) {
      if (out.isFull) yield* out.take();
      const record = recollection.unknown(one);
      if (record === null) continue;
      neighbours.meet(record);
      // Asked here, so that what judges is loaded for a record that may be reported.
      if (settings.rules.likely(record).length === 0) continue;
      tools.judging();
      for (const finding of await judge(factsOf(record, keyOf), source.path, timeOf, settings)) {
        out.add(finding);
        await neighbours.surround(finding, record);
        await tools.learn();
      }
    }
    yield* out.take();
  }
  neighbours.end();
  yield* out.take();
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

/** Only the records are read that may matter, unless a rule may report any, or all are needed for those around it. */
async function readerOf(
  source: Source,
  settings: ScanSettings,
  intake: Intake,
  tools: Tools,
  needsAll: boolean,
  segment: Segment | undefined,
): Promise<RecordReader<KnownRecord>> {
  const { context, recordLimits: limits, rules, searchedSize, signal } = settings;
  const { problems } = intake;
  // What is around a record has to be looked for by its finding, whether it is known or not.
  const recall: Recall<KnownRecord> = (...record) => (context === 0 ? tools.recall(...record) : null);
  const isSearched = rules.literals !== null && !needsAll;
  const short = isSearched && segment === undefined ? await shortSource(source, searchedSize) : null;
  return isSearched && short === null
    ? openCandidates(source, { limits, search: tools.search, recall, problems, signal, segment }, intake)
    : openRecords(short ?? source, limits, intake, problems, signal);
}

/** The same bytes, read at once; `null` if there are as many as `size`, or if that takes more than a look. */
async function shortSource(source: Source, size: number): Promise<Source | null> {
  const blocks = await openBlocks(source);
  if (blocks !== null && holdsLess(blocks, size)) return { ...source, open: () => chunksOf(blocks, size) };
  await blocks?.close();
  return null;
}

function holdsLess(blocks: BlockReader, size: number): boolean {
  try {
    return blocks.peek(size).length < size;
  } catch (error) {
    // To be met again, where it is expected.
    if (!(error instanceof SourceError)) throw error;
    return false;
  }
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
