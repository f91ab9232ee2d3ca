// What one round of deliveries does to the queue, whatever the channel.
import type { ChannelSettings } from '../channels/settings.ts';
import { ChannelRun } from './channel-run.ts';
import { deadLetterNotice } from './dead-letter-notice.ts';
import {
  type Entry,
  fileOf,
  inOrder,
  isDisproved,
  newEntry,
  supersedes,
  type Ticket,
  ticketOf,
} from './entry.ts';
import { RETRY } from './retry.ts';
import { partFor } from './routing.ts';
import type { DeliverOptions, Place } from './world.ts';

/** More for one channel can only be a backlog that nobody wants any more: the oldest are given up. */
const MOST_WAITING = 500;

export class Round {
  readonly place: Place;
  readonly problems: string[] = [];
  readonly count = { sent: 0, dead: 0 };

  constructor(place: Place) {
    this.place = place;
  }

  /** In the order in which they were queued. */
  async load(): Promise<readonly Ticket[]> {
    const { queue, dead } = this.place;
    const tickets: Ticket[] = [];
    for (const name of await queue.names()) {
      const entry = await queue.read(name);
      if (entry === null) continue;
      if (entry === false) await this.#setAside(name);
      else {
        const letter = await dead.find(name);
        // A run was killed while it gave it up.
        if (letter !== null) await this.bury(ticketOf(letter), letter.lastError ?? '');
        else tickets.push(ticketOf(entry));
      }
    }
    return tickets.sort(inOrder);
  }

  async #setAside(name: string): Promise<void> {
    const path = await this.place.queue.setAside(name);
    this.problems.push(`a notice in the outbox is damaged and was set aside: ${path}`);
  }

  async channel(
    settings: ChannelSettings,
    tickets: readonly Ticket[],
    options: DeliverOptions,
  ): Promise<void> {
    const current: Ticket[] = [];
    for (const [index, ticket] of tickets.entries()) {
      const isObsolete = tickets.slice(index + 1).some((later) => supersedes(later, ticket));
      if (isObsolete || isDisproved(ticket, options.open)) await this.place.queue.remove(fileOf(ticket));
      else current.push(ticket);
    }
    const excess = current.slice(0, Math.max(0, current.length - MOST_WAITING));
    for (const ticket of excess) await this.bury(ticket, 'too many notices wait for this channel');
    await new ChannelRun(this, settings, options).deliver(current.slice(excess.length));
  }

  /** The file of another user, or of tomorrow, may know the channel: they wait as long as others do. */
  async orphans(tickets: readonly Ticket[]): Promise<void> {
    const { world, channels } = this.place;
    const now = world.now();
    const known = new Set(channels.map(({ name }) => name));
    for (const ticket of tickets)
      if (!known.has(ticket.channel) && now - ticket.queuedAt >= RETRY.age)
        await this.bury(ticket, 'no channel of this name is configured');
  }

  /** Gives a notice up, and has other channels told. */
  async bury(ticket: Ticket, error: string): Promise<void> {
    const { queue, dead, world, channels } = this.place;
    const name = fileOf(ticket);
    const entry = await queue.read(name);
    if (entry === null || entry === false) return;
    const now = world.now();
    const letter: Entry = { ...entry, tries: ticket.tries, lastError: error, diedAt: now };
    await dead.add(letter);
    if (!ticket.isDeadLetter) {
      const notice = deadLetterNotice(letter, world.host, await dead.count(), now);
      const told = channels
        .filter((channel) => partFor(notice, channel) !== null)
        .map((channel) => newEntry(notice, channel.name, now, 0));
      await queue.add(told);
    }
    // Last: a run that is killed before does it all again.
    await queue.remove(name);
    this.count.dead += 1;
    this.problems.push(`channel ${ticket.channel}: a notice was given up: ${error}`);
  }
}
