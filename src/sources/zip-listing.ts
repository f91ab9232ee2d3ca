// Which members a zip file holds: by its central directory, or, if it has none, by its local headers.

import type { Entry, ZipFile } from 'yauzl';
import { SourceError } from '../lib/errors.ts';
import { ByteCursor } from './cursor.ts';
import { Damage } from './damage.ts';
import type { LogFile } from './file.ts';
import { createGauge } from './gauge.ts';
import type { InflateLimits } from './source.ts';
import { isReadable, memberName, readLocalHeader, readMember, type ZipMember } from './zip-local.ts';

/** A zip that holds more is no archive of logs. */
const MOST_MEMBERS = 10_000;

export interface ListedMember extends ZipMember {
  /** Where its local header stands in the file. */
  readonly headerAt: number;
}

export interface ZipListing {
  readonly members: readonly ListedMember[];
  /** Why members may be missing behind the last one. */
  readonly failure: Damage | SourceError | null;
}

export async function listZip(file: LogFile, limits: InflateLimits): Promise<ZipListing> {
  const members = await membersListed(file);
  return members === null ? walkHeaders(file, limits) : { members, failure: null };
}

async function membersListed(file: LogFile): Promise<readonly ListedMember[] | null> {
  const { fd, giveBack } = await file.lend();
  try {
    return await readDirectory(fd, file.path);
  } finally {
    await giveBack();
  }
}

/** The central directory's members, `null` if there is none that makes sense. */
async function readDirectory(fd: number, path: string): Promise<readonly ListedMember[] | null> {
  const { fromFdPromise } = await import('yauzl');
  const members: ListedMember[] = [];
  let zip: ZipFile;
  try {
    zip = await fromFdPromise(fd, { lazyEntries: true, autoClose: false, decodeStrings: false });
  } catch {
    return null;
  }
  if (zip.entryCount > MOST_MEMBERS) {
    throw tooMany(path);
  }
  try {
    for await (const entry of zip.eachEntry()) {
      if (!isDirectory(memberName(entry.fileNameRaw))) members.push(fromEntry(entry));
    }
  } catch {
    return null;
  }
  return members;
}

function fromEntry(entry: Entry): ListedMember {
  return {
    name: memberName(entry.fileNameRaw),
    method: entry.compressionMethod,
    encrypted: entry.isEncrypted(),
    headerAt: entry.relativeOffsetOfLocalHeader,
    sizes: { packed: entry.compressedSize, inflated: entry.uncompressedSize, crc: entry.crc32 },
  };
}

/** Passes over each member's data, inflating it where only that tells its end. */
async function walkHeaders(file: LogFile, limits: InflateLimits): Promise<ZipListing> {
  const members: ListedMember[] = [];
  const cursor = new ByteCursor(file.read());
  const gauge = createGauge(limits).member(file.path);
  try {
    while (members.length < MOST_MEMBERS) {
      const headerAt = cursor.offset;
      const member = await readLocalHeader(cursor);
      // A directory that begins but could not be read: it is cut, or it lies.
      if (member === null)
        return { members, failure: new Damage('truncated', 'its directory is incomplete') };
      if (!isDirectory(member.name)) members.push({ ...member, headerAt });
      await passOver(cursor, member, gauge.guard);
    }
    return { members, failure: tooMany(file.path) };
  } catch (error) {
    if (error instanceof SourceError || error instanceof Damage) return { members, failure: error };
    throw error;
  } finally {
    await cursor.close();
  }
}

async function passOver(
  cursor: ByteCursor,
  member: ZipMember,
  guard: (chunks: AsyncIterable<Buffer>) => AsyncIterable<Buffer>,
): Promise<void> {
  if (member.sizes !== null) {
    if (!(await cursor.skip(member.sizes.packed))) throw new Damage('truncated', 'its data ends too early');
    return;
  }
  if (!isReadable(member)) throw new Damage('corrupt', 'a member does not say how long it is');
  const content = guard(readMember(cursor, member, Number.POSITIVE_INFINITY));
  for await (const _ of content) {
    // Only the end is of interest.
  }
}

function tooMany(path: string): SourceError {
  return new SourceError(path, `holds more than ${MOST_MEMBERS} members`, {
    hint: 'unpack the logs among them elsewhere and scan those',
  });
}

function isDirectory(name: string): boolean {
  return name.endsWith('/');
}
