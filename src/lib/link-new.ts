// A second name for a file, unless there is one of that name.
import { link } from 'node:fs/promises';
import { systemCode } from './errors.ts';

/** Yields whether it was made. Throws the system's errors, but for that. */
export async function linkNew(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}
