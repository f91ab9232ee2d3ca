// Files that nobody misses: what killed runs left under temporary names, and what holds no longer. Nothing else tells the
// former from what a run is writing right now, but its age.
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** No file is written for so long. */
export const STRAY_MS = 3_600_000;

/** Removes the files of these names that were last changed longer ago; what cannot be removed stays. */
export async function removeOld(
  folder: string,
  isMeant: (name: string) => boolean,
  ageMs = STRAY_MS,
): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!isMeant(name)) continue;
    const path = join(folder, name);
    const status = await stat(path).catch(() => null);
    // Either way: a clock that was set back leaves files of days to come.
    if (status !== null && Math.abs(Date.now() - status.mtimeMs) > ageMs)
      await rm(path, { force: true }).catch(() => undefined);
  }
}
