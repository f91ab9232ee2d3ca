// What programs get of a notice: the data under names that stay, and the words that people would get.
import { incidentRecord } from '../record.ts';
import type { Message } from './channel.ts';
import { plainText } from './plain.ts';

export function payloadOf({ notice, text }: Message): string {
  const { incidents, at, schemaVersion, ...rest } = notice;
  return JSON.stringify({
    schemaVersion,
    type: 'notice',
    ...rest,
    at: new Date(at).toISOString(),
    incidents: incidents.map((incident) => incidentRecord(incident, undefined)),
    headline: text.headline,
    text: plainText(text),
  });
}
