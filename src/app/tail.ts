// Follows logs and yields their findings as records become complete, and what happens to the logs. Waits for its reader:
// while nothing is asked for, nothing is read.
import { setMaxListeners } from 'node:events';
import type { Finding } from '../findings/finding.ts';
import type { FollowEvent } from '../lib/follow-event.ts';
import { Follower } from '../sources/follow/follower.ts';
import type { FollowItem } from '../sources/follow/item.ts';
import { followNamed } from '../sources/follow/named-log.ts';
import { streamItems } from '../sources/follow/stream.ts';
import { DirectoryWaker, POLL_MS, raisesEvents, Sleeper, type Waker } from '../sources/follow/watch.ts';
import type { InputStream } from '../sources/stdin.ts';
import { Channel } from './channel.ts';
import { type Clock, FollowedLog, type TailStatus } from './followed-log.ts';
import { isTooOld } from './log-time.ts';
import { type ScanOptions, type ScanSettings, settle } from './settings.ts';

export interface TailOptions extends ScanOptions {
  readonly from: 'end' | 'start' | 'archives';
  /** How long a log is left alone before its last record is taken for complete. */
  readonly idleFlushMs: number;
  /** Look so often instead of waiting for events; `null`: where events cannot be had, and slowly beside them. */
  readonly pollMs: number | null;
  readonly signal: AbortSignal;
  /** The machine's own, if left out. */
  readonly world?: TailWorld;
  /** What `-` stands for. */
  readonly input?: InputStream;
}

/** Time, and what ends a sleep. */
export interface TailWorld extends Clock {
  waker(path: string, withEvents: boolean, signal: AbortSignal): Waker;
}

export type TailEvent = Finding | FollowEvent | TailStatus;

/** A look so often catches what no event told. */
const SAFETY_POLL_MS = 1000;

const MACHINE: TailWorld = {
  now: () => performance.now(),
  date: Date.now,
  waker: (path, withEvents, signal) => (withEvents ? new DirectoryWaker(path, signal) : new Sleeper(signal)),
};

interface Message {
  readonly log: FollowedLog;
  readonly item: FollowItem;
}

/** `paths` are logs, by name. Throws only for faults of oclog itself. */
export async function* tail(paths: readonly string[], options: TailOptions): AsyncGenerator<TailEvent> {
  const settings = settle(options);
  const channel = new Channel<Message>();
  // Whoever wants no more of it leaves nothing open.
  const left = new AbortController();
  const signal = AbortSignal.any([options.signal, left.signal]);
  // Each log's follower listens.
  setMaxListeners(0, signal);
  try {
    for (const path of paths) {
      const world = options.world ?? MACHINE;
      const log = new FollowedLog(path, settings, options.idleFlushMs, world);
      const dueIn = (): number => log.dueIn();
      const items =
        path === '-'
          ? streamItems(options.input ?? process.stdin, { signal, dueIn, now: () => world.now() })
          : followNamed(path, options.from, (name, from) =>
              openFollower(name, { ...options, signal, from }, settings, dueIn),
            );
      channel.addSource(labelled(log, items));
    }
    for await (const { log, item } of channel.values()) yield* log.take(item);
  } finally {
    left.abort();
    await channel.close();
  }
}

async function openFollower(
  path: string,
  { signal, from, pollMs, world = MACHINE }: TailOptions,
  settings: ScanSettings,
  dueIn: () => number,
): Promise<Follower> {
  const withEvents = pollMs === null && (await raisesEvents(path));
  return new Follower(path, {
    from,
    isTooOld: (time) => isTooOld(time, settings.since, settings.zone),
    inflateLimits: settings.inflateLimits,
    waker: world.waker(path, withEvents, signal),
    now: () => world.now(),
    pollMs: withEvents ? SAFETY_POLL_MS : (pollMs ?? POLL_MS),
    dueIn,
    signal,
  });
}

async function* labelled(log: FollowedLog, items: AsyncIterable<FollowItem>): AsyncGenerator<Message> {
  for await (const item of items) yield { log, item };
}
