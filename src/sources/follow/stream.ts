// Standard input as a log that grows: read as it comes, plain text only, over at its end.
import { chunksOf, type InputStream } from '../stdin.ts';
import type { FollowItem } from './item.ts';

/** Until the end of the stream, or the signal: then what came is all there is. */
export async function* streamItems(stream: InputStream, signal: AbortSignal): AsyncGenerator<FollowItem> {
  const generation = 0;
  yield { type: 'start', generation, path: '-', offset: 0, line: 1, newFrom: 0, modified: null };
  for await (const chunk of streamChunks(stream, signal)) yield { type: 'bytes', generation, chunk };
  yield { type: 'end', generation };
}

export async function* streamChunks(stream: InputStream, signal: AbortSignal): AsyncGenerator<Buffer> {
  try {
    yield* chunksOf(stream);
  } catch (error) {
    // Whoever ends the program closes the stream under a read that waits.
    if (!signal.aborted) throw error;
  }
}
