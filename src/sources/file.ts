// Regular files: opened without ever blocking, read through one descriptor into one buffer. A descriptor
// that is held keeps the file readable while a rotation renames or removes it.

import { constants, fstatSync, readSync } from 'node:fs';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SourceError } from '../lib/errors.ts';
import { fileProblem, specialFileProblem } from './file-problem.ts';
import type { BlockReader, ReadMeter } from './source.ts';

/** So many descriptors of a family are held at most, against rotations between the finding and the reading of a file. */
export const MOST_HELD = 128;
const BUFFER_SIZE = 256 * 1024;

export interface LogFile {
  readonly path: string;
  /** Device and inode: the same for every name of the file. */
  readonly identity: string;
  readonly size: number;
  readonly modified: Date;
  /** The bytes from `from` to `to`, or to the end; chunks share one buffer. */
  read(from?: number, to?: number): AsyncGenerator<Buffer>;
  /** The same bytes, read without waiting for anything but the disk: into memory of the caller's. */
  blocks(from?: number, to?: number): Promise<BlockReader>;
  /** Lends the descriptor. */
  use<T>(action: (handle: FileHandle) => Promise<T>): Promise<T>;
  /** Lets go of the held descriptor; a later reading looks for the file anew. */
  release(): Promise<void>;
}

/** Opens a regular file; anything else is a `SourceError` with a remedy. `meter` counts what is read of it. */
export async function openFile(path: string, meter?: ReadMeter): Promise<LogFile> {
  const opened = await openRegular(path);
  const status = await opened.stat({ bigint: true });
  const identity = `${status.dev}:${status.ino}`;
  const size = Number(status.size);
  let held: Promise<FileHandle> | null = Promise.resolve(opened);
  let users = 0;
  let released = false;

  async function borrow(): Promise<FileHandle> {
    users += 1;
    held ??= reopen(path, identity);
    return held;
  }

  async function giveBack(): Promise<void> {
    users -= 1;
    await closeUnused();
  }

  async function closeUnused(): Promise<void> {
    if (!released || users > 0 || held === null) return;
    const closing = held;
    held = null;
    // One that could not be opened again has said so to whoever asked for it.
    await closing.then((handle) => handle.close()).catch(() => {});
  }

  return {
    path,
    identity,
    size,
    modified: status.mtime,
    async *read(from = 0, to = Number.POSITIVE_INFINITY) {
      try {
        for await (const chunk of readHandle(await borrow(), new Extent(path, from, to, size))) {
          if (meter !== undefined) meter.read += chunk.length;
          yield chunk;
        }
      } finally {
        await giveBack();
      }
    },
    async blocks(from = 0, to = Number.POSITIVE_INFINITY) {
      const handle = await borrow().catch(async (error) => {
        await giveBack();
        throw error;
      });
      return blocksOf(handle.fd, new Extent(path, from, to, size), meter, giveBack);
    },
    async use(action) {
      try {
        return await action(await borrow());
      } finally {
        await giveBack();
      }
    },
    async release() {
      released = true;
      await closeUnused();
    },
  };
}

/** What is to be read of a file, and how far that has come. */
class Extent {
  readonly path: string;
  readonly #to: number;
  readonly #sizeAtOpen: number;
  #end: number;
  #isExtended: boolean;
  position: number;

  constructor(path: string, from: number, to: number, sizeAtOpen: number) {
    this.path = path;
    this.position = from;
    this.#to = to;
    this.#sizeAtOpen = sizeAtOpen;
    // Files of size 0 may be generated while they are read, as those in /proc are.
    this.#end = Math.min(to, sizeAtOpen === 0 ? Number.POSITIVE_INFINITY : sizeAtOpen);
    this.#isExtended = this.#end === to || this.#end === Number.POSITIVE_INFINITY;
  }

  /** Bytes left; 0 at the end. That is looked up once more when it is reached, then no more: a busy writer is not chased for ever. */
  left(fd: number): number {
    if (this.position >= this.#end && !this.#isExtended) {
      this.#isExtended = true;
      this.#end = Math.min(this.#to, fstatSync(fd).size);
    }
    return Math.max(0, this.#end - this.position);
  }

  /** Nothing more came. */
  close(): void {
    if (this.position >= Math.min(this.#to, this.#sizeAtOpen)) return;
    throw new SourceError(
      this.path,
      `shrank while it was read, from ${this.#sizeAtOpen} to ${this.position} bytes`,
      { hint: 'scan again; a log that is truncated in place loses lines' },
    );
  }

  problem(error: unknown): unknown {
    return fileProblem(this.path, error, `after ${this.position} bytes`);
  }
}

async function* readHandle(handle: FileHandle, extent: Extent): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(Math.min(BUFFER_SIZE, Math.max(1, extent.left(handle.fd))));
  for (let left = extent.left(handle.fd); left > 0; left = extent.left(handle.fd)) {
    const count = await readAt(handle, extent, buffer, Math.min(buffer.length, left));
    if (count === 0) break;
    extent.position += count;
    yield buffer.subarray(0, count);
  }
  extent.close();
}

async function readAt(handle: FileHandle, extent: Extent, buffer: Buffer, length: number): Promise<number> {
  try {
    return (await handle.read(buffer, 0, length, extent.position)).bytesRead;
  } catch (error) {
    throw extent.problem(error);
  }
}

function blocksOf(
  fd: number,
  extent: Extent,
  meter: ReadMeter | undefined,
  close: () => Promise<void>,
): BlockReader {
  const fill = (target: Buffer): number => {
    const length = Math.min(target.length, extent.left(fd));
    try {
      return length === 0 ? 0 : readSync(fd, target, 0, length, extent.position);
    } catch (error) {
      throw extent.problem(error);
    }
  };
  return {
    peek(length) {
      const target = Buffer.allocUnsafe(length);
      return target.subarray(0, fill(target));
    },
    read(target) {
      const count = fill(target);
      extent.position += count;
      if (meter !== undefined) meter.read += count;
      if (count === 0) extent.close();
      return count;
    },
    close,
  };
}

async function openRegular(path: string): Promise<FileHandle> {
  try {
    // Looked at first, since opening a device may do something; without blocking, since it may have changed.
    const before = await stat(path);
    if (!before.isFile()) throw specialFileProblem(path, before);
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const opened = await handle.stat();
    if (opened.isFile()) return handle;
    await handle.close();
    throw specialFileProblem(path, opened);
  } catch (error) {
    throw fileProblem(path, error);
  }
}

/** Opens the file that was found under `path`, also when a rotation has renamed it since. */
async function reopen(path: string, identity: string): Promise<FileHandle> {
  const candidates = [path, ...(await siblings(path))];
  for (const candidate of candidates) {
    const status = await stat(candidate, { bigint: true }).catch(() => null);
    if (status === null || `${status.dev}:${status.ino}` !== identity) continue;
    return openRegular(candidate);
  }
  throw new SourceError(path, 'was removed or replaced after it was found', {
    hint: 'scan again; a rotation may have moved it',
  });
}

async function siblings(path: string): Promise<string[]> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  return names.map((name) => join(folder, name));
}
