// One raw deflate stream, as gzip and zip hold it. It stops exactly at the stream's end and leaves what
// follows in the cursor; checksums are the caller's.

import { once } from 'node:events';
import { createInflateRaw } from 'node:zlib';
import type { ByteCursor } from './cursor.ts';
import { Damage } from './damage.ts';

const SLICE_IN = 32 * 1024;
const SLICE_OUT = 512 * 1024;
/** zlib's smallest: what it may lose at most of the output before corrupt input. */
const CAREFUL_OUT = 64;

interface Fed {
  readonly outputs: readonly Buffer[];
  readonly consumed: number;
  readonly error: Error | null;
}

/**
 * Inflates up to the stream's end. The slice at `carefulFrom`, an offset of the cursor, is fed byte by byte:
 * zlib drops the output of the write in which it meets corruption, so that write has to be tiny.
 */
export async function* inflateRaw(cursor: ByteCursor, carefulFrom: number): AsyncGenerator<Buffer> {
  const engine = createEngine(Number.isFinite(carefulFrom) ? CAREFUL_OUT : SLICE_OUT);
  try {
    for (let ended = false; !ended; ) {
      const at = cursor.offset;
      const slice = await cursor.take(sliceSize(at, carefulFrom));
      if (slice === null) return await engine.expectOver();
      const fed = await engine.feed(slice);
      ended = fed.error === null && fed.consumed < slice.length;
      // Given back before anything is yielded: the cursor must be right when the consumer stops here.
      if (ended) cursor.giveBack(slice.subarray(fed.consumed));
      yield* fed.outputs;
      if (fed.error !== null) throw new Damage('corrupt', fed.error.message, at);
    }
  } finally {
    engine.close();
  }
}

function sliceSize(at: number, carefulFrom: number): number {
  if (at < carefulFrom) return Math.min(SLICE_IN, carefulFrom - at);
  return at < carefulFrom + SLICE_IN ? 1 : SLICE_IN;
}

/** zlib's stream, driven one write at a time, so that it is known which write failed. */
function createEngine(chunkSize: number) {
  const stream = createInflateRaw({ chunkSize });
  let outputs: Buffer[] = [];
  let fed = 0;
  let failed: (error: Error) => void = () => {};
  stream.on('data', (output: Buffer) => outputs.push(output));
  stream.on('error', (error) => failed(error));

  function takeOutputs(): Buffer[] {
    const taken = outputs;
    outputs = [];
    return taken;
  }

  return {
    async feed(slice: Buffer): Promise<Fed> {
      const before = fed;
      fed += slice.length;
      const error = await new Promise<Error | null>((resolve) => {
        failed = resolve;
        stream.write(slice, (problem) => resolve(problem ?? null));
      });
      // Consuming less than it was given is how zlib says that the deflate stream is over.
      const consumed = error === null ? stream.bytesWritten - before : 0;
      if (error === null && consumed < slice.length && !stream.readableEnded) await once(stream, 'end');
      return { outputs: takeOutputs(), consumed, error };
    },

    /** At the end of the input: whether the stream's end was fed last shows by feeding a byte more. */
    async expectOver(): Promise<void> {
      const { error, consumed } = await this.feed(Buffer.alloc(1));
      if (error !== null || consumed > 0) throw new Damage('truncated', 'its packed data ends too early');
    },

    close(): void {
      stream.destroy();
    },
  };
}
