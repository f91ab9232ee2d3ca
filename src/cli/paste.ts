// A text that someone pasted or piped in, up to a bound.
import { SourceError } from '../lib/errors.ts';
import { chunksOf, type InputStream } from '../sources/stdin.ts';
import type { Console } from './console.ts';

const MOST_BYTES = 1024 * 1024;

export interface Paste {
  readonly text: string;
  /** Whether there was more. */
  readonly cut: boolean;
}

/** `null` where the run was interrupted. */
export async function readPaste(
  io: Pick<Console, 'say' | 'signal'>,
  stream: InputStream & { readonly isTTY?: boolean } = process.stdin,
): Promise<Paste | null> {
  if (stream.isTTY === true) io.say('oclog: paste the record, then press Enter and Ctrl-D');
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of chunksOf(stream)) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MOST_BYTES) break;
    }
  } catch (error) {
    if (io.signal.aborted) return null;
    const why = error instanceof Error ? error.message : String(error);
    throw new SourceError('-', `standard input could not be read: ${why}`, { cause: error });
  }
  const bytes = Buffer.concat(chunks);
  const cut = size > MOST_BYTES;
  // What the bound cuts in two is left out: half a secret would not look like one.
  const end = cut ? Math.max(0, bytes.subarray(0, MOST_BYTES).lastIndexOf(0x0a)) : size;
  return { text: bytes.toString('utf8', 0, end).replace(/^\ufeff/, ''), cut };
}
