// Rotated logs that are held open: a writer that was not told of the rotation goes on in them.

import { systemCode } from '../../lib/errors.ts';
import { followEvent } from '../../lib/follow-event.ts';
import type { Generation } from './generation.ts';
import type { FollowItem } from './item.ts';
import type { LastMoments } from './last-moments.ts';

/** One is let go when nobody wrote to it for so long while its successor grew. */
const QUIET_MS = 10 * 60_000;
const MOST = 16;

interface Entry {
  readonly generation: Generation;
  quietSince: number;
}

export class Retired {
  readonly #now: () => number;
  readonly #onGone: (generation: Generation) => void;
  readonly #lastMoments: LastMoments;
  #entries: Entry[] = [];

  /** `onGone` is told of each that is let go. */
  constructor(now: () => number, lastMoments: LastMoments, onGone: (generation: Generation) => void) {
    this.#now = now;
    this.#lastMoments = lastMoments;
    this.#onGone = onGone;
  }

  get generations(): readonly Generation[] {
    return this.#entries.map(({ generation }) => generation);
  }

  add(generation: Generation): void {
    this.#entries.push({ generation, quietSince: this.#now() });
  }

  /** Its log bears the name again. */
  remove(generation: Generation): void {
    this.#entries = this.#entries.filter((entry) => entry.generation !== generation);
  }

  /** What was written to them since. */
  async *read(isSuperseded: boolean): AsyncGenerator<FollowItem> {
    // All before any: a writer that goes on from one to the next has ended what it wrote to the first.
    const written = this.#entries.map(({ generation }) => generation.written);
    for (const [at, entry] of [...this.#entries].entries()) {
      const isOver = yield* this.#readOne(entry, written[at]);
      const isQuiet = isSuperseded && this.#now() - entry.quietSince > QUIET_MS;
      if (isOver || isQuiet || this.#entries.length > MOST) yield* this.#letGo(entry.generation);
    }
  }

  /** Whether there is nothing more to be had of it. */
  async *#readOne(entry: Entry, end: number | undefined): AsyncGenerator<FollowItem, boolean> {
    const { generation } = entry;
    const { id, path, offset } = generation;
    try {
      for await (const chunk of this.#lastMoments.of(generation.fresh(end))) {
        yield { type: 'bytes', generation: id, chunk };
        entry.quietSince = this.#now();
      }
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
      yield followEvent(
        path,
        'gap',
        offset,
        `the rotated log cannot be read any more (${systemCode(error)})`,
      );
      return true;
    }
    // One that was cut after its rotation holds nothing of ours any more.
    return generation.isRewritten;
  }

  async *#letGo(generation: Generation): AsyncGenerator<FollowItem> {
    this.remove(generation);
    this.#onGone(generation);
    await generation.close();
    yield { type: 'end', generation: generation.id };
  }
}
