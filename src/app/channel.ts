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
  #isClosed = false;
  readonly #drains: Promise<void>[] = [];
  #failure: { readonly error: unknown } | null = null;

  /** Sends all that a source yields; the channel ends with the last of its sources, or the first failure. */
  addSource(source: AsyncIterable<T>): void {
    this.#open += 1;
    const drain = this.#drain(source)
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => {
        this.#open -= 1;
        this.#wake?.();
      });
    this.#drains.push(drain);
  }

  /** Takes nothing more, and resolves when all sources have ended; one that waits must be woken by the caller. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { taken } of this.#queue.splice(0)) taken();
    await Promise.all(this.#drains);
  }

  async *values(): AsyncGenerator<T> {
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
      if (this.#isClosed) return;
      await this.#send(value);
    }
  }

  /** Resolves when the consumer asks for the next value. */
  #send(value: T): Promise<void> {
    return new Promise((taken) => {
      this.#queue.push({ value, taken });
      this.#wake?.();
    });
  }
}
