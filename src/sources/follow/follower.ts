// Follows one log by its name: what is written to it, through rotation, compression, truncation, removal and return.
// Nothing is handed on twice; what can be known to be lost is said to be.
import { systemCode } from '../../lib/errors.ts';
import { type FollowEvent, followEvent, NOT_YET } from '../../lib/follow-event.ts';
import type { Archive } from '../archive.ts';
import { isDirectory, lookUp } from '../name.ts';
import { since } from '../order.ts';
import { ArchiveReader } from './archive-reader.ts';
import { Archives } from './archives.ts';
import { copyOf, mayBeIn } from './copy.ts';
import { Generation } from './generation.ts';
import type { FollowItem, GenerationStart } from './item.ts';
import { LastMoments } from './last-moments.ts';
import type { FollowOptions } from './options.ts';
import { Presence } from './presence.ts';
import { Retired } from './retired.ts';

/** After a wake-up one more look is due by then: events may come in bursts. */
const SETTLE_MS = 20;
/** How much before the end is read for what it proves about what follows. */
const LOOK_BACK = 128 * 1024;
const CUT = 'its content was cut or overwritten; what was written after this offset and not read is lost';
const ARCHIVE_GONE =
  'it is in no archive any more; what was written between it and the oldest one may be lost';
const COPIED_AND_CUT = 'its content was copied and cut; the copy was read to its end';

export class Follower {
  readonly #path: string;
  readonly #options: FollowOptions;
  readonly #archives: Archives;
  readonly #presence: Presence;
  readonly #reader: ArchiveReader;
  readonly #retired: Retired;
  readonly #lastMoments: LastMoments;
  #live: Generation | null = null;
  /** Why the live one could not be read at the last look. */
  #readError: unknown = null;
  #nextId = 0;
  #openError: unknown = null;
  #isDirectory = false;

