// A file that is either written whole or not at all: written beside its place under another name, then moved there.
import { randomBytes } from 'node:crypto';
import { constants, rmSync } from 'node:fs';
import { access, type FileHandle, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { systemCode } from './errors.ts';
import { removeOld } from './remove-old.ts';

/** Of a name, so much that the temporary one, in UTF-8, is not too long for the system. */
const NAME_PART = 60;

/** What is to go away should the program end before a file is done. */
const unfinished = new Set<string>();
process.on('exit', () => {
  for (const path of unfinished) {
    try {
      rmSync(path, { force: true });
    } catch {
      // A disk that refuses even that: the next run takes it away.
    }
  }
});

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
    // A device, a pipe or what is open already cannot be replaced: it takes the bytes as they come.
    if (target.isSpecial) return new AtomicFile(target.path, null, await openSpecial(target.path));
    // A file that its owner made read-only is not to be replaced either, though its directory would allow it.
    if (target.mode !== null) await access(target.path, constants.W_OK);
    const part = basename(target.path).slice(0, NAME_PART);
    const folder = dirname(target.path);
    await removeOld(folder, (name) => name.startsWith(`.${part}.`) && /\.[0-9a-f]{12}\.tmp$/.test(name));
    const temporary = join(folder, `.${part}.${randomBytes(6).toString('hex')}.tmp`);
    const handle = await open(temporary, 'wx', target.mode ?? 0o666);
    unfinished.add(temporary);
    return new AtomicFile(target.path, temporary, handle);
  }

  async write(text: string | Uint8Array): Promise<void> {
    await this.#handle.writeFile(text);
  }

  /** Puts what was written in its place. */
  async commit(): Promise<void> {
    if (this.#temporary !== null) await this.#handle.sync();
    await this.#handle.close();
    if (this.#temporary === null) return;
    await rename(this.#temporary, this.#path);
    unfinished.delete(this.#temporary);
  }

  /** Leaves things as they were; safe after anything went wrong. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    if (this.#temporary === null) return;
    await rm(this.#temporary, { force: true }).catch(() => undefined);
    unfinished.delete(this.#temporary);
  }
}

/** Opening a pipe that nobody reads would wait for ever, and keep the program from ending: asked for first. */
async function openSpecial(path: string): Promise<FileHandle> {
  const isPipe = (await stat(path)).isFIFO();
  const probe = isPipe ? await open(path, constants.O_WRONLY | constants.O_NONBLOCK).catch(worded) : null;
  try {
    return await open(path, 'a');
  } finally {
    await probe?.close();
  }
}

function worded(error: unknown): never {
  if (systemCode(error) === 'ENXIO')
    throw Object.assign(new Error('is a pipe that nobody reads'), { code: 'ENXIO', cause: error });
  throw error;
}

interface Target {
  readonly path: string;
  /** The permissions of the file that is there; `null` where none is. */
  readonly mode: number | null;
  readonly isSpecial: boolean;
}

/** Whether a path leads to an open file of a process, as `/dev/stdout` does. */
async function isDescriptor(path: string): Promise<boolean> {
  let at: string | null = path;
  // The system follows no more links than this either.
  for (let links = 0; at !== null && links < 40; links += 1) {
    const folder: string = await realpath(dirname(at));
    if (/^\/proc\/\d+\/(?:task\/\d+\/)?fd$/.test(folder)) return true;
    const link: string | null = await readlink(at).catch(() => null);
    at = link === null ? null : behind(folder, link);
  }
  return false;
}

/** Where a link in `folder` leads; `..` is left to the system, for which a name before it may be a link itself. */
function behind(folder: string, link: string): string {
  return isAbsolute(link) ? link : `${folder}/${link}`;
}

/** What a path leads to: a link stays a link, also one to a file that is yet to be. */
async function targetOf(path: string): Promise<Target> {
  if (path.endsWith('/')) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
  try {
    // Asked first: `/dev/stdout` may lead to a pipe, which has no path.
    const status = await stat(path);
    if (status.isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
    if (!status.isFile() || (await isDescriptor(path))) return { path, mode: null, isSpecial: true };
    return { path: await realpath(path), mode: status.mode & 0o777, isSpecial: false };
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    const link = await readlink(path).catch(() => null);
    const wanted = link === null ? path : behind(dirname(path), link);
    return { path: join(await realFolder(dirname(wanted)), basename(wanted)), mode: null, isSpecial: false };
  }
}

async function realFolder(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw Object.assign(new Error(`ENOENT: no such directory: ${path}`), {
      ...{ code: 'ENOENT', folder: path, cause: error },
    });
  }
}
