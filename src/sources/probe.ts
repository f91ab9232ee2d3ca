// A look at the first bytes of a source: its first time, and enough of it to tell whether another may be
// its twin.

import { SourceError } from '../lib/errors.ts';
import { ByteCursor } from './cursor.ts';
import { DamagedSourceError } from './damage.ts';
import { firstTime } from './first-time.ts';
import type { Source } from './source.ts';

const HEAD_SIZE = 64 * 1024;
/** So much of each head is kept for comparing: families may be large. */
const KEPT_SIZE = 4 * 1024;

export interface Probe {
  readonly head: Buffer;
  readonly time: number | null;
  /** False if not even its head can be read for a reason other than damage: then it is nobody's twin. */
  readonly comparable: boolean;
  /** Whether its head is damaged: nothing of it can be read, or not yet. */
  readonly damaged: boolean;
}

export async function probe(source: Source): Promise<Probe> {
  const cursor = new ByteCursor(source.open());
  try {
    const bytes = await cursor.peek(HEAD_SIZE);
    return {
      head: Buffer.from(bytes.subarray(0, KEPT_SIZE)),
      time: firstTime(bytes),
      comparable: true,
      damaged: false,
    };
  } catch (error) {
    // The error itself shows again when the source is read in earnest.
    if (!(error instanceof SourceError)) throw error;
    const damaged = error instanceof DamagedSourceError;
    return { head: Buffer.alloc(0), time: null, comparable: damaged, damaged };
  } finally {
    await cursor.close();
  }
}
