// The archives beside a followed log: which of them are new, and which holds a content that is known already, whatever
// its name, inode or packing.
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SourceError, systemCode } from '../../lib/errors.ts';
import { type ArchiveName, parseArchiveName } from '../family.ts';
import { openFile } from '../file.ts';
import { fileSources } from '../file-sources.ts';
import { orderFamily } from '../order.ts';
import { probe } from '../probe.ts';
import type { InflateLimits, Source } from '../source.ts';
import { headOf, isSameHead } from './generation.ts';

export interface Archive {
  readonly path: string;
  readonly name: ArchiveName;
  readonly identity: string;
  readonly modified: Date;
  readonly head: Buffer;
  readonly packed: boolean;
  /** The time of its first record. */
  readonly time: number | null;
  readonly sources: readonly Source[];
  release(): Promise<void>;
}

/** A directory that never comes to rest is taken as it is. */
const MOST_TRIES = 20;

export class Archives {
  readonly #folder: string;
  readonly #limits: InflateLimits;
  readonly #known: Buffer[] = [];

  /** Of the log at `path`. */
  constructor(path: string, limits: InflateLimits) {
    this.#folder = dirname(path);
    this.#limits = limits;
  }

  /** Remembers a content: an archive that holds it is no news. */
  know(head: Buffer): void {
    if (head.length > 0 && !this.isKnown(head)) this.#known.push(Buffer.from(head));
  }

  isKnown(head: Buffer): boolean {
    return this.#known.some((known) => isSameHead(known, head));
  }

  /** All that can be read, the oldest first; each holds a descriptor until it is released. */
  async list(): Promise<readonly Archive[]> {
    for (let tries = 1; ; tries += 1) {
      const before = await this.#snapshot();
      const archives = await this.#openAll();
      // Names may be shifted while they are opened one by one, and one of them missed.
      if (tries === MOST_TRIES || (await this.#snapshot()) === before) return orderFamily(archives);
      for (const archive of archives) await archive.release();
    }
  }

  async #openAll(): Promise<Archive[]> {
    const archives: Archive[] = [];
    for (const name of await this.#names()) {
      const archive = await openArchive(join(this.#folder, name.name), name, this.#limits);
      if (archive !== null) archives.push(archive);
    }
    return archives;
  }

  /** Which file bears which name, as one text. */
  async #snapshot(): Promise<string> {
    const names = await this.#names();
    const files = names.map(async ({ name }) => {
      const status = await stat(join(this.#folder, name), { bigint: true }).catch(() => null);
      return status === null ? '' : `${name}\0${status.dev}:${status.ino}`;
    });
    return (await Promise.all(files)).sort().join('\0');
  }

  async #names(): Promise<readonly ArchiveName[]> {
    const entries = await readdir(this.#folder).catch(() => []);
    return entries.flatMap((entry) => {
      const name = parseArchiveName(entry);
      return name === null || name.live ? [] : [name];
    });
  }
}

/** `null` for what is gone again, or is no readable file: it may be one at the next look. */
async function openArchive(path: string, name: ArchiveName, limits: InflateLimits): Promise<Archive | null> {
  try {
    const file = await openFile(path);
    try {
      const { sources, packed } = await fileSources(file, limits);
      const [first] = sources;
      const { head, time } = first === undefined ? { head: Buffer.alloc(0), time: null } : await probe(first);
      const { identity, modified } = file;
      const kept = headOf(head);
      return {
        path,
        name,
        identity,
        modified,
        head: kept,
        packed,
        time,
        sources,
        release: () => file.release(),
      };
    } catch (error) {
      await file.release();
      throw error;
    }
  } catch (error) {
    if (error instanceof SourceError || systemCode(error) !== undefined) return null;
    throw error;
  }
}

/** The archives from the one that is in use at that time on. */
export function since(
  archives: readonly Archive[],
  isTooOld: (time: number | null) => boolean,
): readonly Archive[] {
  const first = archives.findLastIndex(({ time }) => isTooOld(time));
  return archives.slice(Math.max(0, first));
}
