// Names of threads, which are few: each is looked into once.
import type { Recogniser } from '../../kernel/recogniser.ts';

/** The number of those that are no pieces. */
const GUILTY = 0;

export class Threads {
  readonly #recogniser: Recogniser;
  readonly #isInnocent: (thread: string) => boolean;
  /** By their numbers. */
  #known: string[] = [''];

  constructor(recogniser: Recogniser, isInnocent: (thread: string) => boolean) {
    this.#recogniser = recogniser;
    this.#isInnocent = isInnocent;
  }

  of(number: number): string | null {
    return number === GUILTY ? null : (this.#known[number] ?? null);
  }

  /** The entry of the one of the record at hand, which is unknown. */
  learn(): number {
    const { memory, facts } = this.#recogniser;
    const { threadFrom, threadTo, isCrowded } = facts;
    const thread = memory.toString('latin1', threadFrom, threadTo);
    const isInnocent = this.#isInnocent(thread);
    if (isCrowded) this.#forget();
    let entry = this.#keep(thread, isInnocent);
    if (entry === null) {
      this.#forget();
      entry = this.#keep(thread, isInnocent);
    }
    if (entry === null) throw new Error('there is no room for the name of a thread');
    return entry;
  }

  #keep(thread: string, isInnocent: boolean): number | null {
    const { threadFrom, threadTo } = this.#recogniser.facts;
    const number = isInnocent ? this.#known.length : GUILTY;
    const entry = this.#recogniser.keep('threads', number, { at: threadFrom, length: threadTo - threadFrom });
    if (entry !== null && isInnocent) this.#known.push(thread);
    return entry;
  }

  #forget(): void {
    this.#recogniser.forgetThreads();
    this.#known = [''];
  }
}
