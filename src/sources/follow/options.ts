// What a follower is told: where it begins, how long it waits, and whom it listens to.
import type { InflateLimits } from '../source.ts';
import type { Waker } from './watch.ts';

export interface FollowOptions {
  readonly from: 'end' | 'start' | 'archives';
  /** Of archives: whether one whose first record is of that time, and so the ones before it, can be left out. */
  readonly isTooOld: (time: number | null) => boolean;
  readonly inflateLimits: InflateLimits;
  readonly waker: Waker;
  /** Milliseconds; only differences count. */
  readonly now: () => number;
  /** How long to sleep at most while nothing happens. */
  readonly pollMs: number;
  /** In how many milliseconds the reader of the items wants the next look at the latest. */
  readonly dueIn: () => number;
  readonly signal: AbortSignal;
}
