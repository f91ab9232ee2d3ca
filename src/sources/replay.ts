// Remembers the first megabytes of an input that comes but once, so that output lost in front of corrupt
// data can be won back there, too. Longer inputs are forgotten.

import type { PackedInput } from './recover.ts';

const MOST_REMEMBERED = 16 * 1024 ** 2;

export function createReplay(chunks: AsyncIterable<Buffer>): PackedInput {
  let remembered: Buffer[] = [];
  let size = 0;
  let begun = false;

  async function* remember(): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size <= MOST_REMEMBERED) remembered.push(Buffer.from(chunk));
      else remembered = [];
      yield chunk;
    }
  }

  async function* replay(): AsyncGenerator<Buffer> {
    yield* remembered;
  }

  return {
    get rereadable() {
      return size <= MOST_REMEMBERED;
    },
    open() {
      if (begun) return replay();
      begun = true;
      return remember();
    },
  };
}
