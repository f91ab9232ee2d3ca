// How one fault goes from state to state. Pure: an incident in, an incident out.
import type { AlertState, Incident, Sighting } from './alert.ts';
import { isOpen } from './alert.ts';
import { type AlertPolicy, FLAPPING, quietSpan } from './policy.ts';

const MAX_KNOWN = 8;
/** In `Incident.known`, beside the pairs of variant and key: that was told. */
const STALE_TOLD = 'stale';

/** The run's clock: when it is, and when the log was last found to have grown. */
export interface Clock {
  readonly now: number;
  readonly grewAt: number | null;
}

/** A fault seen for the first time, or again after it was over. `advice` is its key in the book. */
export function open(
  sighting: Sighting,
  before: Incident | undefined,
  advice: string | null,
  now: number,
): Incident {
  const { id, time, path, line, message, advice: _, ...facts } = sighting;
  const quietTimes = before === undefined ? [] : lately(before, now);
  return {
    ...facts,
    state: quietTimes.length >= FLAPPING.times ? 'flapping' : 'firing',
    sequence: (before?.sequence ?? 0) + 1,
    openedBy: id,
    since: now,
    changedAt: now,
    lastSeen: now,
    firstTime: time,
    lastTime: time,
    count: 1,
    fresh: 1,
    runs: 1,
    example: { path, line, message },
    advice,
    firstNotifiedAt: null,
    notifiedAt: null,
    notices: 0,
    heldBack: 0,
    owed: 'new',
    known: [wayOf(sighting)],
    quietTimes,
    acknowledged: null,
    resolvedBy: null,
    reported: before?.reported ?? null,
  };
}

/** An open fault seen once more. Its account stays that of its first sighting, and with it the group it is told in. */
export function seeAgain(
  incident: Incident,
  sighting: Sighting,
  advice: string | null,
  now: number,
): Incident {
  const { known } = incident;
  const way = wayOf(sighting);
  const isNews = !known.includes(way) && known.length < MAX_KNOWN;
  const { time, path, line, message } = sighting;
  return {
    ...incident,
    severity: sighting.severity,
    title: sighting.title,
    errorCode: sighting.errorCode,
    variant: sighting.variant,
    confidence: sighting.confidence,
    accessKey: sighting.accessKey,
    lastSeen: now,
    firstTime: incident.firstTime ?? time,
    lastTime: time ?? incident.lastTime,
    count: incident.count + 1,
    fresh: incident.fresh + 1,
    runs: incident.fresh === 0 ? incident.runs + 1 : incident.runs,
    example: { path, line, message },
    advice,
    known: isNews ? [...known, way] : known,
    owed: isNews ? (incident.owed ?? 'changed') : incident.owed,
  };
}

/** The end that is proved, by the log or by someone's word. */
export function resolve(incident: Incident, by: string, now: number): Incident {
  return isOpen(incident.state) ? { ...close(incident, 'resolved', now), resolvedBy: by } : incident;
}

/** As a run finds it: what was new in the last one no longer is. A clock that was set back leaves no time to come. */
export function carryOver(incident: Incident, now: number): Incident {
  const past = (time: number): number => Math.min(time, now);
  const pastOrNever = (time: number | null): number | null => (time === null ? null : past(time));
  const carried: Incident = {
    ...incident,
    fresh: 0,
    since: past(incident.since),
    changedAt: past(incident.changedAt),
    lastSeen: past(incident.lastSeen),
    firstNotifiedAt: pastOrNever(incident.firstNotifiedAt),
    notifiedAt: pastOrNever(incident.notifiedAt),
  };
  return carried.state === 'firing' ? enter(carried, 'ongoing', now) : carried;
}

/** What time has done to a fault by the end of a run. */
export function age(incident: Incident, { now, grewAt }: Clock, policy: AlertPolicy): Incident {
  const { state, lastSeen, fresh } = incident;
  if (!isOpen(state)) return incident;
  if (fresh > 0) return state === 'stale' ? enter(incident, 'ongoing', now) : incident;
  const isFlapping = state === 'flapping';
  const span = quietSpan(policy, incident, isFlapping ? FLAPPING.factor : 1);
  const grown = Math.max(grewAt ?? lastSeen, lastSeen);
  if (grown - lastSeen >= span) return cease(incident, now);
  if (isFlapping) return incident;
  if (now - grown >= span) return goStale(incident, now);
  return state === 'stale' ? enter(incident, 'ongoing', now) : incident;
}

function cease(incident: Incident, now: number): Incident {
  const times = lately(incident, now);
  // A fault that comes and goes is one fault, and not over between.
  if (incident.state !== 'flapping' && times.length + 1 >= FLAPPING.times) {
    const owed = incident.owed ?? 'changed';
    return { ...enter(incident, 'flapping', now), owed, quietTimes: [...times, now] };
  }
  return close(incident, 'quiet', now);
}

function close(incident: Incident, state: 'quiet' | 'resolved', now: number): Incident {
  // Nobody who was never told needs to hear that it is over; what was due to be told is told with its end.
  const isOwed = incident.notices > 0 || incident.owed === 'new';
  return {
    ...enter(incident, state, now),
    owed: isOwed ? 'closed' : null,
    quietTimes: [...lately(incident, now), now].slice(-FLAPPING.times),
  };
}

function goStale(incident: Incident, now: number): Incident {
  if (incident.state === 'stale') return incident;
  const stale = enter(incident, 'stale', now);
  if (stale.known.includes(STALE_TOLD)) return stale;
  return { ...stale, known: [...stale.known, STALE_TOLD], owed: stale.owed ?? 'changed' };
}

function enter(incident: Incident, state: AlertState, now: number): Incident {
  if (incident.state === state) return incident;
  return { ...incident, state, sequence: incident.sequence + 1, changedAt: now };
}

function lately({ quietTimes }: Incident, now: number): readonly number[] {
  return quietTimes.filter((time) => now - time <= FLAPPING.within);
}

function wayOf({ variant, accessKey }: Sighting): string {
  return `${variant ?? ''}|${accessKey ?? ''}`;
}
