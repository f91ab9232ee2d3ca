// A tar archive is told from a log: read as one, it would yield some of its files and hide the packed ones.
import { SourceError } from '../lib/errors.ts';
import type { Source } from './source.ts';

const MAGIC = 'ustar';
const MAGIC_AT = 257;
const HEAD = MAGIC_AT + MAGIC.length;

/** The same source, but for an archive of files it is one error instead of bytes. */
export function refuseTar(source: Source): Source {
  return { ...source, open: () => refusing(source) };
}

async function* refusing(source: Source): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of source.open()) {
    if (head === null) {
      yield chunk;
      continue;
    }
    // Collected, since a chunk is overwritten by the next one; mostly the first is enough.
    head = Buffer.concat([head, chunk]);
    if (head.length < HEAD) continue;
    if (head.toString('latin1', MAGIC_AT, HEAD) === MAGIC) {
      throw new SourceError(source.path, 'is a tar archive', {
        hint: 'unpack it (tar xf) and scan the directory or the logs in it',
      });
    }
    yield head;
    head = null;
  }
  if (head !== null && head.length > 0) yield head;
}
