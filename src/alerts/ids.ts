// Names of alerts and notices. Made of what the log and the state say, never of the time: a run that is repeated after it
// was killed gives the same ones.
import { createHash } from 'node:crypto';
import type { Incident, NoticeReason } from './alert.ts';

type Part = string | number | null | readonly Part[];

/** 16 hex digits: this fault in this state. */
export function alertIdOf({ fingerprint, openedBy, state, sequence }: Incident): string {
  return digest([fingerprint, openedBy, state, sequence], 16);
}

/** 16 hex digits: this notice of these incidents, of which `notices` went before. */
export function noticeIdOf(group: string, reason: NoticeReason, incidents: readonly Incident[]): string {
  return digest(
    [group, reason, incidents.map((incident) => [alertIdOf(incident), incident.notices]).sort()],
    16,
  );
}

/** 12 hex digits: host, plugin and account. */
export function groupIdOf({ host, plugin, account }: Pick<Incident, 'host' | 'plugin' | 'account'>): string {
  return digest([host, plugin, account], 12);
}

/** The first hex digits of SHA-256 over the parts as JSON. */
export function digest(parts: Part, digits: number): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, digits);
}
