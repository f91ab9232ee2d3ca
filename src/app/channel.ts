// Several producers, one consumer: a producer goes on when what it sent was dealt with, so that a slow consumer slows
// all of them and nothing piles up.

interface Sent<T> {
  readonly value: T;
  readonly taken: () => void;
}

export class Channel<T> {
  readonly #queue: Sent<T>[] = [];
  #wake: (() => void) | null = null;
  #open = 0;
  #failure: { readonly error: unknown } | null = null;
  #isClosed = false;

  /** Resolves when the consumer asks for the next value, or is gone. */
  send(value: T): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    return new Promise((taken) => {
      this.#queue.push({ value, taken });
      this.#wake?.();
    });
  }

  /** Sends all that a source yields; the channel ends with the last of its sources, or the first failure. */
  addSource(source: AsyncIterable<T>): void {
    this.#open += 1;
    void this.#drain(source)
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => {
        this.#open -= 1;
        this.#wake?.();
      });
  }

  async *values(): AsyncGenerator<T> {
    try {
      yield* this.#take();
    } finally {
      this.#isClosed = true;
      for (const { taken } of this.#queue.splice(0)) taken();
    }
  }

  async *#take(): AsyncGenerator<T> {
    for (;;) {
      const sent = this.#queue.shift();
      if (sent !== undefined) {
        try {
          yield sent.value;
        } finally {
          sent.taken();
        }
        continue;
      }
      if (this.#failure !== null) throw this.#failure.error;
      if (this.#open === 0) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
  }

  async #drain(source: AsyncIterable<T>): Promise<void> {
    for await (const value of source) {
      await this.send(value);
      if (this.#isClosed) return;
    }
  }
}
