// The archives beside a followed log: which of them are new, and which holds a content that is known already, whatever
// its name, inode or packing.
import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Archive, archiveNames, tryArchive } from '../archive.ts';
import { openAtRest, snapshotOf } from '../at-rest.ts';
import type { ArchiveName } from '../family.ts';
import { MOST_HELD } from '../file.ts';
import { isPartOf, LEAST_HEAD } from '../identity.ts';
import { orderFamily } from '../order.ts';
import type { InflateLimits } from '../source.ts';

/** A file system's clock stands still for up to so long: changes within may leave the same time behind. */
const TICK_MS = 50;
/** How long an archive that could not be opened is left alone. */
const RETRY_MS = 10_000;

interface Short {
  readonly path: string;
  readonly size: number;
}

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
  /** Of the last list, those that hold too little to be told by, with their sizes: the folder tells nothing of their growth. */
  #short: readonly Short[] = [];

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

  /** Whether another list may differ from the last one. One look at the folder and at short ones; nothing is opened. */
  async mayHaveChanged(): Promise<boolean> {
    this.#observe();
    const isDue = !this.#isComplete && this.#now() - this.#listedAt > RETRY_MS;
    return isDue || this.#listedAt - this.#changeSeenAt < TICK_MS || this.#short.some(hasGrown);
  }

  /** All that can be read, the oldest first; those that may be news hold a descriptor until they are released. */
  async list(): Promise<readonly Archive[]> {
    this.#observe();
    this.#listedAt = this.#now();
    return orderFamily(
      await openAtRest(
        async () => snapshotOf(this.#folder, await this.#names()),
        () => this.#openAll(),
      ),
    );
  }

  async #openAll(): Promise<Archive[]> {
    this.#isComplete = true;
    const archives: Archive[] = [];
    const short: Short[] = [];
    let held = 0;
    for (const name of await this.#names()) {
      const archive = await tryArchive(join(this.#folder, name.name), name, this.#limits);
      if (archive === null) {
        this.#isComplete = false;
        continue;
      }
      archives.push(archive);
      if (archive.file.size < LEAST_HEAD) short.push({ path: archive.path, size: archive.file.size });
      if (this.isKnown(archive) || held === MOST_HELD) await archive.release();
      else held += 1;
    }
    this.#short = short;
    return archives;
  }

  #observe(): void {
    const change = changeOf(this.#folder);
    if (change === this.#change) return;
    this.#change = change;
    this.#changeSeenAt = this.#now();
    this.#listedAt = Number.NEGATIVE_INFINITY;
  }

  #names(): Promise<readonly ArchiveName[]> {
    return archiveNames(this.#folder, this.#live);
  }
}

/** Another text after every change of the folder itself; `null` if it is not there. */
function changeOf(folder: string): string | null {
  try {
    const { dev, ino, mtimeNs } = statSync(folder, { bigint: true });
    return `${dev}:${ino}:${mtimeNs}`;
  } catch {
    return null;
  }
}

/** One that is gone has changed its folder. */
function hasGrown({ path, size }: Short): boolean {
  try {
    return statSync(path).size !== size;
  } catch {
    return false;
  }
}
