// Opening the files of a folder while a rotation may shift their names: what was opened is what bore the names at once.
import { join } from 'node:path';
import { lookUp } from './name.ts';

/** A folder that never comes to rest is taken as it is. */
const MOST_TRIES = 20;

interface Held {
  release(): Promise<void>;
}

/** What `open` opens, once nothing moved meanwhile; `snapshot` tells which file bears which name. */
export async function openAtRest<T extends Held>(
  snapshot: () => Promise<string>,
  open: () => Promise<readonly T[]>,
): Promise<readonly T[]> {
  for (let tries = 1; ; tries += 1) {
    const before = await snapshot();
    const opened = await open();
    if (tries === MOST_TRIES || (await snapshot()) === before) return opened;
    for (const one of opened) await one.release();
  }
}

/** Which file bears which name, as one text. */
export function snapshotOf(folder: string, names: readonly { readonly name: string }[]): string {
  const files = names.map(({ name }) => {
    const { identity } = lookUp(join(folder, name));
    return identity === null ? '' : `${name}\0${identity}`;
  });
  return files.sort().join('\0');
}
