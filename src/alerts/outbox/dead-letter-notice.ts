// The notice that tells other channels of one that does not work.
import { adviceKey, type Incident, type Notice } from '../alert.ts';
import { digest } from '../ids.ts';
import { DEAD_LETTER } from '../own-faults.ts';
import type { Entry } from './entry.ts';

const MAX_DETAIL = 300;

/** `dead` is the entry that was given up, `count` how many there are of its channel. */
export function deadLetterNotice(dead: Entry, host: string, count: number, now: number): Notice {
  const group = digest([DEAD_LETTER.id, host, dead.channel], 12);
  const at = dead.diedAt ?? now;
  const incident: Incident = {
    fingerprint: group,
    code: DEAD_LETTER.code,
    rule: DEAD_LETTER.id,
    severity: DEAD_LETTER.severity,
    title: `${DEAD_LETTER.title} by the channel ${dead.channel}`,
    host,
    ...{ plugin: null, account: null, region: null, service: null, errorCode: null, variant: null },
    ...{ confidence: 'certain', accessKey: null, state: 'firing', sequence: 1 },
    openedBy: dead.notice.id,
    ...{ since: at, changedAt: at, lastSeen: at, firstTime: null, lastTime: null },
    ...{ count, fresh: count, runs: 1 },
    example: { path: dead.channel, line: 0, message: (dead.lastError ?? '').slice(0, MAX_DETAIL) },
    ...{ advice: null, firstNotifiedAt: at, notifiedAt: at, notices: 1, heldBack: 0, owed: null },
    ...{ known: [], reported: null, quietTimes: [], acknowledged: null, resolvedBy: null },
  };
  return {
    schemaVersion: 1,
    id: digest([DEAD_LETTER.id, dead.channel, dead.notice.id], 16),
    group,
    reason: 'dead-letter',
    state: 'firing',
    severity: 'warning',
    host,
    plugin: null,
    account: null,
    incidents: [incident],
    ...{ omitted: 0, open: 1, heldBack: 0, muted: 0 },
    advice: { [adviceKey(incident)]: DEAD_LETTER.advice },
    at,
  };
}
