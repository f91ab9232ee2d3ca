// Whether a report would take the place of a log that it is about.

import { stat } from 'node:fs/promises';
import { expandPath } from './expand.ts';

/** Whether a file is one that the arguments stand for, under whatever name. */
export async function isAmongInputs(file: string, paths: readonly string[]): Promise<boolean> {
  const own = await identityOf(file);
  if (own === null) return false;
  for (const path of paths) {
    // What cannot be expanded cannot be read either, which is reported where it is read.
    const members = await expandPath(path).catch(() => []);
    for (const member of members === 'stdin' ? ['/dev/stdin'] : members)
      if ((await identityOf(member)) === own) return true;
  }
  return false;
}

/** `null` for what is no regular file: a device takes what it gets. */
async function identityOf(path: string): Promise<string | null> {
  const status = await stat(path).catch(() => null);
  return status?.isFile() === true ? `${status.dev}:${status.ino}` : null;
}
