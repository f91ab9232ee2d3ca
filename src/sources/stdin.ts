// Standard input as a source: plain or packed, read once. A zip is read by its local headers and its
// members' bytes follow one another.

import { fstatSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { ByteCursor } from './cursor.ts';
import { fileProblem } from './file-problem.ts';
import { FORMAT_HEAD, recogniseFormat } from './format.ts';
import { createGauge } from './gauge.ts';
import { decodeAll, type PackedInput } from './recover.ts';
import { createReplay } from './replay.ts';
import type { InflateLimits, ReadMeter, Source } from './source.ts';
import { controlled, unpackStream } from './unpack.ts';
import { isReadable, readLocalHeader, readMember } from './zip-local.ts';
import { unreadableMember } from './zip-sources.ts';

const PATH = '-';

/** A stream that may know its file descriptor, as `process.stdin` does. */
export type InputStream = Readable & { readonly fd?: number };

export function stdinSource(limits: InflateLimits, stream: InputStream, meter?: ReadMeter): Source {
  let opened = false;
  return {
    path: PATH,
    modified: modifiedOf(stream),
    rereadable: false,
    open() {
      if (opened) throw new Error('standard input can be opened only once');
      opened = true;
      return readStream(stream, limits, meter);
    },
  };
}

async function* readStream(
  stream: Readable,
  limits: InflateLimits,
  meter?: ReadMeter,
): AsyncGenerator<Buffer> {
  const gauge = createGauge(limits).member(PATH);
  const cursor = new ByteCursor(chunksOf(stream, meter));
  try {
    const format = recogniseFormat(await cursor.peek(FORMAT_HEAD));
    if (format === 'plain') {
      yield* cursor.remaining();
      return;
    }
    const packed = createReplay(gauge.feed(cursor.remaining()));
    const inflated = format === 'zip' ? unzip(packed) : unpackStream(PATH, format, packed);
    yield* controlled(PATH, gauge, inflated);
  } finally {
    await cursor.close();
  }
}

/** The bytes of a stream as they come; its failure is a known error. */
export async function* chunksOf(stream: Readable, meter?: ReadMeter): AsyncGenerator<Buffer> {
  let count = 0;
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk), 'utf8');
      count += bytes.length;
      if (meter !== undefined) meter.read += bytes.length;
      yield bytes;
    }
  } catch (error) {
    throw fileProblem(PATH, error, `after ${count} bytes`);
  }
}

function unzip(packed: PackedInput): AsyncIterable<Buffer> {
  return decodeAll(packed, async function* (cursor, carefulFrom) {
    let unreadable: Error | null = null;
    for (;;) {
      const member = await readLocalHeader(cursor);
      if (member === null) break;
      if (isReadable(member)) {
        yield* readMember(cursor, member, carefulFrom);
      } else {
        const problem = unreadableMember(`${PATH}!${member.name}`, member.encrypted, member.method);
        if (member.sizes === null) throw problem;
        await cursor.skip(member.sizes.packed);
        unreadable ??= problem;
      }
    }
    if (unreadable !== null) throw unreadable;
  });
}

/** A redirected file has a last change; a pipe and a terminal have none. */
function modifiedOf(stream: InputStream): Date | null {
  if (stream.fd === undefined) return null;
  try {
    const status = fstatSync(stream.fd);
    return status.isFile() ? status.mtime : null;
  } catch {
    return null;
  }
}
