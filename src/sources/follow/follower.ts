// Follows one log by its name: what is written to it, through rotation, compression, truncation, removal and return.
// Nothing is handed on twice; what can be known to be lost is said to be.
import { stat } from 'node:fs/promises';
import { systemCode } from '../../lib/errors.ts';
import { type FollowEvent, followEvent } from '../../lib/follow-event.ts';
import type { InflateLimits } from '../source.ts';
import { ArchiveReader } from './archive-reader.ts';
import { Archives, since } from './archives.ts';
import { restIn } from './copy.ts';
import { Generation, isSameHead } from './generation.ts';
import type { FollowItem, GenerationStart } from './item.ts';
import { Presence } from './presence.ts';
import type { Waker } from './watch.ts';

export interface FollowOptions {
  readonly from: 'end' | 'start' | 'archives';
  /** Of archives: whether one whose first record is of that time, and so the ones before it, can be left out. */
  readonly isTooOld: (time: number | null) => boolean;
  readonly inflateLimits: InflateLimits;
  readonly waker: Waker;
  /** Milliseconds; only differences count. */
  readonly now: () => number;
  /** How long to sleep at most while nothing happens. */
  readonly pollMs: number;
  /** In how many milliseconds the reader of the items wants the next look at the latest. */
  readonly dueIn: () => number;
  readonly signal: AbortSignal;
}

/** After a wake-up one more look is due by then: events may come in bursts. */
const SETTLE_MS = 20;
/** So much of a quick writer's log at a time: the name must be looked at too. */
const READS_A_LOOK = 256;
/** How much before the end is read for what it proves about what follows. */
const LOOK_BACK = 128 * 1024;
/** A rotated log is let go when nobody wrote to it for so long while its successor grew. */
const RETIRED_MS = 10 * 60_000;
const MOST_RETIRED = 16;

interface Retired {
  readonly generation: Generation;
  quietSince: number;
}

export class Follower {
  readonly #path: string;
  readonly #options: FollowOptions;
  readonly #archives: Archives;
  readonly #presence: Presence;
  readonly #reader: ArchiveReader;
  #live: Generation | null = null;
  #retired: Retired[] = [];
  #nextId = 0;
  #openError: unknown = null;

