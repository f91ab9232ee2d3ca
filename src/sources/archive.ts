// A file of a log's family, opened and looked at: what it begins with, how it is packed, when its first record is of.
import { readdir } from 'node:fs/promises';
import { SourceError, systemCode } from '../lib/errors.ts';
import { type ArchiveName, parseArchiveName } from './family.ts';
import { type LogFile, openFile } from './file.ts';
import { fileSources } from './file-sources.ts';
import { headOf } from './identity.ts';
import { type Probe, probe } from './probe.ts';
import type { InflateLimits, Source } from './source.ts';

export interface Archive {
  readonly path: string;
  readonly name: ArchiveName;
  readonly identity: string;
  readonly modified: Date;
  readonly head: Buffer;
  readonly packed: boolean;
  /** The time of its first record. */
  readonly time: number | null;
  /** Of its first source. */
  readonly probe: Probe;
  readonly file: LogFile;
  readonly sources: readonly Source[];
  release(): Promise<void>;
}

const NOTHING: Probe = { head: Buffer.alloc(0), time: null, comparable: true, damaged: false };

/** Throws `SourceError`. */
export async function openArchive(path: string, name: ArchiveName, limits: InflateLimits): Promise<Archive> {
  const file = await openFile(path);
  try {
    const { sources, packed } = await fileSources(file, limits);
    const [first] = sources;
    const probed = first === undefined ? NOTHING : await probe(first);
    return {
      ...{ path, name, packed, file, sources, probe: probed },
      identity: file.identity,
      modified: file.modified,
      head: headOf(probed.head),
      time: probed.time,
      release: () => file.release(),
    };
  } catch (error) {
    await file.release();
    throw error;
  }
}

/** `null` for what is gone again, or is no readable file: it may be one at the next look. */
export async function tryArchive(
  path: string,
  name: ArchiveName,
  limits: InflateLimits,
): Promise<Archive | null> {
  try {
    return await openArchive(path, name, limits);
  } catch (error) {
    if (error instanceof SourceError || systemCode(error) !== undefined) return null;
    throw error;
  }
}

/** What the archives of a log are called, in the folder of both. */
export async function archiveNames(folder: string, live: string): Promise<readonly ArchiveName[]> {
  const entries = await readdir(folder).catch(() => []);
  return entries.flatMap((entry) => {
    const name = parseArchiveName(entry, live);
    return name === null || name.live ? [] : [name];
  });
}

/** The uncompressed bytes behind a place of one source. Throws `SourceError` where they cannot be read to their end. */
export async function* bytesFrom(
  { file, packed, sources }: Pick<Archive, 'file' | 'packed' | 'sources'>,
  offset: number,
  source = sources[0],
): AsyncGenerator<Buffer> {
  if (!packed) {
    yield* file.read(offset);
    return;
  }
  if (source === undefined) return;
  let at = 0;
  for await (const chunk of source.open()) {
    const end = at + chunk.length;
    if (end > offset) yield at >= offset ? chunk : chunk.subarray(offset - at);
    at = end;
  }
}
