// Units of a scan, in the order of its output: whole inputs, and segments of large plain files. What one came to waits
// here until its turn has come.

import type { Loan } from '../../sources/file.ts';
import type { Input } from '../../sources/locate.ts';
import type { Segment } from '../read-candidates.ts';
import type { Batch, Task } from './message.ts';

export interface Unit {
  readonly number: number;
  readonly input: Input;
  readonly segment: Segment | undefined;
  /** Bytes of plain logs that take about as long to read. */
  readonly work: number;
  readonly workBehind: number;
  /** `null` for what only the first thread can read, and only in its turn. */
  readonly lent: { readonly task: Task; readonly loan: Loan } | null;
  readonly inbox: Inbox;
}

/** Most of what all units together hold for later, in bytes or so. */
const MOST_WAITING = 16 * 1024 ** 2;
/** Most of what the unit holds whose turn it is: no less, whatever waits of others, and no more, for that would be no sooner. */
const MOST_IN_TURN = 1024 ** 2;

/** How much waits, over all units. */
export interface Waiting {
  weight: number;
}

interface Received {
  readonly batch: Batch;
  /** Lets whoever sent it go on; `null` if that was done. */
  taken: (() => void) | null;
}

export class Inbox {
  readonly #waiting: Waiting;
  #received: Received[] = [];
  #weight = 0;
  #isInTurn = false;
  #isClosed = false;
  #fault: { readonly error: unknown } | null = null;
  #wake: (() => void) | null = null;

  constructor(waiting: Waiting) {
    this.#waiting = waiting;
  }

  /** `taken` is called when more may be sent: at once, unless too much waits for its turn. */
  put(batch: Batch, taken: () => void): void {
    this.#waiting.weight += batch.weight;
    this.#weight += batch.weight;
    const isRoom = this.#isInTurn ? this.#weight <= MOST_IN_TURN : this.#waiting.weight <= MOST_WAITING;
    this.#received.push({ batch, taken: isRoom ? null : taken });
    if (isRoom) taken();
    this.#wake?.();
  }

  /** Nothing more comes. */
  close(): void {
    this.#isClosed = true;
    this.#wake?.();
  }

  /** Whoever takes next is thrown this. */
  fail(error: unknown): void {
    this.#fault ??= { error };
    this.#wake?.();
  }

  /** `null` when nothing more comes. Throws what broke the scan. */
  async take(): Promise<Batch | null> {
    this.#isInTurn = true;
    while (this.#received.length === 0 && !this.#isClosed && this.#fault === null) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#wake = null;
    if (this.#fault !== null) throw this.#fault.error;
    const next = this.#received.shift();
    if (next === undefined) return null;
    this.#waiting.weight -= next.batch.weight;
    this.#weight -= next.batch.weight;
    next.taken?.();
    return next.batch;
  }
}
