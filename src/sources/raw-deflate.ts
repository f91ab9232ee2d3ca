// One raw deflate stream, as gzip and zip hold it. It stops exactly at the stream's end and leaves what
// follows in the cursor; checksums are the caller's.

import { Breather } from '../lib/breather.ts';
import type { ByteCursor } from './cursor.ts';
import { Damage } from './damage.ts';
import { Inflater } from './inflater.ts';

const SLICE_IN = 64 * 1024;
/** What may be lost at most of the output before corrupt input. */
const CAREFUL_OUT = 64;

/** Closes the inflater behind all that is made with it. */
export async function* withInflater(
  inflate: (inflater: Inflater) => AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  const inflater = new Inflater();
  try {
    yield* inflate(inflater);
  } finally {
    inflater.close();
  }
}

/**
 * Inflates up to the stream's end, behind which the cursor stands then. The slice at `carefulFrom`, an offset of the
 * cursor, is fed byte by byte: zlib drops the output of the write in which it meets corruption, so that write has to be
 * tiny. A chunk is overwritten by the next one.
 */
export async function* inflateRaw(
  cursor: ByteCursor,
  carefulFrom: number,
  inflater: Inflater,
): AsyncGenerator<Buffer> {
  const breather = new Breather();
  inflater.reset();
  for (let isOver = false; !isOver; ) {
    const at = cursor.offset;
    const slice = await cursor.take(sliceSize(at, carefulFrom));
    if (slice === null) return expectOver(inflater);
    const most = at < carefulFrom ? undefined : CAREFUL_OUT;
    let consumed = 0;
    for (const inflated of inflater.inflate(slice, most)) {
      if (inflated.problem !== null) throw new Damage('corrupt', inflated.problem, at);
      consumed += inflated.consumed;
      if (inflated.output.length > 0) yield inflated.output;
      await breather.breathe();
    }
    // Consuming less than it was given is how zlib says that the deflate stream is over.
    isOver = consumed < slice.length;
    cursor.giveBack(slice.subarray(consumed));
  }
}

function sliceSize(at: number, carefulFrom: number): number {
  if (at < carefulFrom) return Math.min(SLICE_IN, carefulFrom - at);
  return at < carefulFrom + SLICE_IN ? 1 : SLICE_IN;
}

/** At the end of the input: whether the stream's end was fed last shows by feeding a byte more. */
function expectOver(inflater: Inflater): void {
  for (const { problem, consumed } of inflater.inflate(Buffer.alloc(1)))
    if (problem !== null || consumed > 0) throw new Damage('truncated', 'its packed data ends too early');
}
