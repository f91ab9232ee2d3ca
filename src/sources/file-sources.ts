// The sources that one file holds: itself if it is plain, its content if it is packed, each member of a zip.

import { SourceError } from '../lib/errors.ts';
import { ByteCursor } from './cursor.ts';
import { Damage } from './damage.ts';
import type { LogFile } from './file.ts';
import { FORMAT_HEAD, type Format, recogniseFormat } from './format.ts';
import { type ArchiveGauge, createGauge } from './gauge.ts';
import { readAhead } from './read-ahead.ts';
import { decodeAll, type PackedInput } from './recover.ts';
import type { InflateLimits, Source } from './source.ts';
import { controlled, type StreamFormat, unpackMember, unpackStream } from './unpack.ts';
import { type ListedMember, listZip } from './zip-listing.ts';
import { isReadable, readLocalHeader, readMember } from './zip-local.ts';

interface FileSources {
  readonly sources: readonly Source[];
  readonly packed: boolean;
}

export async function formatOf(file: LogFile): Promise<Format> {
  const cursor = new ByteCursor(file.read(0, FORMAT_HEAD));
  try {
    return recogniseFormat(await cursor.peek(FORMAT_HEAD));
  } finally {
    await cursor.close();
  }
}

export async function fileSources(file: LogFile, limits: InflateLimits): Promise<FileSources> {
  const format = await formatOf(file);
  if (format === 'plain') return { sources: [plainSource(file)], packed: false };
  const archive = createGauge(limits);
  const sources =
    format === 'zip' ? await zipSources(file, limits, archive) : [streamSource(file, format, archive)];
  return { sources, packed: true };
}

function plainSource(file: LogFile): Source {
  return { path: file.path, modified: file.modified, rereadable: true, open: () => file.read() };
}

function streamSource(file: LogFile, format: StreamFormat, archive: ArchiveGauge): Source {
  return inflatedSource(file, file.path, archive, (feed) =>
    unpackStream(file.path, format, { open: () => feed(file.read()), rereadable: true }),
  );
}

async function zipSources(
  file: LogFile,
  limits: InflateLimits,
  archive: ArchiveGauge,
): Promise<readonly Source[]> {
  const { members, failure } = await listZip(file, limits);
  if (members.length === 0) return [inflatedSource(file, file.path, archive, () => nothingBut(failure))];
  return members.map((member, index) => {
    const path = `${file.path}!${member.name}`;
    const behind = index === members.length - 1 ? failure : null;
    return inflatedSource(file, path, archive, (feed) => memberContent(file, path, member, feed, behind));
  });
}

async function* memberContent(
  file: LogFile,
  path: string,
  member: ListedMember,
  feed: (chunks: AsyncIterable<Buffer>) => AsyncIterable<Buffer>,
  behind: Error | null,
): AsyncGenerator<Buffer> {
  if (!isReadable(member)) throw unreadableMember(path, member.encrypted, member.method);
  const raw: PackedInput = { open: () => feed(file.read(member.headerAt)), rereadable: true };
  yield* unpackMember(path, {
    rereadable: true,
    open: () =>
      decodeAll(raw, async function* (cursor, carefulFrom) {
        const header = await readLocalHeader(cursor);
        if (header === null) throw new Damage('corrupt', 'its directory points to where no member is');
        yield* readMember(cursor, { ...header, sizes: member.sizes, method: member.method }, carefulFrom);
      }),
  });
  if (behind !== null) throw behind;
}

export function unreadableMember(path: string, encrypted: boolean, method: number): SourceError {
  return encrypted
    ? new SourceError(path, 'is encrypted', { hint: 'unpack it with its password and scan the result' })
    : new SourceError(path, `is packed by a zip method that oclog does not know (${method})`, {
        hint: 'unpack it elsewhere and scan the result',
      });
}

// biome-ignore lint/correctness/useYield: an archive without members has no bytes to yield
async function* nothingBut(failure: Error | null): AsyncGenerator<Buffer> {
  if (failure !== null) throw failure;
}

/** A source whose every opening is measured anew. */
function inflatedSource(
  file: LogFile,
  path: string,
  archive: ArchiveGauge,
  inflate: (feed: (chunks: AsyncIterable<Buffer>) => AsyncIterable<Buffer>) => AsyncIterable<Buffer>,
): Source {
  return {
    path,
    modified: file.modified,
    rereadable: true,
    open() {
      const gauge = archive.member(path);
      return readAhead(controlled(path, gauge, inflate(gauge.feed)));
    },
  };
}
