// Waiting for a lock that is mostly free again soon. Looks are counted: a clock that is set makes no wait longer.
import { type Lock, takeLock } from './lock.ts';
import { StateError } from './problem.ts';

export interface Patience {
  readonly looks: number;
  readonly pauseMs: number;
  sleep(ms: number): Promise<void>;
}

/** Throws `StateError` if it is still held at the last look. */
export async function takeLockPatiently(path: string, { looks, pauseMs, sleep }: Patience): Promise<Lock> {
  for (let look = 1; ; look += 1) {
    try {
      return await takeLock(path);
    } catch (error) {
      const isHeld = error instanceof StateError && error.isHeld;
      if (!isHeld || look >= looks) throw error;
      await sleep(pauseMs);
    }
  }
}
