// PagerDuty's Events API v2: one incident there for each group of faults here, resolved when all of it is over.
import { type Incident, isOpen } from '../alert.ts';
import { groupIdOf } from '../ids.ts';
import type { Channel, Message, Outcome } from './channel.ts';
import { SENT } from './channel.ts';
import { Http } from './http.ts';
import { plainText } from './plain.ts';
import type { PagerDutySettings } from './settings.ts';

const MOST_SUMMARY = 1024;
const MOST_DETAILS = 60_000;

interface Event {
  readonly event_action: 'trigger' | 'resolve';
  readonly dedup_key: string;
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

export function openPagerDuty({ url, routingKey }: PagerDutySettings): Channel {
  const http = new Http();
  return {
    async send(message, signal) {
      for (const event of eventsOf(message)) {
        const body = JSON.stringify({ routing_key: routingKey.reveal(), ...event });
        const outcome: Outcome = await http.post(url, { body, signal });
        // What went before has a key by which it is known when it comes again.
        if (outcome.kind !== 'sent') return outcome;
      }
      return SENT;
    },
    close: () => http.close(),
  };
}

export function eventsOf(message: Message): readonly Event[] {
  const { notice } = message;
  if (notice.reason === 'test') return testEvents(message);
  if (notice.reason !== 'digest') return [eventOf(message, notice.group, notice.open > 0, notice.incidents)];
  // A digest tells of many groups, each of which is known there by its own name.
  const groups = new Map<string, Incident[]>();
  for (const incident of notice.incidents) {
    const id = groupIdOf(incident);
    groups.set(id, [...(groups.get(id) ?? []), incident]);
  }
  return [...groups].map(([group, own]) =>
    eventOf(
      message,
      group,
      own.some(({ state }) => isOpen(state)),
      own,
    ),
  );
}

/** Nobody is to be woken by a test: it is over at once. */
function testEvents(message: Message): readonly Event[] {
  const { group, incidents } = message.notice;
  return [eventOf(message, group, true, incidents), eventOf(message, group, false, incidents)];
}

function eventOf(
  { notice, text }: Message,
  group: string,
  isTrigger: boolean,
  incidents: readonly Incident[],
): Event {
  const key = { dedup_key: `oclog-${group}` };
  if (!isTrigger) return { event_action: 'resolve', ...key };
  const [first] = incidents;
  const links = text.fixes.flatMap((fix) => fix.links).slice(0, 5);
  return {
    event_action: 'trigger',
    ...key,
    client: 'oclog',
    links: links.map(({ title, url }) => ({ text: title, href: url })),
    payload: {
      summary: text.headline.slice(0, MOST_SUMMARY),
      source: notice.host,
      severity: first?.severity ?? notice.severity,
      timestamp: new Date(notice.at).toISOString(),
      ...(notice.plugin === null ? {} : { component: notice.plugin }),
      ...(first === undefined ? {} : { class: first.code, group: first.rule }),
      custom_details: {
        id: notice.id,
        reason: notice.reason,
        faults: incidents.map(({ fingerprint, state, code, region, count }) => ({
          ...{ fingerprint, state, code, region, count },
        })),
        text: plainText(text).slice(0, MOST_DETAILS),
      },
    },
  };
}
