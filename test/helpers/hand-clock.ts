// Time and wake-ups by hand: whoever follows a log sleeps until a test says that time has passed or something happened.
import type { TailWorld } from '../../src/app/tail.ts';
import type { Waker } from '../../src/sources/follow/watch.ts';

interface Sleep {
  readonly until: number;
  readonly end: () => void;
}

export class HandClock implements TailWorld {
  #time = 0;
  /** How many follow a log and are not done. */
  #followers = 0;
  #asleep: Sleep[] = [];
  #onSleep: (() => void) | null = null;
  sleeps = 0;

  now(): number {
    return this.#time;
  }

  date(): number {
    return Date.UTC(2026, 10, 23, 5) + this.#time;
  }

  waker(_path: string, _withEvents: boolean, signal: AbortSignal): Waker {
    this.#followers += 1;
    signal.addEventListener('abort', () => this.#wake());
    return {
      next: (ms) => this.#fallAsleep(ms, signal),
      refresh: async () => {},
      close: async () => {
        if (!signal.aborted) this.#followers -= 1;
      },
    };
  }

  /** Something may have happened; what comes of it is not waited for. */
  nudge(): void {
    this.#wake();
  }

  /** Time passes by somebody who is busy. */
  skip(ms: number): void {
    this.#time += ms;
  }

  /** Something may have happened: whoever sleeps looks until there is nothing more to be done at once. */
  async wake(): Promise<void> {
    this.nudge();
    await this.#allAsleep();
    await this.pass(50);
  }

  /** Time passes; whoever sleeps wakes when its time is over. */
  async pass(ms: number): Promise<void> {
    const end = this.#time + ms;
    await this.#allAsleep();
    for (;;) {
      const due = Math.min(...this.#asleep.map(({ until }) => until));
      if (due > end) break;
      this.#time = due;
      this.#wake((sleep) => sleep.until <= due);
      await this.#allAsleep();
    }
    this.#time = end;
  }

  #fallAsleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    this.sleeps += 1;
    return new Promise((end) => {
      // No sleep takes no time at all.
      this.#asleep.push({ until: this.#time + Math.max(1, ms), end });
      this.#onSleep?.();
    });
  }

  #wake(isDue: (sleep: Sleep) => boolean = () => true): void {
    const due = this.#asleep.filter(isDue);
    this.#asleep = this.#asleep.filter((sleep) => !due.includes(sleep));
    for (const { end } of due) end();
  }

  async #allAsleep(): Promise<void> {
    while (this.#followers === 0 || this.#asleep.length < this.#followers)
      await new Promise<void>((resolve) => {
        this.#onSleep = resolve;
      });
  }
}
