// For programs that say nothing when they are ready: asks them again until the answer fits.
import { setTimeout as pause } from 'node:timers/promises';

/** Cron wakes up once a minute. */
const PATIENCE_MS = 90_000;
const PACE_MS = 50;

/** Yields the first answer that fits; fails with the last one. An error is no answer yet. */
export async function eventually(ask: () => string | Promise<string>, pattern: RegExp): Promise<string> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await Promise.resolve().then(ask).catch(String);
    if (pattern.test(answer)) return answer;
    if (performance.now() > deadline) throw new Error(`no ${pattern} but ${answer}`);
    await pause(PACE_MS);
  }
}
