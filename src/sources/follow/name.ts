// Where a log's name leads.
import { stat } from 'node:fs/promises';

type Named =
  | { readonly identity: string }
  /** Why it leads nowhere. */
  | { readonly identity: null; readonly trouble: unknown };

/** Device and inode. */
export async function lookUp(path: string): Promise<Named> {
  try {
    const { dev, ino } = await stat(path, { bigint: true });
    return { identity: `${dev}:${ino}` };
  } catch (trouble) {
    return { identity: null, trouble };
  }
}

export async function isDirectory(path: string): Promise<boolean> {
  const status = await stat(path).catch(() => null);
  return status?.isDirectory() === true;
}
