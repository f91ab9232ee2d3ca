// Follows logs and yields their findings as records become complete, and what happens to the logs. Waits for its reader:
// while nothing is asked for, nothing is read.
import type { Finding } from '../findings/finding.ts';
import type { FollowEvent } from '../lib/follow-event.ts';
import { Follower } from '../sources/follow/follower.ts';
import type { FollowItem } from '../sources/follow/item.ts';
import { streamItems } from '../sources/follow/stream.ts';
import { DirectoryWaker, raisesEvents, Sleeper } from '../sources/follow/watch.ts';
import type { InputStream } from '../sources/stdin.ts';
import { Channel } from './channel.ts';
import { LiveLog } from './live-log.ts';
import { type ScanOptions, type ScanSettings, settle } from './settings.ts';

export interface TailOptions extends ScanOptions {
  readonly from: 'end' | 'start' | 'archives';
  /** How long a log is left alone before its last record is taken for complete. */
  readonly idleFlushMs: number;
  /** Look so often instead of waiting for events; `null`: where events cannot be had, and slowly beside them. */
  readonly pollMs: number | null;
  readonly signal: AbortSignal;
  /** What `-` stands for. */
  readonly input?: InputStream;
}

/** All that was written has been dealt with; counts are since the start. */
interface TailStatus {
  readonly type: 'status';
  readonly path: string;
  readonly bytes: number;
  readonly behind: number;
}

export type TailEvent = Finding | FollowEvent | TailStatus;

/** A look so often catches what no event told. */
const SAFETY_POLL_MS = 1000;
/** Where there are no events. */
const POLL_MS = 250;

interface Log {
  readonly path: string;
  readonly generations: Map<number, Live>;
  bytes: number;
}

interface Live {
  readonly log: LiveLog;
  timer: NodeJS.Timeout | null;
}

interface Message {
  readonly log: Log;
  readonly item: FollowItem | { readonly type: 'idle'; readonly live: Live };
}

/** `paths` are logs, by name. Throws only for faults of oclog itself. */
export async function* tail(paths: readonly string[], options: TailOptions): AsyncGenerator<TailEvent> {
  const settings = settle(options);
  const channel = new Channel<Message>();
  for (const path of paths) {
    const log: Log = { path, generations: new Map(), bytes: 0 };
    const items =
      path === '-'
        ? streamItems(options.input ?? process.stdin, options.signal)
        : (await openFollower(path, options, settings)).items();
    channel.addSource(labelled(log, items));
  }
  for await (const { log, item } of channel.values()) yield* handle(log, item, channel, settings, options);
}

async function openFollower(path: string, options: TailOptions, settings: ScanSettings): Promise<Follower> {
  const { signal, from, pollMs } = options;
  const withEvents = pollMs === null && (await raisesEvents(path));
  return new Follower(path, {
    from,
    isTooOld: (time) => time !== null && time < settings.since,
    inflateLimits: settings.inflateLimits,
    waker: withEvents ? new DirectoryWaker(path, signal, () => undefined) : new Sleeper(signal),
    now: () => performance.now(),
    pollMs: withEvents ? SAFETY_POLL_MS : (pollMs ?? POLL_MS),
    signal,
  });
}

async function* labelled(log: Log, items: AsyncIterable<FollowItem>): AsyncGenerator<Message> {
  for await (const item of items) yield { log, item };
}

async function* handle(
  log: Log,
  item: Message['item'],
  channel: Channel<Message>,
  settings: ScanSettings,
  { idleFlushMs }: TailOptions,
): AsyncGenerator<TailEvent> {
  switch (item.type) {
    case 'start':
      log.generations.set(item.generation, { log: new LiveLog(item, settings, Date.now), timer: null });
      break;
    case 'bytes': {
      const live = log.generations.get(item.generation);
      if (live === undefined) break;
      log.bytes += item.chunk.length;
      if (settings.meter !== undefined) settings.meter.read += item.chunk.length;
      yield* live.log.push(item.chunk);
      if (live.timer === null)
        live.timer = setTimeout(() => void channel.send({ log, item: { type: 'idle', live } }), idleFlushMs);
      else live.timer.refresh();
      break;
    }
    case 'idle':
      yield* item.live.log.flush();
      break;
    case 'end': {
      const live = log.generations.get(item.generation);
      if (live === undefined) break;
      log.generations.delete(item.generation);
      if (live.timer !== null) clearTimeout(live.timer);
      yield* live.log.end();
      break;
    }
    case 'caught-up':
      yield { type: 'status', path: log.path, bytes: log.bytes, behind: item.behind };
      break;
    case 'event':
      yield item;
  }
}
