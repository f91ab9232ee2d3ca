// Several inputs, and parts of large ones, at a time; what is found is handed on in the order of the log, as one thread
// would have found it.

import type { Finding } from '../../findings/finding.ts';
import { type FindingLines, type LentLines, movedSize, moveLines } from '../../findings/finding-lines.ts';
import type { ScanContext, ScanEvent } from '../../findings/scan-event.ts';
import { SourceError } from '../../lib/errors.ts';
import type { Input } from '../../sources/locate.ts';
import { conclude, type Intake, newIntake } from '../scan-source.ts';
import { scanSources } from '../scan-sources.ts';
import type { ScanSettings } from '../settings.ts';
import type { Tally } from '../tally.ts';
import { Tools } from '../tools.ts';
import { Crew } from './crew.ts';
import type { Batch, Ended } from './message.ts';
import { planUnits } from './plan.ts';
import type { Unit } from './unit.ts';

/** Scans `first`, which `rest` has just yielded, and all that follows. */
export async function* scanInParallel(
  first: Input,
  rest: AsyncIterator<Input>,
  settings: ScanSettings,
  tally: Tally,
  tools: Tools,
): AsyncGenerator<ScanEvent | LentLines> {
  const crew = new Crew(planUnits(first, rest, settings), settings, tools);
  // The first thread reads other units meanwhile, and whatever is searched stands in memory that belongs to its tools.
  const beside = new Tools(settings);
  try {
    let merging: Merging | null = null;
    for (let unit = await crew.next(); unit !== null; unit = await crew.next()) {
      if (unit.lent === null) {
        yield* scanSources(unit.input.sources, settings, tally, beside);
        continue;
      }
      if (merging?.input !== unit.input) merging = new Merging(unit.input, settings, tally, tools);
      yield* merging.take(unit);
      if (settings.signal?.aborted && !merging.isWhole) break;
    }
  } finally {
    await crew.end();
  }
}

/** One input: what its units came to, as if it had been read at once. */
class Merging {
  readonly input: Input;
  readonly #settings: ScanSettings;
  readonly #tally: Tally;
  readonly #tools: Tools;
  /** Of the source at hand. */
  #intake: Intake = newIntake();
  #at = 0;
  /** Whether the reading of the source at hand has ended early, and what comes behind does not count. */
  #isBroken = false;
  /** Whether all units so far were read to their ends. */
  isWhole = true;

  constructor(input: Input, settings: ScanSettings, tally: Tally, tools: Tools) {
    this.#tools = tools;
    this.input = input;
    this.#settings = settings;
    this.#tally = tally;
  }

  async *take({ segment, inbox }: Unit): AsyncGenerator<ScanEvent | LentLines> {
    const isLast = segment === undefined || segment.to === Number.POSITIVE_INFINITY;
    let missing = segment === undefined ? this.input.sources.length : 1;
    for (let batch = await inbox.take(); batch !== null; batch = await inbox.take()) {
      if (this.#isBroken) continue;
      yield* this.#eventsOf(batch);
      if (batch.ended === null) continue;
      missing -= 1;
      this.#add(batch.ended);
      this.#isBroken = segment !== undefined && (this.#intake.problems.length > 0 || !this.isWhole);
      if (isLast || this.#isBroken) yield* this.#conclude();
    }
    if (this.#isBroken || missing === 0) return;
    // It was ended before it was begun.
    this.isWhole = false;
    if (this.#intake.bytes > 0) yield* this.#conclude();
  }

  *#eventsOf({ events, isPlaced = false }: Batch): Generator<Finding | ScanContext | LentLines> {
    const by = isPlaced ? 0 : this.#intake.lines;
    for (const event of events) {
      if (event.type !== 'context') this.#tally.countFindings(event);
      yield event.type === 'lines' ? this.#movedLines(event, by) : moved(event, by);
    }
  }

  #movedLines(lines: FindingLines, by: number): LentLines {
    const { blocks } = this.#tools;
    if (by === 0) return blocks.lend(lines);
    const moved = moveLines(lines, by, blocks.take(movedSize(lines)));
    blocks.giveBack(lines);
    return blocks.lend(moved);
  }

  #add({ bytes, lines, ends, problems, isWhole }: Ended): void {
    this.#intake.bytes += bytes;
    this.#intake.lines += lines;
    if (ends !== null) this.#intake.ends = [this.#intake.ends?.[0] ?? ends[0], ends[1]];
    for (const { path, message, hint } of problems)
      this.#intake.problems.push(new SourceError(path, message, hint === undefined ? {} : { hint }));
    this.isWhole &&= isWhole;
  }

  *#conclude(): Generator<ScanEvent> {
    const source = this.input.sources[this.#at];
    const intake = this.#intake;
    this.#at += 1;
    this.#intake = newIntake();
    if (source === undefined) throw new Error('more sources ended than were begun');
    this.#tally.inputs += 1;
    conclude(source, intake, this.#settings, this.#tally);
    yield* this.#tally.errorsOf(intake.problems);
  }
}

/** What was found in a segment, with its lines counted from the beginning of the log, where so many come before. */
function moved(event: Finding | ScanContext, by: number): Finding | ScanContext {
  if (event.type !== 'finding' || by === 0) return event;
  const { line, endLine } = event.source;
  return { ...event, source: { ...event.source, line: line + by, endLine: endLine + by } };
}
