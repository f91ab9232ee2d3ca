// A pull reader over chunks of bytes: look ahead, take, give back. It copies only what a look ahead
// has to join over a chunk's end, since a chunk is void once the next one is asked for.

const NOTHING = Buffer.alloc(0);

export class ByteCursor {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = NOTHING;
  #taken: number;
  #failure: { readonly error: unknown } | null = null;

  /** `startAt` is the offset of the first byte, for a cursor over a part of something larger. */
  constructor(chunks: AsyncIterable<Buffer>, startAt = 0) {
    this.#taken = startAt;
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Where the next byte stands. */
  get offset(): number {
    return this.#taken;
  }

  /** The next `count` bytes without taking them; fewer only at the end or in front of a failure. */
  async peek(count: number): Promise<Buffer> {
    while (this.#rest.length < count) {
      this.#rest = Buffer.from(this.#rest);
      try {
        const next = await this.#nextChunk();
        if (next === null) break;
        this.#rest = this.#rest.length === 0 ? next : Buffer.concat([this.#rest, next]);
      } catch (error) {
        // What came before the failure is still to be had.
        if (this.#rest.length === 0) throw error;
        break;
      }
    }
    return this.#rest.subarray(0, count);
  }

  /** What is at hand of the next bytes without reading on, at most `most`. */
  peekAvailable(most: number): Buffer {
    return this.#rest.subarray(0, most);
  }

  /** Between one and `most` bytes, valid until the cursor is asked again; `null` at the end. */
  async take(most: number): Promise<Buffer | null> {
    while (this.#rest.length === 0) {
      const next = await this.#nextChunk();
      if (next === null) return null;
      this.#rest = next;
    }
    const taken = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(taken.length);
    this.#taken += taken.length;
    return taken;
  }

  /** Exactly `count` bytes, copied, or `null` when the input ends before; then nothing is taken. */
  async takeExactly(count: number): Promise<Buffer | null> {
    const seen = await this.peek(count);
    if (seen.length < count) {
      if (this.#failure !== null) throw this.#failure.error;
      return null;
    }
    const copy = Buffer.from(seen);
    this.#rest = this.#rest.subarray(count);
    this.#taken += count;
    return copy;
  }

  /** Passes over `count` bytes; false when the input ends before. */
  async skip(count: number): Promise<boolean> {
    let left = count;
    while (left > 0) {
      const taken = await this.take(left);
      if (taken === null) return false;
      left -= taken.length;
    }
    return true;
  }

  /** Puts back the end of what `take` gave last. */
  giveBack(bytes: Buffer): void {
    // What was taken and what was left of its chunk still stand side by side.
    this.#rest = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length + this.#rest.length);
    this.#taken -= bytes.length;
  }

  /** What is left, in the chunks in which it comes. */
  async *remaining(): AsyncGenerator<Buffer> {
    for (;;) {
      const taken = await this.take(Number.POSITIVE_INFINITY);
      if (taken === null) return;
      yield taken;
    }
  }

  async #nextChunk(): Promise<Buffer | null> {
    if (this.#failure !== null) throw this.#failure.error;
    try {
      const next = await this.#chunks.next();
      return next.done === true ? null : next.value;
    } catch (error) {
      this.#failure = { error };
      throw error;
    }
  }

  /** Ends the reading and frees what the chunks held. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
