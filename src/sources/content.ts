// What an input is, told by its first bytes: a tar archive is refused, for read as a log it would yield some of its files
// and hide the packed ones; UTF-16, as PowerShell's `>` writes it, becomes UTF-8.
import { SourceError } from '../lib/errors.ts';
import type { BlockReader, Source } from './source.ts';

const MAGIC = 'ustar';
const MAGIC_AT = 257;
/** So many first bytes tell. */
export const HEAD = MAGIC_AT + MAGIC.length;

type Encoding = 'utf-16le' | 'utf-16be';

/** The same source as text in UTF-8, or one error instead of bytes. Offsets count the bytes of the UTF-8 text. */
export function asLogText(source: Source): Source {
  const { blocks } = source;
  return {
    ...source,
    open: () => readText(source),
    ...(blocks === undefined
      ? {}
      : {
          blocks: async (from = 0, to) => {
            const reader = await blocks(from, to);
            return from === 0 ? plainText(source.path, reader) : reader;
          },
        }),
  };
}

/** UTF-16 has to be decoded, and is read otherwise. */
async function plainText(path: string, reader: BlockReader | null): Promise<BlockReader | null> {
  try {
    const head = reader?.peek(HEAD) ?? Buffer.alloc(0);
    if (isTar(head)) throw tarError(path);
    if (encodingOf(head) === null) return reader;
  } catch (error) {
    await reader?.close();
    throw error;
  }
  await reader?.close();
  return null;
}

async function* readText(source: Source): AsyncGenerator<Buffer> {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  for await (const { bytes, isHead } of withHead(source.open())) {
    if (isHead) {
      if (isTar(bytes)) throw tarError(source.path);
      const encoding = encodingOf(bytes);
      if (encoding !== null) decoder = new TextDecoder(encoding);
    }
    yield decoder === null ? bytes : Buffer.from(decoder.decode(bytes, { stream: true }));
  }
  const rest = decoder?.decode() ?? '';
  if (rest !== '') yield Buffer.from(rest);
}

interface Piece {
  readonly bytes: Buffer;
  readonly isHead: boolean;
}

/** The first piece holds enough to tell a tar archive, if there is so much. */
async function* withHead(chunks: AsyncIterable<Buffer>): AsyncGenerator<Piece> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (head === null) {
      yield { bytes: chunk, isHead: false };
      continue;
    }
    // Collected, since a chunk is overwritten by the next one; mostly the first is enough.
    head = Buffer.concat([head, chunk]);
    if (head.length < HEAD) continue;
    yield { bytes: head, isHead: true };
    head = null;
  }
  if (head !== null && head.length > 0) yield { bytes: head, isHead: true };
}

export function isTar(head: Buffer): boolean {
  return head.toString('latin1', MAGIC_AT, HEAD) === MAGIC;
}

function tarError(path: string): SourceError {
  return new SourceError(path, 'is a tar archive', {
    hint: 'unpack it (tar xf) and scan the directory or the logs in it',
  });
}

export function encodingOf(head: Buffer): Encoding | null {
  const mark = head.length < 2 ? 0 : head.readUInt16BE(0);
  if (mark === 0xfffe) return 'utf-16le';
  return mark === 0xfeff ? 'utf-16be' : null;
}
