// The file operations of the outbox, one at a time: between any two of them the process may be killed.
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { systemCode } from '../../lib/errors.ts';
import { linkNew } from '../../lib/link-new.ts';
import type { Decoded } from '../../state/document.ts';
import { readChecked, syncFolder, writeSynced } from '../../state/files.ts';

export interface Disk {
  makeFolder(path: string): Promise<void>;
  /** Names; none where there is no such folder. */
  list(folder: string): Promise<readonly string[]>;
  /** `null` if it is not there. */
  read(path: string): Promise<Decoded | null>;
  /** A new file, on the disk when it resolves. */
  write(path: string, text: string): Promise<void>;
  /** `false` if there is a file of the new name. */
  link(from: string, to: string): Promise<boolean>;
  /** In the place of what is there. */
  move(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  sync(folder: string): Promise<void>;
  /** Bytes and the time of the last change (ms); `null` if it is not there. */
  status(path: string): Promise<{ readonly size: number; readonly mtimeMs: number } | null>;
}

export const realDisk: Disk = {
  async makeFolder(path) {
    await mkdir(path, { recursive: true, mode: 0o700 });
  },
  list: (folder) => unlessMissing(() => readdir(folder), []),
  read: readChecked,
  write: writeSynced,
  link: linkNew,
  move: rename,
  remove: (path) => rm(path, { force: true }),
  sync: syncFolder,
  status: (path) => unlessMissing(() => stat(path), null),
};

async function unlessMissing<T>(action: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return otherwise;
    throw error;
  }
}
