// Time and wake-ups by hand: whoever follows a log sleeps until a test says that time has passed or something happened.
import type { TailWorld } from '../../src/app/tail.ts';
import type { Waker } from '../../src/sources/follow/watch.ts';

export class HandClock implements TailWorld {
  #time = 0;
  #sleep: { readonly until: number; readonly end: () => void } | null = null;
  #onSleep: (() => void) | null = null;

  now(): number {
    return this.#time;
  }

  date(): number {
    return Date.UTC(2026, 10, 23, 5) + this.#time;
  }

  waker(_path: string, _withEvents: boolean, signal: AbortSignal): Waker {
    signal.addEventListener('abort', () => this.#wake());
    return {
      next: (ms) => this.#fallAsleep(ms, signal),
      refresh: async () => {},
      close: async () => {},
    };
  }

  /** Something may have happened: whoever sleeps looks until there is nothing more to be done at once. */
  async wake(): Promise<void> {
    const asleep = this.#asleepAgain();
    this.#wake();
    await asleep;
    await this.pass(50);
  }

  /** Time passes; whoever sleeps wakes when its time is over. */
  async pass(ms: number): Promise<void> {
    const until = this.#time + ms;
    for (;;) {
      if (this.#sleep === null) await this.#asleepAgain();
      const due = this.#sleep?.until ?? until;
      if (due > until) break;
      this.#time = due;
      const asleep = this.#asleepAgain();
      this.#wake();
      await asleep;
    }
    this.#time = until;
  }

  #fallAsleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((end) => {
      // No sleep takes no time at all.
      this.#sleep = { until: this.#time + Math.max(1, ms), end };
      this.#onSleep?.();
    });
  }

  #wake(): void {
    const sleep = this.#sleep;
    this.#sleep = null;
    sleep?.end();
  }

  #asleepAgain(): Promise<void> {
    return new Promise((resolve) => {
      this.#onSleep = () => {
        this.#onSleep = null;
        resolve();
      };
    });
  }
}
