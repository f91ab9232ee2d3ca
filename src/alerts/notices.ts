// Who is to be told what at the end of a run: one notice a group, no more than so many an hour, the rest held back and
// told of later in one digest. Nothing that is owed is forgotten.
import { gravityOf } from '../findings/finding.ts';
import { compareGravity, type Incident, isOpen, type Notice } from './alert.ts';
import type { Book } from './book.ts';
import { type Draft, draftsOf, noticeOf } from './drafts.ts';
import { Groups } from './groups.ts';
import { inhibitor } from './inhibition.ts';
import { withinLimit } from './limit.ts';
import { type AlertPolicy, repeatDue } from './policy.ts';
import { silenceOf } from './silences.ts';

const HOUR = 3_600_000;

export interface Told extends Pick<Book, 'groups' | 'sent'> {
  /** The gravest first, in a fixed order. */
  readonly incidents: readonly Incident[];
  readonly notices: readonly Notice[];
  /** Whether there is something to tell, be it told now or when its turn comes. */
  readonly isNews: boolean;
}

type Test = (incident: Incident) => boolean;

export function makeNotices(book: Book, policy: AlertPolicy, now: number): Told {
  const isInhibited = inhibitor(book.incidents, policy, now);
  const isMuted: Test = (one) => isInhibited(one) || silenceOf(one, book.silences, now) !== null;
  const incidents = book.incidents.map((one) => waive(one, policy, isMuted)).sort(compareGravity);
  const groups = new Groups(incidents, book.groups, now);
  const ready: Draft[] = [];
  const held: Incident[] = [];
  for (const [id, members] of groups.members) {
    const due = dueOf(members, policy, now, isMuted);
    if (groups.isReady(id, due, policy)) ready.push(...draftsOf(id, due));
    else held.push(...due);
  }
  const sent = book.sent.filter((at) => at <= now && now - at < HOUR);
  const plan = withinLimit(ready, policy.noticesPerHour, sent.length);
  held.push(...plan.held.flatMap((draft) => draft.incidents));
  groups.noteTold(plan.drafts.flatMap((draft) => draft.groups));
  const view = { incidents, isInhibited, advice: book.advice, now };
  const notices = plan.drafts.map((draft) => noticeOf(draft, view));
  return {
    incidents: afterwards(
      incidents,
      plan.drafts.flatMap((draft) => draft.incidents),
      held,
      now,
    ),
    groups: groups.times(),
    sent: [...sent, ...notices.map(() => now)],
    notices,
    isNews: notices.length > 0 || held.some((one) => isFresh(one, now)),
  };
}

/** Began or ended in this run. */
function isFresh({ owed, state, since, changedAt }: Incident, now: number): boolean {
  return owed !== null && (isOpen(state) ? since : changedAt) === now;
}

/** Some news is for nobody: of faults below the bound, known to someone already, or muted from beginning to end. */
function waive(incident: Incident, policy: AlertPolicy, isMuted: Test): Incident {
  const { owed, severity, acknowledged, notices } = incident;
  if (owed === null) return incident;
  const isWaived =
    gravityOf(severity) < gravityOf(policy.notifyFrom) ||
    (owed === 'new' && acknowledged !== null) ||
    (owed === 'closed' && notices === 0 && isMuted(incident));
  return isWaived ? { ...incident, owed: null } : incident;
}

function dueOf(
  members: readonly Incident[],
  policy: AlertPolicy,
  now: number,
  isMuted: Test,
): readonly Incident[] {
  const speaking = members.filter((one) => isOpen(one.state) && !isMuted(one));
  const news = speaking.filter(({ owed }) => owed !== null);
  const repeatable = speaking.filter(
    ({ owed, acknowledged, notices }) => owed === null && acknowledged === null && notices > 0,
  );
  // A repeat shows the whole of it.
  const repeats = repeatable.some((one) => isRepeatDue(one, policy, now)) ? repeatable : [];
  // Who heard of the beginning hears of the end, silenced or not.
  const over = members.filter(({ owed }) => owed === 'closed');
  return [...news, ...repeats, ...over];
}

function isRepeatDue(incident: Incident, policy: AlertPolicy, now: number): boolean {
  const { firstNotifiedAt, notifiedAt } = incident;
  if (firstNotifiedAt === null || notifiedAt === null) return false;
  return repeatDue(policy, { ...incident, firstNotifiedAt, notifiedAt }) <= now;
}

function afterwards(
  incidents: readonly Incident[],
  told: readonly Incident[],
  held: readonly Incident[],
  now: number,
): readonly Incident[] {
  const toldSet = new Set(told);
  const heldSet = new Set(held);
  return incidents.map((incident) => {
    if (heldSet.has(incident)) return { ...incident, heldBack: incident.heldBack + 1 };
    if (!toldSet.has(incident)) return incident;
    return {
      ...incident,
      owed: null,
      firstNotifiedAt: incident.firstNotifiedAt ?? now,
      notifiedAt: now,
      notices: incident.notices + 1,
      heldBack: 0,
    };
  });
}
