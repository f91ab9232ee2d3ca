// Where a log's name leads. Asked synchronously, since it is asked at every look: the system answers in microseconds, by way
// of the thread pool in tenths of a millisecond.
import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';

type Named =
  | { readonly identity: string }
  /** Why it leads nowhere. */
  | { readonly identity: null; readonly trouble: unknown };

/** Device and inode. */
export function lookUp(path: string): Named {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return { identity: `${dev}:${ino}` };
  } catch (trouble) {
    return { identity: null, trouble };
  }
}

export async function isDirectory(path: string): Promise<boolean> {
  const status = await stat(path).catch(() => null);
  return status?.isDirectory() === true;
}
