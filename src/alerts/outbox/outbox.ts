// Notices on their way to channels: on the disk before the first try, and there until they are delivered or given up. So
// each is delivered at least once, whenever the process is killed.
import { join } from 'node:path';
import { takeLock } from '../../state/lock.ts';
import { StateError, worded } from '../../state/problem.ts';
import type { Incident, Notice } from '../alert.ts';
import type { Outcome } from '../channels/channel.ts';
import type { ChannelSettings } from '../channels/settings.ts';
import { attempt, guarded, TRY_MS } from './attempt.ts';
import { DeadLetters } from './dead-letters.ts';
import { deliverAll } from './deliver.ts';
import { type Depth, depthOf } from './depth.ts';
import { realDisk } from './disk.ts';
import { type Entry, newEntry } from './entry.ts';
import { Folder } from './folder.ts';
import { partFor } from './routing.ts';
import { testNotice } from './test-notice.ts';
import type { DeliverOptions, Delivery, OutboxWorld, Place } from './world.ts';

export class Outbox implements Place {
  readonly stateDir: string;
  readonly channels: readonly ChannelSettings[];
  readonly world: OutboxWorld;
  readonly queue: Folder;
  readonly dead: DeadLetters;

  constructor(stateDir: string, channels: readonly ChannelSettings[], world: OutboxWorld) {
    const disk = world.disk ?? realDisk;
    this.stateDir = stateDir;
    this.channels = channels;
    this.world = world;
    this.queue = new Folder(join(stateDir, 'outbox'), disk);
    this.dead = new DeadLetters(join(stateDir, 'dead'), disk);
  }

  /**
   * On the disk when it resolves. To be called before the state that made them is written: what is queued already, by a run
   * that was killed behind this, is no second notice. Throws `StateError`.
   */
  async enqueue(notices: readonly Notice[]): Promise<void> {
    const now = this.world.now();
    const entries = notices.flatMap((notice, order) =>
      this.channels.flatMap((channel): readonly Entry[] => {
        const part = partFor(notice, channel);
        return part === null ? [] : [newEntry(part, channel.name, now, order)];
      }),
    );
    await worded(this.queue.path, () => this.queue.add(entries));
  }

  /**
   * One try for each notice that is due, the channels side by side. To be called when the state is written. What fails is
   * in what it yields and stays queued; throws `StateError` only where the disk fails.
   */
  async deliver(options: DeliverOptions): Promise<Delivery> {
    if (!(await this.isBusy(options.open))) {
      await worded(this.queue.path, async () => {
        await this.dead.prune(this.world.now());
        await this.queue.tidy(this.world.now());
      });
      return NOTHING;
    }
    return this.locked(() => deliverAll(this, options)).catch((error: unknown) => {
      // The run that holds it delivers.
      if (error instanceof StateError && error.isHeld) return NOTHING;
      throw error;
    });
  }

  /** What waits and what was given up, for people. Throws `StateError`. */
  async depth(): Promise<Depth> {
    return worded(this.queue.path, () => depthOf(this.queue, this.dead, this.world.now()));
  }

  /** Sends a dead letter again. */
  async revive(letter: Entry): Promise<void> {
    await this.locked(async () => {
      const { notice, channel } = letter;
      await this.queue.add([newEntry(notice, channel, this.world.now(), 0)]);
      await this.dead.remove(letter);
    });
  }

  async drop(letter: Entry): Promise<void> {
    await this.locked(() => this.dead.remove(letter));
  }

  /** Whether a channel works, here and now. */
  async test(settings: ChannelSettings): Promise<Outcome> {
    const { world } = this;
    const notice = testNotice(world.host, world.now());
    const message = guarded({ notice, text: await world.describe(notice) });
    const channel = world.open(settings);
    const outcome = await attempt(
      settings,
      () => channel,
      (opened, signal) => opened.send(message, signal),
      world.timeout(TRY_MS),
    );
    await channel.then(
      (opened) => opened.close(),
      () => undefined,
    );
    return outcome;
  }

  /** Throws `StateError` if another run holds the lock. */
  async locked<T>(action: () => Promise<T>): Promise<T> {
    await worded(this.queue.path, () => (this.world.disk ?? realDisk).makeFolder(this.queue.path));
    const lock = await takeLock(join(this.queue.path, 'lock'));
    try {
      return await worded(this.queue.path, action);
    } finally {
      await lock.release();
    }
  }

  /** Whether a round would have anything to do. */
  async isBusy(open: readonly Incident[]): Promise<boolean> {
    if (open.length > 0 && this.channels.some(({ type }) => type === 'alertmanager')) return true;
    return (await worded(this.queue.path, () => this.queue.names())).length > 0;
  }

  /** What changes when something is queued or given up. */
  get folders(): readonly string[] {
    return [this.queue.path, join(this.stateDir, 'dead')];
  }
}

const NOTHING: Delivery = { sent: 0, waiting: 0, dead: 0, problems: [] };
