// Files of our own, read with suspicion and written to the disk before anything relies on them.
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { systemCode } from '../lib/errors.ts';
import { type Decoded, decode } from './document.ts';

/** Far more than a state ever takes. */
const MOST_BYTES = 8 * 1024 * 1024;

/** `null` if it is not there. */
export async function readChecked(path: string): Promise<Decoded | null> {
  let handle: FileHandle | null = null;
  try {
    // Without blocking: something else may have been put in its place.
    handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const status = await handle.stat();
    const problem = problemOf(status);
    return problem === null ? decode(await handle.readFile('utf8')) : { problem, isNewer: false };
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT') return null;
    if (code === undefined) throw error;
    const problem = code === 'ELOOP' ? 'is a symbolic link, which is refused' : `cannot be read (${code})`;
    return { problem, isNewer: false };
  } finally {
    await handle?.close();
  }
}

function problemOf(status: {
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  isFile(): boolean;
}): string | null {
  if (!status.isFile()) return 'is no regular file';
  const own = process.geteuid?.();
  if (own !== undefined && status.uid !== own && status.uid !== 0) return 'belongs to another user';
  if ((status.mode & 0o022) !== 0) return 'may be written by others (chmod 600)';
  return status.size > MOST_BYTES ? 'is too large' : null;
}

/** A new file of the owner's alone. Throws the system's error, also where there is one already. */
export async function writeSynced(path: string, text: string): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What was made, moved or removed in it is so after a power cut, too. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
