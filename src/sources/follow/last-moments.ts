// Whoever is told to end reads on to the end of what is written, if that is near: a backlog of gigabytes is left.

/** Of the time that a program has to end in. */
const LAST_MS = 1000;

export class LastMoments {
  readonly #signal: AbortSignal;
  readonly #now: () => number;
  #since = 0;

  constructor(signal: AbortSignal, now: () => number) {
    this.#signal = signal;
    this.#now = now;
    signal.addEventListener(
      'abort',
      () => {
        this.#since = now();
      },
      { once: true },
    );
  }

  /** Whether nothing more is to be read. */
  get areOver(): boolean {
    return this.#signal.aborted && this.#now() - this.#since > LAST_MS;
  }

  /** The chunks, until they are over. One that was read is handed on: it counts as read. */
  async *of(chunks: AsyncIterable<Buffer> | readonly Buffer[]): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      yield chunk;
      if (this.areOver) return;
    }
  }
}
