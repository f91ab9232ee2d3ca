// Archives as a follower reads them: those that a rotation made while nobody looked, or that it begins with.
import { followEvent } from '../../lib/follow-event.ts';
import type { Archive } from '../archive.ts';
import { firstTime } from '../first-time.ts';
import { isPartOf } from '../identity.ts';
import type { Archives } from './archives.ts';
import { Generation } from './generation.ts';
import type { FollowItem } from './item.ts';
import type { LastMoments } from './last-moments.ts';

interface Keeper {
  /** The number of the next content. */
  nextId(): number;
  /** Takes charge of a plain one, whose writer may not have let go of it yet. */
  retire(generation: Generation): void;
  readonly lastMoments: LastMoments;
}

/** By as much the end of summer time sets the clock back; an archive that was put back is older by far. */
const CLOCK_BACK_MS = 2 * 3_600_000;

export class ArchiveReader {
  readonly #archives: Archives;
  readonly #keeper: Keeper;
  #earliest = Number.NEGATIVE_INFINITY;

  constructor(archives: Archives, keeper: Keeper) {
    this.#archives = archives;
    this.#keeper = keeper;
  }

  /** What is there at the beginning is no news, nor what is older. */
  know(archives: readonly Archive[], live: Generation | null): void {
    for (const { head } of archives) this.#archives.know(head);
    const first = live === null ? null : firstTime(live.head);
    const newest = first ?? archives.findLast(({ time }) => time !== null)?.time ?? null;
    if (newest !== null) this.#earliest = newest - CLOCK_BACK_MS;
  }

  /** Those that are news to whom reads `open`. */
  unseen(archives: readonly Archive[], open: readonly Generation[]): readonly Archive[] {
    return archives.filter(
      (archive) =>
        // A log and its archive are both there while it is packed or copied.
        !open.some(({ identity, head }) => identity === archive.identity || isPartOf(archive.head, head)) &&
        !this.#archives.isKnown(archive) &&
        (archive.time === null || archive.time >= this.#earliest),
    );
  }

  /**
   * Each once, from beginning to end; `isLate`: what followed them is being read already. An empty one is left until it
   * holds something: it may be a log whose writer goes on in it, or a copy or a packed archive that is being made.
   */
  async *read(archives: readonly Archive[], isLate = false): AsyncGenerator<FollowItem> {
    for (const archive of withoutTwins(archives.filter(({ file }) => file.size > 0))) {
      if (this.#keeper.lastMoments.areOver) return;
      this.#archives.know(archive.head);
      yield* archive.packed ? this.#readSources(archive, isLate) : this.#readPlain(archive, isLate);
    }
  }

  async *#readSources({ sources }: Archive, isLate: boolean): AsyncGenerator<FollowItem> {
    for (const source of sources) {
      const id = this.#keeper.nextId();
      const { path, modified } = source;
      let offset = 0;
      yield { type: 'start', generation: id, path, offset: 0, line: 1, newFrom: 0, isLate, modified };
      try {
        for await (const chunk of this.#keeper.lastMoments.of(source.open())) {
          yield { type: 'bytes', generation: id, chunk: Buffer.from(chunk) };
          offset += chunk.length;
        }
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        yield followEvent(path, 'gap', offset, error.message);
      }
      yield { type: 'end', generation: id, isLeft: this.#keeper.lastMoments.areOver };
    }
  }

  async *#readPlain(archive: Archive, isLate: boolean): AsyncGenerator<FollowItem> {
    const { path, modified, identity } = archive;
    const generation = await Generation.open(this.#keeper.nextId(), path).catch(() => null);
    if (generation === null || generation.identity !== identity) {
      await generation?.close();
      // Renamed meanwhile: the descriptor that was opened with the listing still leads to it.
      yield* this.#readSources(archive, isLate);
      return;
    }
    this.#keeper.retire(generation);
    const { id } = generation;
    yield { type: 'start', generation: id, path, offset: 0, line: 1, newFrom: 0, isLate, modified };
    for await (const chunk of this.#keeper.lastMoments.of(generation.rest()))
      yield { type: 'bytes', generation: id, chunk };
  }
}

/** A log and its packed twin are one; the plain one is read. Of one that is being packed or copied the whole is read. */
function withoutTwins(archives: readonly Archive[]): readonly Archive[] {
  return archives.filter(
    (archive, index) =>
      !archives.some((other, at) => other !== archive && isBetterTwin(other, archive, at < index)),
  );
}

function isBetterTwin(other: Archive, archive: Archive, isBefore: boolean): boolean {
  if (archive.head.length > other.head.length || !isPartOf(archive.head, other.head)) return false;
  if (archive.head.length < other.head.length) return true;
  return other.packed === archive.packed ? isBefore : !other.packed;
}
