// Counts the midnights that a log of times without dates goes through.

import type { LogRecord } from './record.ts';

const SECONDS_A_DAY = 86_400;
/** Threads that wait for the log's lock may be printed out of order by this much. */
const JITTER_SECONDS = 60;
/** Clocks are set back by an hour, in the small hours. */
const FOLD_SECONDS = 3_660;
const FOLD_ENDS = 4 * 3_600;

/** Feed it the time of every record in order. Days without any record cannot be seen. */
class MidnightCounter {
  #previous = -1;
  #crossed = 0;
  #isLate = false;

  /** Midnights that the log has gone through. */
  get total(): number {
    return this.#crossed;
  }

  /** Midnights between the first record and the one observed last, which may be a late one. */
  get crossed(): number {
    return this.#isLate ? this.#crossed - 1 : this.#crossed;
  }

  /** Seconds of the day at which the log stands; -1 before the first record. */
  get clock(): number {
    return this.#previous;
  }

  /** `time` is `HH:mm:ss…`. */
  observe(time: string): void {
    const seconds =
      Number(time.slice(0, 2)) * 3600 + Number(time.slice(3, 5)) * 60 + Number(time.slice(6, 8));
    const back = this.#previous - seconds;
    const setBack = back <= FOLD_SECONDS && this.#previous < FOLD_ENDS;
    if (back > JITTER_SECONDS && !setBack) this.#crossed += 1;
    // A late line from before midnight must not count the same midnight again.
    this.#isLate = seconds - this.#previous > SECONDS_A_DAY - JITTER_SECONDS && this.#crossed > 0;
    if (!this.#isLate) this.#previous = seconds;
  }
}

/** More changes than this are no log's. */
const MOST_CHANGES = 65_536;

/** The midnights of a whole log, and how many of them lie before a place in it. */
export class MidnightMap {
  readonly #counter = new MidnightCounter();
  /** Offsets from which on another number counts. */
  readonly #offsets: number[] = [];
  readonly #counts: number[] = [];

  get total(): number {
    return this.#counter.total;
  }

  get clock(): number {
    return this.#counter.clock;
  }

  /** For every record in order. */
  observe({ header: { timestamp }, position: { offset } }: LogRecord): void {
    if (timestamp === null || timestamp.date !== null) return;
    this.#counter.observe(timestamp.time);
    const { crossed } = this.#counter;
    if (crossed === (this.#counts.at(-1) ?? 0) || this.#offsets.length > MOST_CHANGES) return;
    this.#offsets.push(offset);
    this.#counts.push(crossed);
  }

  /** Midnights between the first record and the one at `offset`; `null` if there were too many to remember. */
  crossedAt(offset: number): number | null {
    const behind = this.#offsets.findLastIndex((from) => from <= offset);
    return behind >= MOST_CHANGES ? null : (this.#counts[behind] ?? 0);
  }
}
