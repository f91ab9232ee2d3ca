// The archives beside a followed log: which of them are new, and which holds a content that is known already, whatever
// its name, inode or packing.
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SourceError, systemCode } from '../../lib/errors.ts';
import { type ArchiveName, parseArchiveName } from '../family.ts';
import { MOST_HELD, openFile } from '../file.ts';
import { fileSources } from '../file-sources.ts';
import { orderFamily } from '../order.ts';
import { probe } from '../probe.ts';
import type { InflateLimits, Source } from '../source.ts';
import { headOf, isPartOf } from './generation.ts';
import { lookUp } from './name.ts';

/** A file system's clock stands still for up to so long: changes within may leave the same time behind. */
const TICK_MS = 50;
/** How long an archive that could not be opened is left alone. */
const RETRY_MS = 10_000;

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
  readonly #live: string;
  readonly #limits: InflateLimits;
  readonly #now: () => number;
  readonly #known: Buffer[] = [];
  /** The folder's last change, when it was first seen, and when the archives were listed last. */
  #change: string | null = null;
  #changeSeenAt = 0;
  #listedAt = Number.NEGATIVE_INFINITY;
  #isComplete = true;

  /** Of the log at `path`. */
  constructor(path: string, limits: InflateLimits, now: () => number) {
    this.#folder = dirname(path);
    this.#live = basename(path);
    this.#limits = limits;
    this.#now = now;
  }

  /** Remembers a content: an archive that holds it is no news. */
  know(head: Buffer): void {
    if (head.length > 0 && !this.#known.some((known) => isPartOf(head, known)))
      this.#known.push(Buffer.from(head));
  }

  /** An empty one that is packed, or cannot be unpacked, holds nothing that could be news. */
  isKnown({ head, packed }: Archive): boolean {
    return head.length === 0 ? packed : this.#known.some((known) => isPartOf(head, known));
  }

  /** What the last list held is to be looked at once more. */
  expectChange(): void {
    this.#listedAt = this.#changeSeenAt;
  }

  /** Whether another list may differ from the last one. One look at the folder; nothing is opened. */
  async mayHaveChanged(): Promise<boolean> {
    await this.#observe();
    const isDue = !this.#isComplete && this.#now() - this.#listedAt > RETRY_MS;
    return isDue || this.#listedAt - this.#changeSeenAt < TICK_MS;
  }

  /** All that can be read, the oldest first; those that may be news hold a descriptor until they are released. */
  async list(): Promise<readonly Archive[]> {
    await this.#observe();
    this.#listedAt = this.#now();
    for (let tries = 1; ; tries += 1) {
      const before = await this.#snapshot();
      const archives = await this.#openAll();
      // Names may be shifted while they are opened one by one, and one of them missed.
      if (tries === MOST_TRIES || (await this.#snapshot()) === before) return orderFamily(archives);
      for (const archive of archives) await archive.release();
    }
  }

  async #openAll(): Promise<Archive[]> {
    this.#isComplete = true;
    const archives: Archive[] = [];
    let held = 0;
    for (const name of await this.#names()) {
      const archive = await openArchive(join(this.#folder, name.name), name, this.#limits);
      if (archive === null) {
        this.#isComplete = false;
        continue;
      }
      archives.push(archive);
      if (this.isKnown(archive) || held === MOST_HELD) await archive.release();
      else held += 1;
    }
    return archives;
  }

  /** Which file bears which name, as one text. */
  async #snapshot(): Promise<string> {
    const names = await this.#names();
    const files = names.map(async ({ name }) => {
      const { identity } = await lookUp(join(this.#folder, name));
      return identity === null ? '' : `${name}\0${identity}`;
    });
    return (await Promise.all(files)).sort().join('\0');
  }

  async #observe(): Promise<void> {
    const status = await stat(this.#folder, { bigint: true }).catch(() => null);
    const change = status === null ? null : `${status.dev}:${status.ino}:${status.mtimeNs}`;
    if (change === this.#change) return;
    this.#change = change;
    this.#changeSeenAt = this.#now();
    this.#listedAt = Number.NEGATIVE_INFINITY;
  }

  async #names(): Promise<readonly ArchiveName[]> {
    const entries = await readdir(this.#folder).catch(() => []);
    return entries.flatMap((entry) => {
      const name = parseArchiveName(entry, this.#live);
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