  constructor(path: string, options: FollowOptions) {
    this.#path = path;
    this.#options = options;
    this.#archives = new Archives(path, options.inflateLimits);
    this.#presence = new Presence(path, options.now);
    this.#reader = new ArchiveReader(this.#archives, {
      nextId: () => this.#nextId++,
      retire: (generation) => this.#retire(generation),
    });
  }

  /** Until the signal; what is there then is still read. */
  async *items(): AsyncGenerator<FollowItem> {
    const { signal, waker, pollMs, dueIn, now } = this.#options;
    try {
      yield* this.#begin();
      for (;;) {
        const isLast = signal.aborted;
        const before = this.#nextId;
        const at = now();
        let bytes = 0;
        for await (const item of this.#look()) {
          if (item.type === 'bytes') bytes += item.chunk.length;
          yield item;
        }
        yield { type: 'caught-up', at, behind: this.#live?.unread ?? 0 };
        if (isLast) break;
        const isBusy = bytes > 0 || this.#nextId !== before;
        await waker.next(Math.max(0, Math.min(isBusy ? SETTLE_MS : pollMs, dueIn())));
      }
      for (const { id } of this.#open()) yield { type: 'end', generation: id };
    } finally {
      for (const generation of this.#open()) await generation.close();
      await waker.close();
    }
  }

  #open(): readonly Generation[] {
    const retired = this.#retired.map(({ generation }) => generation);
    return this.#live === null ? retired : [...retired, this.#live];
  }

  async *#begin(): AsyncGenerator<FollowItem> {
    await this.#options.waker.refresh();
    const archives = await this.#archives.list();
    try {
      for (const { head } of archives) this.#archives.know(head);
      if (this.#options.from === 'archives')
        yield* this.#reader.read(since(archives, this.#options.isTooOld));
    } finally {
      for (const archive of archives) await archive.release();
    }
    const opened = await this.#openLive();
    if (opened === null) {
      yield this.#event('following', 0, 'waits for it to appear');
      return;
    }
    const isFromEnd = this.#options.from === 'end';
    const newFrom = isFromEnd ? opened.size : 0;
    const offset = Math.min(newFrom, await opened.lineStart(Math.max(0, newFrom - LOOK_BACK)));
    const line = await opened.skipTo(offset);
    this.#live = opened;
    yield this.#event('following', newFrom, isFromEnd ? 'from its end' : 'from its beginning');
    yield this.#startOf(opened, { offset, line, newFrom });
  }

  async *#look(): AsyncGenerator<FollowItem> {
    await this.#options.waker.refresh();
    for (const retired of [...this.#retired]) yield* this.#drainRetired(retired);
    if (this.#live !== null) yield* this.#drain(this.#live);
    yield* this.#checkName();
  }

  /** Everything that is there of a content. */
  async *#drain(generation: Generation): AsyncGenerator<FollowItem> {
    for (let reads = 0; reads < READS_A_LOOK; reads += 1) {
      const chunk = await generation.read();
      if (chunk === null) return;
      if (chunk === 'rewritten') {
        yield* this.#restart(generation);
        return;
      }
      yield { type: 'bytes', generation: generation.id, chunk };
    }
  }

  async *#drainRetired(retired: Retired): AsyncGenerator<FollowItem> {
    const { generation } = retired;
    const before = generation.offset;
    const chunk = await generation.read();
    // One that was cut after its rotation holds nothing of ours any more.
    if (chunk instanceof Buffer) {
      yield { type: 'bytes', generation: generation.id, chunk };
      yield* this.#drain(generation);
    }
    const { now } = this.#options;
    if (generation.offset > before) retired.quietSince = now();
    const isSuperseded = (this.#live?.offset ?? 0) > 0 && now() - retired.quietSince > RETIRED_MS;
    if (chunk === 'rewritten' || isSuperseded || this.#retired.length > MOST_RETIRED)
      yield* this.#release(retired);
  }

  async *#release(retired: Retired): AsyncGenerator<FollowItem> {
    this.#retired = this.#retired.filter((one) => one !== retired);
    this.#archives.know(retired.generation.head);
    await retired.generation.close();
    yield { type: 'end', generation: retired.generation.id };
  }

  /** The content was cut or overwritten in place: its rest may be in a copy, and it begins anew. */
  async *#restart(generation: Generation): AsyncGenerator<FollowItem> {
    const archives = await this.#archives.list();
    let isSaved = false;
    try {
      const rest = await restIn(archives, generation);
      isSaved = rest !== null;
      for await (const chunk of rest ?? []) yield { type: 'bytes', generation: generation.id, chunk };
      for (const { head } of archives) this.#archives.know(head);
    } finally {
      for (const archive of archives) await archive.release();
    }
    yield { type: 'end', generation: generation.id };
    const { offset, unread } = generation;
    this.#archives.know(generation.head);
    const detail = isSaved
      ? 'its content was copied and cut; the copy was read to its end'
      : 'its content was cut or overwritten; what was written after this offset and not read is lost';
    yield this.#event('truncated', offset, detail);
    if (!isSaved && unread > 0)
      yield this.#event('gap', offset, `${unread} bytes were destroyed before they could be read`);
    const next = await generation.rewritten(this.#nextId++);
    if (this.#live === generation) this.#live = next;
    yield this.#startOf(next, { offset: 0, line: 1, newFrom: 0 });
    yield* this.#drain(next);
  }

  /** Whether the name still leads to what is being read. */
  async *#checkName(): AsyncGenerator<FollowItem> {
    const current = await stat(this.#path, { bigint: true }).catch((error: unknown) => error);
    const identity = isStatus(current) ? `${current.dev}:${current.ino}` : null;
    if (identity !== null && identity === this.#live?.identity) {
      yield* this.#presence.present();
      return;
    }
    const opened = isStatus(current) ? await this.#openLive() : null;
    if (opened === null) {
      yield* this.#presence.absent(this.#openError ?? current, this.#live?.offset ?? null);
      return;
    }
    yield* this.#presence.present();
    yield* this.#switchTo(opened);
  }

  async *#switchTo(opened: Generation): AsyncGenerator<FollowItem> {
    const old = this.#live;
    if (old === null) {
      this.#live = opened;
      yield this.#startOf(opened, { offset: 0, line: 1, newFrom: 0 });
      yield* this.#drain(opened);
      return;
    }
    // Renamed away and back: it is open already.
    const again = this.#retired.find(({ generation }) => generation.identity === opened.identity);
    if (again !== undefined) {
      await opened.close();
      this.#retired = this.#retired.filter((one) => one !== again);
      this.#retire(old);
      this.#live = again.generation;
      return;
    }
    // Whatever the old one still holds comes before what follows it.
    yield* this.#drain(old);
    if (await opened.continues(old)) {
      const moved = await old.movedTo(this.#path);
      await opened.close();
      await old.close();
      this.#live = moved;
      yield this.#event('replaced', moved.offset, 'a copy of the log took its place');
      yield* this.#drain(moved);
      return;
    }
    this.#archives.know(old.head);
    this.#retire(old);
    yield* this.#readBetween(old, opened);
    this.#live = opened;
    yield this.#event('rotated', old.offset, 'a new log bears its name');
    yield this.#startOf(opened, { offset: 0, line: 1, newFrom: 0 });
    yield* this.#drain(opened);
  }

  /** Logs that came and went between two looks. */
  async *#readBetween(old: Generation, opened: Generation): AsyncGenerator<FollowItem> {
    const archives = await this.#archives.list();
    try {
      const held = new Set(
        [opened, ...this.#retired.map(({ generation }) => generation)].map((one) => one.identity),
      );
      const between = archives.filter(
        ({ identity, head }) => !held.has(identity) && head.length > 0 && !this.#archives.isKnown(head),
      );
      const isOldThere = archives.some(
        ({ identity, head }) => identity === old.identity || isSameHead(head, old.head),
      );
      if (between.length > 0 && !isOldThere && old.offset > 0)
        yield this.#event('gap', old.offset, 'older archives were removed before they could be looked at');
      yield* this.#reader.read(between);
    } finally {
      for (const archive of archives) await archive.release();
    }
  }

  #retire(generation: Generation): void {
    this.#retired.push({ generation, quietSince: this.#options.now() });
  }

  async #openLive(): Promise<Generation | null> {
    try {
      this.#openError = null;
      return await Generation.open(this.#nextId++, this.#path);
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
      this.#openError = error;
      return null;
    }
  }
  #startOf({ id }: Generation, place: Pick<GenerationStart, 'offset' | 'line' | 'newFrom'>): GenerationStart {
    return { type: 'start', generation: id, path: this.#path, ...place, modified: null };
  }

  #event(event: FollowEvent['event'], offset: number, detail: string): FollowEvent {
    return followEvent(this.#path, event, offset, detail);
  }
}

function isStatus(found: unknown): found is { readonly dev: bigint; readonly ino: bigint } {
  return typeof found === 'object' && found !== null && 'ino' in found;
}
