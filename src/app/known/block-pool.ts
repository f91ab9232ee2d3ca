// Blocks that nobody reads any more: memory that is used again is no garbage.
import type { FindingLines, LentLines } from '../../findings/finding-lines.ts';

const MOST_FREE = 16;
/** A block is full when it holds so much; a line that is longer makes it longer. */
export const FULL_BLOCK = 256 * 1024;
const ROOM = 16 * 1024;

export class BlockPool {
  readonly #free: Buffer<ArrayBuffer>[] = [];

  /** One of at least that length. */
  take(length: number): Buffer<ArrayBuffer> {
    const least = Math.max(length, FULL_BLOCK + ROOM);
    const block = this.#free.pop();
    return block !== undefined && block.length >= least ? block : Buffer.allocUnsafeSlow(least);
  }

  giveBack({ bytes }: FindingLines): void {
    if (this.#free.length < MOST_FREE) this.#free.push(Buffer.from(bytes.buffer));
  }

  /** Lines that are given back to this pool. */
  lend(lines: FindingLines): LentLines {
    return { ...lines, giveBack: () => this.giveBack(lines) };
  }
}
