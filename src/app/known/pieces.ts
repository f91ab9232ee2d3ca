// The pieces in which records that say the same thing differ: the time of the header, the thread's name, request ids, and
// the stack frames at the end. What is left is the record's wording. They are found in raw bytes by the kernel
// (kernel/assembly/known/pieces.ts), which takes only pieces of a form, and in surroundings, that `innocence.ts` speaks for.
import type { Recogniser } from '../../kernel/recogniser.ts';
import type { Trace } from './traces.ts';

/** `yyyy-MM-dd HH:mm:ss,SSS`, and nothing else. */
export const STAMP_LENGTH = 23;
/** `8-4-4-4-12`, in small letters. */
export const ID_LENGTH = 36;
/** More of them and nothing is known of the record. */
export const MOST_IDS = 4;
export const LONGEST_THREAD = 60;

/** Of the record that was recognised last: good until the next one is looked at. Places are those in `bytes`. */
export class Pieces {
  readonly bytes: Buffer;
  readonly at: number;
  readonly #recogniser: Recogniser;
  /** `null` where it is no piece. */
  trace: Trace | null = null;
  thread: string | null = null;

  constructor(recogniser: Recogniser) {
    this.#recogniser = recogniser;
    this.bytes = recogniser.memory;
    this.at = recogniser.recordAt;
  }

  get to(): number {
    return this.#recogniser.recordEnd;
  }

  /** The end of its first line, without the line feed. */
  get lineEnd(): number {
    return this.#recogniser.facts.lineEnd;
  }

  /** Equal where the thread is no piece. */
  get threadFrom(): number {
    return this.#recogniser.facts.threadFrom;
  }

  get threadTo(): number {
    return this.#recogniser.facts.threadTo;
  }

  /** Where request ids begin. */
  get ids(): readonly number[] {
    return this.#recogniser.facts.ids;
  }

  /** Where the trace begins, with its first line; `to` where it is no piece. */
  get traceFrom(): number {
    return this.#recogniser.facts.traceFrom;
  }
}
