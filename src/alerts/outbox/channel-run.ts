// One channel in one round: its notices in order, one try each. A notice that has to wait holds up those of its group; a
// channel that is down holds up all of its own, and none of another.

import { isOpen } from '../alert.ts';
import type { AdviceOf, Channel, Message, Outcome } from '../channels/channel.ts';
import type { ChannelSettings } from '../channels/settings.ts';
import { attempt, guarded, TRY_MS } from './attempt.ts';
import { type Entry, fileOf, type Ticket } from './entry.ts';
import { backOff, isDue, isGivenUp, RETRY } from './retry.ts';
import { concerns } from './routing.ts';
import type { DeliverOptions, Place } from './world.ts';

/** In less time nothing can be delivered. */
const LEAST_MS = 250;

/** The round it is part of. */
interface Around {
  readonly place: Place;
  readonly problems: string[];
  readonly count: { sent: number };
  bury(ticket: Ticket, error: string): Promise<void>;
}

export class ChannelRun {
  readonly #round: Around;
  readonly #settings: ChannelSettings;
  readonly #options: DeliverOptions;
  #channel: Promise<Channel> | null = null;

  constructor(round: Around, settings: ChannelSettings, options: DeliverOptions) {
    this.#round = round;
    this.#settings = settings;
    this.#options = options;
  }

  async deliver(tickets: readonly Ticket[]): Promise<void> {
    try {
      if (await this.#queue(tickets)) await this.#refresh();
    } finally {
      await this.#channel?.then(
        (channel) => channel.close(),
        () => undefined,
      );
    }
  }

  /** Yields whether the channel is up, and time left. */
  async #queue(tickets: readonly Ticket[]): Promise<boolean> {
    const { world } = this.#round.place;
    const held = new Set<string>();
    for (const [index, ticket] of tickets.entries()) {
      if (this.#left() < LEAST_MS) return false;
      if (!isDue(ticket, world.now())) held.add(ticket.group);
      if (held.has(ticket.group)) continue;
      const outcome = await this.#deliverOne(ticket);
      if (outcome.kind !== 'failed') continue;
      held.add(ticket.group);
      if (!outcome.isDown) continue;
      await this.#postpone(tickets.slice(index + 1), outcome);
      return false;
    }
    return true;
  }

  async #deliverOne(ticket: Ticket): Promise<Outcome> {
    const { queue, world } = this.#round.place;
    const entry = await queue.read(fileOf(ticket));
    if (entry === null || entry === false) return { kind: 'sent' };
    const { notice } = entry;
    const outcome = await this.#try(async (channel, signal) => {
      const message: Message = guarded({ notice, text: await world.describe(notice) });
      return channel.send(message, signal);
    });
    if (outcome.kind === 'sent') {
      await queue.remove(fileOf(ticket));
      this.#round.count.sent += 1;
      if (outcome.detail !== undefined) this.#say(outcome.detail);
    } else await this.#fail(entry, ticket, outcome);
    return outcome;
  }

  async #fail(
    entry: Entry,
    ticket: Ticket,
    outcome: Exclude<Outcome, { readonly kind: 'sent' }>,
  ): Promise<void> {
    const { world, queue } = this.#round.place;
    const tries = ticket.tries + 1;
    const now = world.now();
    if (outcome.kind === 'refused' || isGivenUp({ tries, queuedAt: ticket.queuedAt }, now)) {
      await this.#round.bury({ ...ticket, tries }, outcome.detail);
      return;
    }
    const nextTry = now + backOff(tries, outcome.retryAfterMs, world.random());
    await queue.replace({ ...entry, tries, nextTry, lastError: outcome.detail });
    this.#say(outcome.detail);
  }

  /** What stands behind a notice that showed the channel down. */
  async #postpone(
    tickets: readonly Ticket[],
    { detail, retryAfterMs }: Outcome & { readonly kind: 'failed' },
  ): Promise<void> {
    const { world, queue } = this.#round.place;
    const now = world.now();
    for (const ticket of tickets) {
      if (now - ticket.queuedAt >= RETRY.age) await this.#round.bury(ticket, detail);
      else if (retryAfterMs !== null) {
        const entry = await queue.read(fileOf(ticket));
        const earliest = isDue(ticket, now) ? now : ticket.nextTry;
        const nextTry = Math.max(earliest, now + Math.min(retryAfterMs, RETRY.retryAfter));
        if (entry !== null && entry !== false) await queue.replace({ ...entry, nextTry });
      }
    }
  }

  async #refresh(): Promise<void> {
    const open = this.#options.open.filter(
      (incident) =>
        isOpen(incident.state) && incident.firstNotifiedAt !== null && concerns(incident, this.#settings),
    );
    if (open.length === 0 || this.#settings.type !== 'alertmanager' || this.#left() < LEAST_MS) return;
    const adviceOf: AdviceOf = ({ advice }) => (advice === null ? undefined : this.#options.advice[advice]);
    const outcome = await this.#try(async (channel, signal) => {
      return channel.refresh === undefined
        ? { kind: 'sent' }
        : channel.refresh(guarded(open), adviceOf, signal);
    });
    // Nothing is lost: the next round says it again.
    if (outcome.kind !== 'sent') this.#say(outcome.detail);
  }

  #try(action: (channel: Channel, signal: AbortSignal) => Promise<Outcome>): Promise<Outcome> {
    const { world } = this.#round.place;
    const open = (): Promise<Channel> => {
      this.#channel ??= world.open(this.#settings);
      return this.#channel;
    };
    return attempt(this.#settings, open, action, world.timeout(Math.min(TRY_MS, this.#left())));
  }

  #left(): number {
    return this.#options.deadline - this.#round.place.world.now();
  }

  #say(detail: string): void {
    this.#round.problems.push(`channel ${this.#settings.name}: ${detail}`);
  }
}
