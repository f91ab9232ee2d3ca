// One run's reading of a log's family: what is to be read, and what is to be remembered once it was.
import { type SourceError, systemCode } from '../../lib/errors.ts';
import type { InflateLimits } from '../source.ts';
import type { Gap } from './gap.ts';
import { type Family, openFamily } from './members.ts';
import type { Part, Reach } from './part.ts';
import { type Entry, type Plan, type PlanOptions, planReading } from './plan.ts';
import { type FamilyMemory, MOST_CONTENTS, type Position } from './position.ts';

export interface ReadingOptions extends PlanOptions {
  readonly inflateLimits: InflateLimits;
}

export class Reading {
  readonly #family: Family;
  readonly #plan: Plan;
  readonly #reached = new Map<Part, Position | null>();
  #isInterrupted = false;

  private constructor(family: Family, plan: Plan) {
    this.#family = family;
    this.#plan = plan;
  }

  /** Of the log at `path`; `memory` is that of the run before. Files are held open until it is released. */
  static async open(path: string, memory: FamilyMemory | null, options: ReadingOptions): Promise<Reading> {
    const part = await Reading.#look(path, memory, options, memory?.folders ?? []);
    if (!part.#plan.needsAll) return part;
    await part.release();
    return Reading.#look(path, memory, options, []);
  }

  static async #look(
    path: string,
    memory: FamilyMemory | null,
    options: ReadingOptions,
    folders: readonly string[],
  ): Promise<Reading> {
    const contents = memory?.contents ?? [];
    const plain = contents.filter(({ isLive, isLost, file }) => isLive || !(isLost || file.packed));
    const hints = plain.map(({ file }) => file.path);
    const { inflateLimits: limits, now } = options;
    const family = await openFamily(path, { hints, limits, now, folders });
    try {
      return new Reading(family, await planReading(path, memory, family, options));
    } catch (error) {
      await family.release();
      throw error;
    }
  }

  /** The oldest first, the log itself last. */
  get parts(): readonly Part[] {
    return this.#plan.entries.flatMap(({ part }) => part ?? []);
  }

  /** See `Plan.ended`. */
  get ended(): readonly string[] {
    return this.#plan.ended;
  }

  get gaps(): readonly Gap[] {
    return this.#plan.gaps;
  }

  /** What keeps the log, and archives that may be news, from being read. */
  get liveTrouble(): SourceError | null {
    return this.#family.liveTrouble;
  }

  /** Whether there is no log, which may be for a moment. */
  get isMissing(): boolean {
    return systemCode(this.liveTrouble?.cause) === 'ENOENT';
  }

  get troubles(): readonly SourceError[] {
    return this.#plan.troubles;
  }

  /** A part was read, to its end or to where time was up. */
  reach(part: Part, reach: Reach): Position | null {
    const position = part.position(reach);
    this.#reached.set(part, position);
    this.#isInterrupted ||= !reach.isComplete;
    return position;
  }

  /** Whether all that was found was read. */
  get isDone(): boolean {
    return !this.#isInterrupted && this.parts.every((part) => this.#reached.has(part));
  }

  /** What the next run is to know. */
  memory(): FamilyMemory {
    const { entries, known, horizon, isAtRest } = this.#plan;
    const contents = entries.flatMap((entry) => this.#positionOf(entry) ?? []);
    for (const { head } of contents.slice(0, -MOST_CONTENTS)) known.add(head);
    return {
      contents: contents.slice(-MOST_CONTENTS),
      known: known.prints,
      horizon,
      folders: isAtRest && this.isDone ? this.#family.folders : [],
    };
  }

  release(): Promise<void> {
    return this.#family.release();
  }

  #positionOf({ part, position }: Entry): Position | null {
    return part === null ? position : (this.#reached.get(part) ?? position);
  }
}
