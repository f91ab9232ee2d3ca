// The members of a zip as sources, by its directory. Loaded when the first zip is met.

import { SourceError } from '../lib/errors.ts';
import { Damage } from './damage.ts';
import type { LogFile } from './file.ts';
import type { ArchiveGauge } from './gauge.ts';
import { inflatedSource } from './inflated-source.ts';
import { readAhead } from './read-ahead.ts';
import { decodeAll, type PackedInput } from './recover.ts';
import type { InflateLimits, Source } from './source.ts';
import { unpackMember } from './unpack.ts';
import { type ListedMember, listZip } from './zip-listing.ts';
import { isReadable, readLocalHeader, readMember } from './zip-local.ts';

export async function zipSources(
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
  const raw: PackedInput = { open: () => feed(readAhead(file.read(member.headerAt))), rereadable: true };
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
