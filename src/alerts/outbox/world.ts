// What the outbox needs of the world, and what its parts share.
import type { Advice } from '../../findings/finding.ts';
import type { Incident, Notice } from '../alert.ts';
import type { Channel, NoticeText } from '../channels/channel.ts';
import type { ChannelSettings } from '../channels/settings.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { Disk } from './disk.ts';
import type { Folder } from './folder.ts';

export interface OutboxWorld {
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 up to, but without, 1. */
  random(): number;
  /** Aborted after so many milliseconds. */
  timeout(ms: number): AbortSignal;
  open(settings: ChannelSettings): Promise<Channel>;
  describe(notice: Notice): Promise<NoticeText>;
  /** The host that tells of channels that do not work. */
  readonly host: string;
  readonly disk?: Disk;
}

export interface DeliverOptions {
  /** No try lasts longer (ms since 1970). */
  readonly deadline: number;
  /** The faults that are open now: some channels must hear of them again and again. */
  readonly open: readonly Incident[];
  /** By `Incident.advice`. */
  readonly advice: Readonly<Record<string, Advice>>;
}

/** What a round did. */
export interface Delivery {
  readonly sent: number;
  /** Left for the next round. */
  readonly waiting: number;
  /** Given up in this round. */
  readonly dead: number;
  /** Each in one line, for people. */
  readonly problems: readonly string[];
}

/** Where notices lie, and who is to have them. */
export interface Place {
  readonly queue: Folder;
  readonly dead: DeadLetters;
  readonly channels: readonly ChannelSettings[];
  readonly world: OutboxWorld;
}