  constructor(path: string, options: FollowOptions) {
    this.#path = path;
    this.#options = options;
    this.#archives = new Archives(path, options.inflateLimits, options.now);
    this.#presence = new Presence(path, options.now);
    this.#lastMoments = new LastMoments(options.signal, options.now);
    this.#retired = new Retired(options.now, this.#lastMoments, ({ head }) => this.#archives.know(head));
    this.#reader = new ArchiveReader(this.#archives, {
      nextId: () => this.#nextId++,
      retire: (generation) => this.#retired.add(generation),
      lastMoments: this.#lastMoments,
    });
  }

  /** Until the signal; what is there then is still read. Or until a directory bears the name, and no log ever did. */
  async *items(): AsyncGenerator<FollowItem, 'ended' | 'directory'> {
    const { signal, waker, pollMs, dueIn, now } = this.#options;
    try {
      yield* this.#begin();
      for (;;) {
        const isLast = signal.aborted;
        const at = now();
        let isBusy = false;
        for await (const item of this.#look()) {
          isBusy ||= item.type === 'bytes' || item.type === 'start';
          yield item;
        }
        if (this.#isDirectory) return 'directory';
        yield { type: 'caught-up', at, behind: this.#live?.unread ?? 0 };
        if (isLast) break;
        await waker.next(Math.max(0, Math.min(isBusy ? SETTLE_MS : pollMs, dueIn())), isBusy);
      }
      for (const { id, unread } of this.#open()) yield { type: 'end', generation: id, isLeft: unread > 0 };
      return 'ended';
    } finally {
      for (const generation of this.#open()) await generation.close();
      await waker.close();
    }
  }

  #open(): readonly Generation[] {
    return this.#live === null ? this.#retired.generations : [...this.#retired.generations, this.#live];
  }

  async *#begin(): AsyncGenerator<FollowItem> {
    await this.#options.waker.refresh();
    const archives = await this.#archives.list();
    // Behind the list: what is rotated in between is news.
    const opened = await this.#openLive();
    try {
      this.#reader.know(archives, opened);
      if (this.#options.from === 'archives')
        yield* this.#reader.read(since(archives, this.#options.isTooOld));
    } finally {
      for (const archive of archives) await archive.release();
    }
    if (opened === null) {
      yield this.#event('following', 0, NOT_YET);
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
    // What is written to the log later may follow what is written to a rotated one meanwhile.
    const isAlone = this.#retired.generations.length === 0;
    const written = isAlone ? undefined : this.#live?.written;
    yield* this.#retired.read((this.#live?.offset ?? 0) > 0);
    try {
      if (this.#live !== null && this.#readError === null)
        yield* this.#drain(this.#live, this.#live.fresh(written));
      yield* this.#checkName();
      if (await this.#archives.mayHaveChanged()) yield* this.#lookForNews(this.#live !== null);
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
      // What a disk or a network refuses now it may give after another opening.
      this.#readError = error;
      yield* this.#presence.absent(error, this.#live?.offset ?? null);
    }
    // Last: a finding does not wait for it, and whatever a new watch missed wakes at once.
    await this.#options.waker.refresh();
  }

  /** What is there of the log and was not read: much of it, or all. */
  async *#drain(generation: Generation, chunks = generation.fresh()): AsyncGenerator<FollowItem> {
    const { id } = generation;
    for await (const chunk of this.#lastMoments.of(chunks)) yield { type: 'bytes', generation: id, chunk };
    if (generation.isRewritten) yield* this.#restart(generation);
  }

  /** The content was cut or overwritten in place: its rest may be in a copy, and it begins anew. */
  async *#restart(generation: Generation): AsyncGenerator<FollowItem> {
    const { id, offset, unread } = generation;
    const next = await generation.rewritten(this.#nextId++);
    const archives = await this.#archives.list();
    try {
      const copy = await copyOf(generation, archives);
      for await (const chunk of this.#lastMoments.of(copy?.rest ?? []))
        yield { type: 'bytes', generation: id, chunk };
      yield { type: 'end', generation: id, isLeft: this.#lastMoments.areOver };
      yield this.#event('truncated', offset, copy === null ? CUT : COPIED_AND_CUT);
      // What was only seen is news if it turns up.
      if (offset > 0 || copy !== null) this.#archives.know(generation.head);
      if (copy !== null) this.#archives.know(copy.archive.head);
      this.#live = next;
      const news = yield* this.#readNews(archives);
      if (copy === null && !mayBeIn(generation, archives)) {
        if (unread > 0)
          yield this.#event('gap', offset, `${unread} bytes were destroyed before they could be read`);
        else if (news > 0 && offset > 0) yield this.#event('gap', offset, ARCHIVE_GONE);
      }
    } finally {
      for (const archive of archives) await archive.release();
    }
    yield* this.#startAnew(next);
  }

  /** Whether the name still leads to what is being read. */
  async *#checkName(): AsyncGenerator<FollowItem> {
    const named = lookUp(this.#path);
    const { identity } = named;
    const offset = this.#live?.offset ?? null;
    if (identity !== null && identity === this.#live?.identity && this.#readError === null) {
      yield* this.#presence.present(offset ?? 0);
      return;
    }
    const opened = identity === null ? null : await this.#openLive();
    if (opened === null) {
      this.#isDirectory = this.#live === null && (await isDirectory(this.#path));
      if (this.#isDirectory) yield* this.#presence.present(0);
      else yield* this.#presence.absent('trouble' in named ? named.trouble : this.#openError, offset);
      return;
    }
    yield* this.#presence.present(opened.identity === this.#live?.identity ? (offset ?? 0) : 0);
    yield* this.#switchTo(opened);
  }

  /** Whether the log has become another one since it was read: an archive of that would be taken for news. */
  async #isPassedOver(): Promise<boolean> {
    if (this.#readError === null && this.#live?.isUncut() === false) return true;
    if (this.#openError !== null) return false;
    const { identity } = lookUp(this.#path);
    return identity !== null && identity !== this.#live?.identity;
  }

  async *#switchTo(opened: Generation): AsyncGenerator<FollowItem> {
    // Whatever the old one still holds comes before what follows it.
    if (this.#live !== null && this.#readError === null) yield* this.#drain(this.#live, this.#live.rest());
    const old = this.#live;
    const lost = this.#readError;
    this.#readError = null;
    if (old === null) {
      this.#live = opened;
      yield* this.#lookForNews(false);
      yield* this.#startAnew(opened);
      return;
    }
    const earlier = this.#retired.generations.find(({ identity }) => identity === opened.identity);
    if (earlier !== undefined) {
      await opened.close();
      yield* this.#returnTo(earlier, old);
      return;
    }
    const isSame = opened.identity === old.identity;
    if (isSame || opened.continues(old)) {
      this.#live = opened.inPlaceOf(old);
      await old.close();
      if (!isSame) yield this.#event('replaced', old.offset, 'a copy of the log took its place');
      yield* this.#drain(this.#live);
      return;
    }
    if (lost !== null) yield this.#event('gap', old.offset, `its end cannot be read (${systemCode(lost)})`);
    yield* this.#rotate(old, opened);
  }

  async *#rotate(old: Generation, opened: Generation): AsyncGenerator<FollowItem> {
    this.#retired.add(old);
    this.#live = opened;
    const archives = await this.#archives.list();
    try {
      const isThere = archives.some(({ identity }) => identity === old.identity);
      // A copy may have taken its place, and been written to and rotated since.
      const copy = isThere ? null : await copyOf(old, archives);
      for await (const chunk of this.#lastMoments.of(copy?.rest ?? []))
        yield { type: 'bytes', generation: old.id, chunk };
      const news = yield* this.#readNews(archives);
      if (news > 0 && !isThere && copy === null && old.offset > 0 && !mayBeIn(old, archives))
        yield this.#event('gap', old.offset, ARCHIVE_GONE);
    } finally {
      for (const archive of archives) await archive.release();
    }
    yield this.#event('rotated', old.offset, 'a new log bears its name');
    yield* this.#startAnew(opened);
  }

  async *#startAnew(opened: Generation): AsyncGenerator<FollowItem> {
    this.#live = opened;
    yield this.#startOf(opened, { offset: 0, line: 1, newFrom: 0 });
    // As much as was there before the rest of the old one was read: what came later may follow what it holds since.
    yield* this.#drain(opened, opened.fresh(opened.size));
  }

  /** A log that was renamed away bears the name again. */
  async *#returnTo(earlier: Generation, old: Generation): AsyncGenerator<FollowItem> {
    this.#retired.remove(earlier);
    this.#retired.add(old);
    this.#live = earlier;
    yield this.#event('replaced', earlier.offset, 'an earlier log took its place');
    yield* this.#drain(earlier);
  }

  async *#lookForNews(isLate: boolean): AsyncGenerator<FollowItem> {
    const archives = await this.#archives.list();
    try {
      yield* this.#readNews(archives, isLate);
    } finally {
      for (const archive of archives) await archive.release();
    }
  }

  /** Logs that came and went between two looks; returns how many held something. */
  async *#readNews(archives: readonly Archive[], isLate = false): AsyncGenerator<FollowItem, number> {
    const open = this.#open();
    // Behind the list: an archive must not know more than the log that it is made of, while both are there.
    for (const generation of open) await generation.lookAtHead();
    if (await this.#isPassedOver()) {
      this.#archives.expectChange();
      return 0;
    }
    const news = this.#reader.unseen(archives, open);
    yield* this.#reader.read(news, isLate);
    return news.filter(({ head }) => head.length > 0).length;
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
