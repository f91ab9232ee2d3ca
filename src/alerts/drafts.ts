// From incidents that are due to the notice that tells of them.
import type { Advice } from '../findings/finding.ts';
import {
  ALERT_STATES,
  adviceKey,
  compareGravity,
  type Incident,
  isOpen,
  type Notice,
  type NoticeReason,
} from './alert.ts';
import type { Book } from './book.ts';
import { digest, groupIdOf, noticeIdOf } from './ids.ts';

const MAX_LISTED = 20;

/** A notice that may be sent, or held back. */
export interface Draft {
  readonly reason: NoticeReason;
  /** Ids of the groups it is about: several make a digest. */
  readonly groups: readonly string[];
  /** At least one, the gravest first. */
  readonly incidents: readonly Incident[];
}

/** Of the incidents of one group: what is open and what is over are told apart. */
export function draftsOf(group: string, due: readonly Incident[]): readonly Draft[] {
  const open = due.filter(({ state }) => isOpen(state));
  const over = due.filter(({ state }) => !isOpen(state));
  const drafts: Draft[] = [];
  if (open.length > 0) drafts.push({ reason: reasonOf(open), groups: [group], incidents: open });
  if (over.length > 0) drafts.push({ reason: 'closed', groups: [group], incidents: over });
  return drafts;
}

export function digestOf(drafts: readonly Draft[]): Draft {
  return {
    reason: 'digest',
    groups: [...new Set(drafts.flatMap(({ groups }) => groups))],
    incidents: drafts.flatMap(({ incidents }) => incidents).sort(compareGravity),
  };
}

/** The whole book, as a notice sees it. */
interface View {
  readonly incidents: readonly Incident[];
  readonly isInhibited: (incident: Incident) => boolean;
  readonly advice: Book['advice'];
  readonly now: number;
}

export function noticeOf(draft: Draft, { incidents: all, isInhibited, advice, now }: View): Notice {
  const { reason, groups, incidents } = draft;
  const [first] = incidents;
  if (first === undefined) throw new Error('a notice about nothing');
  const listed = incidents.slice(0, MAX_LISTED);
  const group = reason === 'digest' ? digest(['digest', first.host], 12) : (groups[0] ?? groupIdOf(first));
  const open = all.filter((one) => isOpen(one.state) && groups.includes(groupIdOf(one)));
  const isOne = reason !== 'digest';
  return {
    schemaVersion: 1,
    id: noticeIdOf(group, reason, incidents),
    group,
    reason,
    state: ALERT_STATES.find((state) => incidents.some((one) => one.state === state)) ?? first.state,
    severity: first.severity,
    host: first.host,
    plugin: isOne ? first.plugin : null,
    account: isOne ? first.account : null,
    incidents: listed,
    omitted: incidents.length - listed.length,
    open: open.length,
    heldBack: incidents.reduce((sum, one) => sum + one.heldBack, 0),
    muted: all.filter((one) => isOpen(one.state) && one.host === first.host && isInhibited(one)).length,
    advice: adviceFor(listed, advice),
    at: now,
  };
}

function reasonOf(open: readonly Incident[]): NoticeReason {
  if (open.some(({ owed }) => owed === 'new')) return 'new';
  return open.some(({ owed }) => owed !== null) ? 'changed' : 'repeat';
}

function adviceFor(incidents: readonly Incident[], known: Book['advice']): Readonly<Record<string, Advice>> {
  const texts = new Map<string, Advice>();
  for (const incident of incidents) {
    const text = incident.advice === null ? undefined : known[incident.advice];
    const key = adviceKey(incident);
    if (text !== undefined && !texts.has(key)) texts.set(key, text);
  }
  return Object.fromEntries(texts);
}
