// Which notices a channel is for.
import { gravityOf } from '../../findings/finding.ts';
import { type Incident, isOpen, type Notice } from '../alert.ts';
import type { Routing } from '../channels/settings.ts';
import { DEAD_LETTER } from '../own-faults.ts';

/** What the channel is told of a notice; `null`: nothing. */
export function partFor(notice: Notice, routing: Routing): Notice | null {
  if (notice.reason === 'test') return notice;
  if (notice.reason === 'repeat' && !routing.sendRepeats) return null;
  const incidents = notice.incidents.filter((incident) => concerns(incident, routing));
  const [first] = incidents;
  if (first === undefined) return null;
  if (incidents.length === notice.incidents.length) return notice;
  return { ...notice, incidents, severity: first.severity, state: first.state };
}

export function concerns(incident: Incident, { minSeverity, sendResolved, codes, name }: Routing): boolean {
  // A channel shall not be told by itself that it does not work.
  if (incident.rule === DEAD_LETTER.id) return incident.example.path !== name;
  return (
    gravityOf(incident.severity) >= gravityOf(minSeverity) &&
    (codes === null || codes.includes(incident.code)) &&
    (sendResolved || isOpen(incident.state))
  );
}
