// Gives the event loop its turn while something goes on and on without waiting for anything.
import { ticks } from './ticks.ts';

/** Signals and progress wait no longer. */
const LONGEST_BUSY_MS = 50;

export class Breather {
  #rested = ticks();

  /** To be awaited again and again; rests when it is time for that. */
  async breathe(): Promise<void> {
    if (ticks() - this.#rested < LONGEST_BUSY_MS) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.#rested = ticks();
  }
}
