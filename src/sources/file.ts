// Regular files: opened without ever blocking, read through one descriptor into two buffers. A descriptor
// that is held keeps the file readable while a rotation renames or removes it.

import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SourceError } from '../lib/errors.ts';
import { Extent, readBlocks, readBytes } from './file-bytes.ts';
import { fileProblem, specialFileProblem } from './file-problem.ts';
import type { BlockReader, ReadMeter } from './source.ts';

/** So many descriptors of a family are held at most, against rotations between the finding and the reading of a file. */
export const MOST_HELD = 128;

/** A descriptor that stays open until it is given back, whatever a rotation does to the file's name. */
export interface Loan {
  readonly fd: number;
  giveBack(): Promise<void>;
}

export interface LogFile {
  readonly path: string;
  /** Device and inode: the same for every name of the file. */
  readonly identity: string;
  readonly size: number;
  readonly modified: Date;
  /** The bytes from `from` to `to`, or to the end; a chunk is overwritten by the next but one. */
  read(from?: number, to?: number): AsyncGenerator<Buffer>;
  /** The same bytes, read without waiting for anything but the disk: into memory of the caller's. */
  blocks(from?: number, to?: number): Promise<BlockReader>;
  /** Lends the descriptor. */
  lend(): Promise<Loan>;
  /** Lets go of the held descriptor; a later reading looks for the file anew. */
  release(): Promise<void>;
}

/** The bytes from `position`, at most `length`, in memory of their own. Throws the system's errors. */
export async function bytesAt(file: LogFile, position: number, length: number): Promise<Buffer> {
  const { fd, giveBack } = await file.lend();
  try {
    const bytes = Buffer.allocUnsafe(length);
    return bytes.subarray(0, readSync(fd, bytes, 0, length, position));
  } finally {
    await giveBack();
  }
}

/** Opens a regular file; anything else is a `SourceError` with a remedy. `meter` counts what is read of it. */
export async function openFile(path: string, meter?: ReadMeter): Promise<LogFile> {
  const opened = openRegular(path);
  const status = fstatSync(opened, { bigint: true });
  const identity = `${status.dev}:${status.ino}`;
  const size = Number(status.size);
  let held: Promise<number> | null = Promise.resolve(opened);
  let users = 0;
  let released = false;

  async function lend(): Promise<Loan> {
    users += 1;
    try {
      held ??= reopen(path, identity);
      return { fd: await held, giveBack };
    } catch (error) {
      await giveBack();
      throw error;
    }
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
    await closing.then(closeSync).catch(() => {});
  }

  return {
    path,
    identity,
    size,
    modified: status.mtime,
    async *read(from = 0, to = Number.POSITIVE_INFINITY) {
      const { fd, giveBack } = await lend();
      try {
        yield* readBytes(fd, new Extent(path, from, to, size), meter);
      } finally {
        await giveBack();
      }
    },
    async blocks(from = 0, to = Number.POSITIVE_INFINITY) {
      const { fd, giveBack } = await lend();
      return readBlocks(fd, new Extent(path, from, to, size), meter, giveBack);
    },
    lend,
    async release() {
      released = true;
      await closeUnused();
    },
  };
}

/** Synchronously: what waits for a disk is the reading, and that is so too. */
function openRegular(path: string): number {
  try {
    // Looked at first, since opening a device may do something; without blocking, since it may have changed.
    const before = statSync(path);
    if (!before.isFile()) throw specialFileProblem(path, before);
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const opened = fstatSync(fd);
    if (opened.isFile()) return fd;
    closeSync(fd);
    throw specialFileProblem(path, opened);
  } catch (error) {
    throw fileProblem(path, error);
  }
}

/** Opens the file that was found under `path`, also when a rotation has renamed it since. */
async function reopen(path: string, identity: string): Promise<number> {
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
