// Files that a report goes to, and words for what can be wrong with them.
import { dirname } from 'node:path';
import { appendLines } from '../lib/append-file.ts';
import { AtomicFile } from '../lib/atomic-file.ts';
import { SinkError, systemCode } from '../lib/errors.ts';
import type { Sink } from './sink.ts';

/** Written whole or not at all. */
export async function fileSink(path: string): Promise<Sink> {
  const file = await worded(path, AtomicFile.create(path));
  return {
    keepsOrder: false,
    write: (text) => worded(path, file.write(text)),
    end: () => worded(path, file.commit()),
    discard: () => file.discard(),
  };
}

export async function appendingSink(path: string): Promise<Sink> {
  // Whether it can be written is known before anything is read.
  await worded(path, appendLines(path, ''));
  return {
    keepsOrder: false,
    write: (text) => worded(path, appendLines(path, text.toString())),
    end: async () => undefined,
    discard: async () => undefined,
  };
}

/** What the system says of these names a file of ours that nobody knows. */
const REASONS: Readonly<Record<string, (folder: string) => readonly [reason: string, hint: string]>> = {
  ENOENT: (folder) => [`there is no directory ${folder}`, 'make it, or name a file elsewhere'],
  ENOTDIR: (folder) => [`${folder} is no directory`, 'name a file elsewhere'],
  EACCES: (folder) => [`permission denied, for it or in ${folder}`, 'name a file that you may write'],
  EPERM: (folder) => [`permission denied, for it or in ${folder}`, 'name a file that you may write'],
  EROFS: (folder) => [`${folder} is on a read-only file system`, 'name a file elsewhere'],
};

async function worded<T>(path: string, action: Promise<T>): Promise<T> {
  try {
    return await action;
  } catch (error) {
    const known = REASONS[systemCode(error) ?? ''];
    const [reason, hint] = known === undefined ? [reasonOf(error)] : known(folderOf(error) ?? dirname(path));
    throw new SinkError(`${path} could not be written: ${reason}`, {
      ...(hint === undefined ? {} : { hint }),
      cause: error,
    });
  }
}

/** What the system says, without the paths that it names: they may be of our own making. */
function reasonOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return systemCode(error);
  const end = 'path' in error && 'syscall' in error ? error.message.indexOf(`, ${error.syscall} '`) : -1;
  return end < 0 ? error.message : error.message.slice(0, end);
}

/** The folder that is missing: a link may lead to another than its path names. */
function folderOf(error: unknown): string | null {
  return error instanceof Error && 'folder' in error && typeof error.folder === 'string'
    ? error.folder
    : null;
}
