// One state on disk: read with suspicion, written whole or not at all, the generation before it kept.
import { randomBytes } from 'node:crypto';
import { link, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemCode } from '../lib/errors.ts';
import { encode } from './document.ts';
import { readChecked, syncFolder, writeSynced } from './files.ts';
import { StateError, worded } from './problem.ts';

export interface Read<T> {
  /** `null` at the first run. */
  readonly body: T | null;
  /** What is wrong with the latest generation, if the one before it had to be used. */
  readonly problem: string | null;
}

/** A state that is on the disk, but not in its place yet. */
export interface Prepared {
  /** Throws `StateError`; then the state is as it was. */
  commit(): Promise<void>;
  discard(): Promise<void>;
}

export class StateStore<T> {
  readonly path: string;
  readonly #parse: (body: unknown) => T | null;

  /** `parse` tells whether a body is what it should be. */
  constructor(path: string, parse: (body: unknown) => T | null) {
    this.path = path;
    this.#parse = parse;
  }

  get #previous(): string {
    return `${this.path}.previous`;
  }

  /** Throws `StateError` where there is a state but none that verifies. */
  async read(): Promise<Read<T>> {
    const latest = await this.#readOne(this.path);
    if (latest !== null && 'body' in latest) return { body: latest.body, problem: null };
    const previous = await this.#readOne(this.#previous);
    const problem = latest === null ? 'is gone' : latest.problem;
    if (previous !== null && 'body' in previous && latest?.isNewer !== true)
      return { body: previous.body, problem: `state ${this.path} ${problem}` };
    if (latest === null && previous === null) return { body: null, problem: null };
    throw new StateError(`state ${this.path} ${problem}, and there is no earlier one that can be used`, {
      hint:
        latest?.isNewer === true ? 'install that one' : 'look at it, then oclog check --reset starts anew',
    });
  }

  /** Throws `StateError`. */
  async prepare(body: T): Promise<Prepared> {
    const temporary = join(
      dirname(this.path),
      `.${basename(this.path)}.${randomBytes(6).toString('hex')}.tmp`,
    );
    await worded(this.path, () => writeSynced(temporary, encode(body))).catch(async (error: unknown) => {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    });
    return {
      commit: () => worded(this.path, () => this.#commit(temporary)),
      discard: () => rm(temporary, { force: true }).catch(() => undefined),
    };
  }

  /** What a killed run left behind. To be called by the holder of the lock. */
  async tidy(): Promise<void> {
    const folder = dirname(this.path);
    const strays = await readdir(folder).catch(() => []);
    for (const name of strays)
      if (name.startsWith(`.${basename(this.path)}.`) && name.endsWith('.tmp'))
        await rm(join(folder, name), { force: true }).catch(() => undefined);
  }

  /** Forgets everything. */
  async remove(): Promise<void> {
    await worded(this.path, async () => {
      for (const path of [this.#previous, this.path]) await rm(path, { force: true });
    });
  }

  async #commit(temporary: string): Promise<void> {
    const kept = `${temporary.slice(0, -'.tmp'.length)}.previous.tmp`;
    try {
      // A link: the latest one is in its place at every moment.
      const isThere = await link(this.path, kept).then(
        () => true,
        (error: unknown) => {
          if (systemCode(error) !== 'ENOENT') throw error;
          return false;
        },
      );
      if (isThere) {
        await rename(kept, this.#previous);
        // Two names of one file stay two: where a run was killed right behind this.
        await rm(kept, { force: true });
      }
      await rename(temporary, this.path);
    } catch (error) {
      for (const path of [temporary, kept]) await rm(path, { force: true }).catch(() => undefined);
      throw error;
    }
    await syncFolder(dirname(this.path));
  }

  /** `null` if it is not there. */
  async #readOne(
    path: string,
  ): Promise<{ readonly body: T } | { readonly problem: string; readonly isNewer: boolean } | null> {
    const decoded = await readChecked(path);
    if (decoded === null || !('body' in decoded)) return decoded;
    const body = this.#parse(decoded.body);
    return body === null ? { problem: 'holds what no oclog writes', isNewer: false } : { body };
  }
}
