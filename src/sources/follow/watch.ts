// Wake-ups for a follower: something may have changed in the log's directory. The one importer of chokidar, whose `raw`
// events are used: its `change` events are throttled and drop the last one of a burst. A wake-up is a hint and never
// more; a slow look catches what no event told.
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FSWatcher } from 'chokidar';
import { lookUp } from '../name.ts';

/** So many events while one look settles, some thousand a second, are a flood. */
const FLOOD_EVENTS = 20;
const FLOOD_POLL_MS = 20;
/** Where no events can be had. */
export const POLL_MS = 250;
/** After so many looks that found nothing, half a second, it is over. */
const QUIET_LOOKS = 25;

/** Until when a follower sleeps. */
export interface Waker {
  /**
   * Resolves at the next wake-up, or after `ms`; at once if one came since the last call. `isSettling`: wake-ups in the
   * meantime are of a burst that goes on, and end nothing.
   */
  next(ms: number, isSettling?: boolean): Promise<void>;
  /** To be called now and then: what is watched may have been replaced. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/** Magic numbers (statfs) of file systems on which another machine's writes raise no event. */
const REMOTE: ReadonlySet<number> = new Set(
  Object.values({
    nfs: 0x6969,
    smb: 0x517b,
    cifs: 0xff534d42,
    smb2: 0xfe534d42,
    plan9: 0x01021997,
    fuse: 0x65735546,
    afs: 0x5346414f,
    kernelAfs: 0x6b414653,
    ceph: 0x00c36400,
    coda: 0x73757245,
    lustre: 0x0bd00bd0,
    gpfs: 0x47504653,
    gfs2: 0x01161970,
    ocfs2: 0x7461636f,
    beegfs: 0x19830326,
    vmware: 0xbacbacbc,
    virtualBox: 0x786f4256,
  }),
);

/** Whether events can be relied on for a path; a missing directory tells nothing. */
export async function raisesEvents(path: string): Promise<boolean> {
  const status = await statfs(dirname(path)).catch(() => null);
  return status === null || !REMOTE.has(status.type);
}

/** A sleeper that `wake` ends; what timers need of the world is passed in. */
export class Sleeper implements Waker {
  #pending = false;
  #wake: (() => void) | null = null;
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => this.wake(), { once: true });
  }

  wake(): void {
    this.#pending = true;
    this.#wake?.();
  }

  async next(ms: number, isSettling = false): Promise<void> {
    if ((isSettling || !this.#pending) && !this.#signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#wake = () => {
          if (isSettling && !this.#signal.aborted) return;
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = null;
    }
    this.#pending = false;
  }

  async refresh(): Promise<void> {}

  async close(): Promise<void> {
    this.wake();
  }
}

/** Wakes at whatever happens in the directory of `path`; where events cannot be had, often enough without. */
export class DirectoryWaker implements Waker {
  readonly #path: string;
  readonly #sleeper: Sleeper;
  #watcher: FSWatcher | null = null;
  /** Device and inode. */
  #watched: string | null = null;
  #isBlind = false;
  #events = 0;
  /** In a flood of writes events cost more than they tell: it is looked for without them until it is over. */
  #isFlood = false;
  #quietLooks = 0;

  constructor(path: string, signal: AbortSignal) {
    this.#path = path;
    this.#sleeper = new Sleeper(signal);
  }

  /** The watch belongs to a directory, not to its name. */
  async refresh(): Promise<void> {
    if (this.#isFlood) return;
    const { identity } = lookUp(dirname(this.#path));
    if (identity === this.#watched) return;
    await this.#unwatch();
    this.#watched = identity;
    if (identity !== null) await this.#watch();
  }

  async #watch(): Promise<void> {
    const { watch } = await import('chokidar');
    const folder = dirname(this.#path);
    const watcher = watch(folder, {
      depth: 0,
      ignoreInitial: true,
      // The directory's own events tell of every file in it: one watch is enough.
      ignored: (path) => path !== folder,
    });
    watcher.on('raw', () => {
      this.#events += 1;
      this.#sleeper.wake();
    });
    this.#isBlind = false;
    this.#watcher = watcher;
    await new Promise<void>((resolve) => {
      watcher.once('ready', resolve);
      // No more watches to be had, or no right to: then it is looked for as on a network file system.
      watcher.on('error', () => {
        this.#isBlind = true;
        resolve();
      });
    });
    this.#sleeper.wake();
  }

  async next(ms: number, isSettling = false): Promise<void> {
    this.#events = 0;
    const most = this.#isFlood ? FLOOD_POLL_MS : this.#isBlind ? POLL_MS : ms;
    await this.#sleeper.next(Math.min(ms, most), isSettling);
    if (isSettling) {
      this.#quietLooks = 0;
      if (this.#events > FLOOD_EVENTS) await this.#beginFlood();
    } else if (this.#isFlood) {
      this.#quietLooks += 1;
      // The next look watches again, and sees what came before it did.
      if (this.#quietLooks > QUIET_LOOKS) this.#isFlood = false;
    }
  }

  async #beginFlood(): Promise<void> {
    this.#isFlood = true;
    await this.#unwatch();
  }

  async #unwatch(): Promise<void> {
    this.#watched = null;
    await this.#watcher?.close();
    this.#watcher = null;
  }

  async close(): Promise<void> {
    await this.#unwatch();
    await this.#sleeper.close();
  }
}
