// The memory of one log during a run: its lock, what was remembered, and what is to be.
import { join } from 'node:path';
import { openStateDirectory, stateNameOf, tidyStateDirectory } from '../state/directory.ts';
import type { Lock } from '../state/lock.ts';
import { type Patience, takeLockPatiently } from '../state/patience.ts';
import { StateError } from '../state/problem.ts';
import { type Prepared, StateStore } from '../state/store.ts';
import type { CheckSettings } from './check-settings.ts';
import { type CheckState, parseCheckState } from './check-state.ts';

type Options = Pick<CheckSettings, 'stateDir' | 'name' | 'dryRun' | 'world'>;

/** Whoever acknowledges a fault holds the lock for some milliseconds; another run, for longer. */
const LOOKS = 7;
const PAUSE_MS = 50;

export class LogMemory {
  readonly #dryRun: boolean;
  #store: StateStore<CheckState> | null = null;
  #lock: Lock | null = null;
  #prepared: Prepared | null = null;
  /** What the run before left; `null` at the first one. */
  before: CheckState | null = null;
  /** Why it cannot be used, or not the latest of it. */
  trouble: StateError | null = null;
  /** Another run reads the log, or nobody knows where the last one stopped: then it is to be left alone. */
  isClosed = false;

  private constructor(dryRun: boolean) {
    this.#dryRun = dryRun;
  }

  /** Of the log at `path`. What is wrong is in `trouble`. */
  static async open(path: string, { stateDir, name, dryRun, world }: Options): Promise<LogMemory> {
    const memory = new LogMemory(dryRun);
    const file = join(stateDir, await stateNameOf(path, name));
    const store = new StateStore(`${file}.json`, parseCheckState);
    try {
      if (!dryRun) await openStateDirectory(stateDir);
      if (!dryRun) await tidyStateDirectory(stateDir);
      if (!dryRun) await memory.#take(`${file}.lock`, world.sleep);
      await memory.#read(store);
    } catch (error) {
      if (!(error instanceof StateError)) throw error;
      memory.trouble = error;
      // A disk that takes nothing may still tell what was read.
      if (!memory.isClosed)
        memory.before = await store.read().then(
          ({ body }) => body,
          () => null,
        );
    }
    return memory;
  }

  /** Where it lies; `null` if it cannot be used. */
  get file(): string | null {
    return this.#store?.path ?? null;
  }

  /** Whether what is to be remembered is on the disk. */
  get isPrepared(): boolean {
    return this.#prepared !== null;
  }

  /** Puts it on the disk, beside its place. Throws `StateError`. */
  async prepare(state: CheckState): Promise<void> {
    if (this.#store !== null && !this.#dryRun) this.#prepared = await this.#store.prepare(state);
  }

  /** Throws `StateError`. */
  async commit(): Promise<void> {
    await this.#prepared?.commit();
    this.#prepared = null;
  }

  async discard(): Promise<void> {
    await this.#prepared?.discard();
    this.#prepared = null;
  }

  async close(): Promise<void> {
    await this.discard();
    await this.#lock?.release();
    this.#lock = null;
  }

  async #take(path: string, sleep: Patience['sleep']): Promise<void> {
    try {
      this.#lock = await takeLockPatiently(path, { looks: LOOKS, pauseMs: PAUSE_MS, sleep });
    } catch (error) {
      // It is the other run that reads on.
      this.isClosed = error instanceof StateError && error.isHeld;
      throw error;
    }
  }

  async #read(store: StateStore<CheckState>): Promise<void> {
    if (!this.#dryRun) await store.tidy();
    const { body, problem } = await store.read().catch((error: unknown) => {
      // What was reported before would be reported again.
      this.isClosed = true;
      throw error;
    });
    this.before = body;
    this.#store = store;
    if (problem !== null)
      this.trouble = new StateError(
        `${problem}; the one before it was used, so that some findings may come again`,
      );
  }
}
