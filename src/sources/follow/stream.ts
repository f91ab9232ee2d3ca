// Standard input as a log that grows: read as it comes, plain text only, over at its end.
import { SourceError } from '../../lib/errors.ts';
import { chunksOf, type InputStream } from '../stdin.ts';
import { obstacleIn } from './followable.ts';
import type { FollowItem } from './item.ts';

export interface StreamOptions {
  readonly signal: AbortSignal;
  /** In how many milliseconds a look is wanted, though nothing came. */
  readonly dueIn: () => number;
  readonly now: () => number;
}

/** Until the end of the stream, or the signal: then what came is all there is. */
export async function* streamItems(
  stream: InputStream,
  { signal, dueIn, now }: StreamOptions,
): AsyncGenerator<FollowItem> {
  const generation = 0;
  yield { type: 'start', generation, path: '-', offset: 0, line: 1, newFrom: 0, modified: null };
  const chunks = streamChunks(stream, signal);
  for (let next = chunks.next(); ; ) {
    const result = await unlessDue(next, dueIn());
    if (result?.done === true) break;
    if (result !== null) {
      yield { type: 'bytes', generation, chunk: result.value };
      next = chunks.next();
    }
    yield { type: 'caught-up', at: now(), behind: 0 };
  }
  yield { type: 'end', generation };
}

/** `null` if nothing comes within `ms`. */
async function unlessDue<T>(next: Promise<T>, ms: number): Promise<T | null> {
  if (!Number.isFinite(ms)) return next;
  let timer: NodeJS.Timeout | undefined;
  const due = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, Math.max(1, ms), null);
  });
  try {
    return await Promise.race([next, due]);
  } finally {
    clearTimeout(timer);
  }
}

/** Throws `SourceError` for what is no text. */
export async function* streamChunks(stream: InputStream, signal: AbortSignal): AsyncGenerator<Buffer> {
  let isFirst = true;
  try {
    for await (const chunk of chunksOf(stream)) {
      if (isFirst) expectText(chunk);
      isFirst = false;
      yield chunk;
    }
  } catch (error) {
    // Whoever ends the program closes the stream under a read that waits.
    if (!signal.aborted) throw error;
  }
}

/** What it is stands in its first piece, unless that is of a few bytes. */
function expectText(head: Buffer): void {
  const obstacle = obstacleIn(head);
  if (obstacle !== null)
    throw new SourceError('-', `standard input ${obstacle.what}`, { hint: `${obstacle.hint} -` });
}
