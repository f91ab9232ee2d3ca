// An outbox on a real disk whose process can be killed between any two operations on files, and whose channels answer as
// a test wants them to.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Incident, Notice } from '../../src/alerts/alert.ts';
import type { Channel, Message, Outcome } from '../../src/alerts/channels/channel.ts';
import type { ChannelSettings } from '../../src/alerts/channels/settings.ts';
import { type Disk, realDisk } from '../../src/alerts/outbox/disk.ts';
import { Outbox } from '../../src/alerts/outbox/outbox.ts';
import type { Delivery } from '../../src/alerts/outbox/world.ts';
import { noticeText } from '../../src/reports/notice-text.ts';
import { MINUTE } from './alert-play.ts';
import { ALL } from './notices.ts';

class Killed extends Error {}

export const SENT: Outcome = { kind: 'sent' };
export const DOWN: Outcome = { kind: 'failed', detail: 'no route', retryAfterMs: null, isDown: true };
export const BUSY: Outcome = { kind: 'failed', detail: 'answered 500', retryAfterMs: null, isDown: false };
export const REFUSED: Outcome = { kind: 'refused', detail: 'answered 400' };

export interface Sent {
  readonly channel: string;
  readonly notice: Notice;
}

export function channelsNamed(...names: readonly string[]): readonly ChannelSettings[] {
  return names.map((name) => ({ ...ALL, name, type: 'command', run: ['/bin/true'] }));
}

export class OutboxPlay {
  readonly root = mkdtempSync(join(tmpdir(), 'oclog-outbox-'));
  readonly channels: readonly ChannelSettings[];
  /** What the other sides have, in the order in which they got it. */
  readonly arrived: Sent[] = [];
  now = Date.now();
  /** Operations on files so far, and the one that is the last; `null`: none is. */
  operations = 0;
  killAt: number | null = null;
  #answer: (channel: string) => Outcome | 'stall' = () => SENT;

  constructor(...names: readonly string[]) {
    this.channels = channelsNamed(...names);
  }

  /** How channels answer from now on. */
  answer(answer: (channel: string) => Outcome | 'stall'): void {
    this.#answer = answer;
  }

  /** A new process on the same disk. */
  open(channels = this.channels): Outbox {
    return new Outbox(this.root, channels, {
      host: 'vna',
      now: () => this.now,
      random: () => 0.5,
      timeout: () => AbortSignal.timeout(20),
      open: async ({ name }) => this.#channel(name),
      describe: async (notice) => noticeText(notice),
      disk: this.#disk(),
    });
  }

  async deliver(outbox = this.open(), open: readonly Incident[] = []): Promise<Delivery> {
    return outbox.deliver({ deadline: this.now + 8000, open, advice: {} });
  }

  /** Yields whether the process lived through it. */
  async survives(killAt: number | null, action: (outbox: Outbox) => Promise<unknown>): Promise<boolean> {
    this.operations = 0;
    this.killAt = killAt;
    try {
      await action(this.open());
      return true;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      // The lock of a dead process holds nobody: this one lives on only because it is the test's.
      rmSync(join(this.root, 'outbox', 'lock'), { force: true });
      return false;
    } finally {
      this.killAt = null;
    }
  }

  /** Rounds until nothing waits any more. */
  async settle(): Promise<void> {
    this.answer(() => SENT);
    for (let round = 0; round < 40 && this.files('outbox').length > 0; round += 1) {
      this.now += 6 * MINUTE;
      await this.deliver();
    }
  }

  files(folder: 'outbox' | 'dead'): readonly string[] {
    try {
      return readdirSync(join(this.root, folder)).filter((name) => name.endsWith('.json'));
    } catch {
      return [];
    }
  }

  strays(): readonly string[] {
    return readdirSync(join(this.root, 'outbox')).filter((name) => !/\.(?:json|corrupt)$/.test(name));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  #channel(channel: string): Channel {
    return {
      send: async ({ notice }: Message) => {
        if (this.#isDead()) throw new Killed();
        const outcome = this.#answer(channel);
        if (outcome === 'stall') return new Promise<Outcome>(() => undefined);
        if (outcome.kind === 'sent') this.arrived.push({ channel, notice });
        return outcome;
      },
      close: async () => undefined,
    };
  }

  #isDead(): boolean {
    return this.killAt !== null && this.operations >= this.killAt;
  }

  /** Of a file that was being written when the process was killed a part may be there. */
  #disk(): Disk {
    const step = async <T>(action: () => Promise<T>, half: () => void = () => undefined): Promise<T> => {
      if (this.#isDead()) throw new Killed();
      this.operations += 1;
      if (!this.#isDead()) return action();
      half();
      throw new Killed();
    };
    return {
      makeFolder: (path) => step(() => realDisk.makeFolder(path)),
      list: (folder) => step(() => realDisk.list(folder)),
      read: (path) => step(() => realDisk.read(path)),
      write: (path, text) =>
        step(
          () => realDisk.write(path, text),
          () => writeFileSync(path, text.slice(0, text.length / 2)),
        ),
      link: (from, to) => step(() => realDisk.link(from, to)),
      move: (from, to) => step(() => realDisk.move(from, to)),
      remove: (path) => step(() => realDisk.remove(path)),
      sync: (folder) => step(() => realDisk.sync(folder)),
      status: (path) => step(() => realDisk.status(path)),
    };
  }
}
