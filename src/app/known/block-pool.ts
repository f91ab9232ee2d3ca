// Blocks that nobody reads any more: memory that is used again is no garbage.
import type { FindingLines } from '../../findings/finding-lines.ts';

const MOST_FREE = 16;

export class BlockPool {
  readonly #free: Buffer[] = [];

  /** `null` if there is none of that length. */
  take(length: number): Buffer | null {
    const block = this.#free.pop();
    return block !== undefined && block.length >= length ? block : null;
  }

  giveBack({ bytes }: FindingLines): void {
    if (this.#free.length < MOST_FREE) this.#free.push(Buffer.from(bytes.buffer));
  }
}
