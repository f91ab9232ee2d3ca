// A file that is either written whole or not at all: written beside its place under another name, then moved there.
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemCode } from './errors.ts';

/** Throws the system's errors, for the caller to word. */
export class AtomicFile {
  readonly #path: string;
  readonly #temporary: string | null;
  readonly #handle: FileHandle;

  private constructor(path: string, temporary: string | null, handle: FileHandle) {
    this.#path = path;
    this.#temporary = temporary;
    this.#handle = handle;
  }

  static async create(path: string): Promise<AtomicFile> {
    const target = await targetOf(path);
    // A device or pipe cannot be replaced: it takes the bytes as they come.
    if (target.isSpecial) return new AtomicFile(target.path, null, await open(target.path, 'w'));
    // A file that its owner made read-only is not to be replaced either, though its directory would allow it.
    if (target.mode !== null) await access(target.path, constants.W_OK);
    const name = `.${basename(target.path)}.${randomBytes(6).toString('hex')}.tmp`;
    const temporary = join(dirname(target.path), name);
    return new AtomicFile(target.path, temporary, await open(temporary, 'wx', target.mode ?? 0o666));
  }

  async write(text: string): Promise<void> {
    await this.#handle.writeFile(text);
  }

  /** Puts what was written in its place. */
  async commit(): Promise<void> {
    if (this.#temporary !== null) await this.#handle.sync();
    await this.#handle.close();
    if (this.#temporary !== null) await rename(this.#temporary, this.#path);
  }

  /** Leaves things as they were; safe after anything went wrong. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    if (this.#temporary !== null) await rm(this.#temporary, { force: true });
  }
}

interface Target {
  readonly path: string;
  /** The permissions of the file that is there; `null` where none is. */
  readonly mode: number | null;
  readonly isSpecial: boolean;
}

/** What a path leads to: a link stays a link. */
async function targetOf(path: string): Promise<Target> {
  try {
    const real = await realpath(path);
    const status = await stat(real);
    if (status.isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
    return { path: real, mode: status.mode & 0o777, isSpecial: !status.isFile() };
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    return { path, mode: null, isSpecial: false };
  }
}
