// One round of deliveries under the outbox's lock: the channels side by side.
import type { Ticket } from './entry.ts';
import { Round } from './round.ts';
import type { DeliverOptions, Delivery, Place } from './world.ts';

export async function deliverAll(place: Place, options: DeliverOptions): Promise<Delivery> {
  const { queue, dead, world } = place;
  await queue.tidy(world.now());
  await dead.prune(world.now());
  const round = new Round(place);
  const tickets = await round.load();
  await round.orphans(tickets);
  await eachChannel(round, tickets, options);
  // Who is to hear of a channel that does not work shall not wait for the next run.
  if (round.count.dead > 0)
    await eachChannel(round, (await round.load()).filter(isFresh), { ...options, open: [] });
  await queue.sync();
  return { ...round.count, waiting: (await queue.names()).length, problems: round.problems };
}

function isFresh({ isDeadLetter, tries }: Ticket): boolean {
  return isDeadLetter && tries === 0;
}

async function eachChannel(round: Round, tickets: readonly Ticket[], options: DeliverOptions): Promise<void> {
  const results = await Promise.allSettled(
    round.place.channels.map((settings) =>
      round.channel(
        settings,
        tickets.filter(({ channel }) => channel === settings.name),
        options,
      ),
    ),
  );
  // Thrown when all are done: nothing may go on behind the lock.
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
