// Lets a follower look by hand: it sleeps until told to, and one step ends when it sleeps for good again.
import { Follower } from '../../src/sources/follow/follower.ts';
import type { FollowItem } from '../../src/sources/follow/item.ts';
import type { FollowOptions } from '../../src/sources/follow/options.ts';
import type { Waker } from '../../src/sources/follow/watch.ts';
import { DEFAULT_INFLATE_LIMITS } from '../../src/sources/source.ts';

/** A sleep for so long means that nothing happened. */
const POLL_MS = 1000;
/** More looks than that without a sleep: it never will. */
const MOST_LOOKS = 50;

class HandWaker implements Waker {
  #wake: (() => void) | null = null;
  #asleep: () => void = () => undefined;
  #looks = 0;

  async next(ms: number): Promise<void> {
    this.#looks += 1;
    if (ms < POLL_MS && this.#looks < MOST_LOOKS) return;
    if (ms < POLL_MS) throw new Error(`looked ${MOST_LOOKS} times and still was not done`);
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      this.#asleep();
    });
  }

  /** Resolves when the follower sleeps. */
  look(): Promise<void> {
    this.#looks = 0;
    const asleep = new Promise<void>((resolve) => {
      this.#asleep = resolve;
    });
    this.#wake?.();
    return asleep;
  }

  wake(): void {
    this.#wake?.();
  }

  async refresh(): Promise<void> {}
  async close(): Promise<void> {}
}

export interface HeldFollower {
  /** The follower looks until it finds nothing more. */
  look(): Promise<void>;
  /** The last look, and the end. */
  end(): Promise<void>;
}

/** Starts with the first look. `take` receives the items. */
export async function followByHand(
  path: string,
  from: FollowOptions['from'],
  take: (item: FollowItem) => Promise<void>,
): Promise<HeldFollower> {
  const waker = new HandWaker();
  const stop = new AbortController();
  let seconds = 0;
  const follower = new Follower(path, {
    from,
    isTooOld: () => false,
    inflateLimits: DEFAULT_INFLATE_LIMITS,
    waker,
    now: () => seconds * 1000,
    pollMs: POLL_MS,
    dueIn: () => Number.POSITIVE_INFINITY,
    signal: stop.signal,
  });
  const drained = (async () => {
    for await (const item of follower.items()) await take(item);
  })();
  const look = async (): Promise<void> => {
    seconds += 2;
    // A failure must not leave the step waiting.
    await Promise.race([waker.look(), drained]);
  };
  await look();
  return {
    look,
    async end() {
      stop.abort();
      waker.wake();
      await drained;
    },
  };
}
