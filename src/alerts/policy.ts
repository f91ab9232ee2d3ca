// When a fault counts as one, is over, and is told again. Spans are in milliseconds.
import type { Severity } from '../findings/finding.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Faults that are not worth a notice of their own while the one that inhibits them is open. */
export interface Inhibition {
  /** Id of the rule whose faults are muted; only in this variant. */
  readonly rule: string;
  readonly variant: string | null;
  /** Only while the inhibiting fault is in this variant. */
  readonly when: string | null;
}

/** What one rule wants; `null` and absent: as for all. */
export interface RulePolicy {
  readonly quietAfter: number | null;
  readonly repeat: number | null;
  /** So many sightings within so long make a fault. */
  readonly fire: { readonly count: number; readonly within: number } | null;
  readonly inhibits: readonly Inhibition[];
}

export interface AlertPolicy {
  /** `null`: 30 minutes, or three times the mean gap between sightings where that is longer. */
  readonly quietAfter: number | null;
  /** `null`: a critical fault 1, 4 and 24 hours after its first notice and then daily, others daily. */
  readonly repeat: number | null;
  /** How long the first notice of a group waits for more of it. A run is a batch already: none. */
  readonly groupWait: number;
  /** Between two notices of a group: more of a fault that was told waits so long, other news does not. */
  readonly minInterval: number;
  readonly noticesPerHour: number;
  /** Faults below it are never told of. */
  readonly notifyFrom: Severity;
  /** By rule id. */
  readonly rules: ReadonlyMap<string, RulePolicy>;
}

export const DEFAULT_POLICY: AlertPolicy = {
  quietAfter: null,
  repeat: null,
  groupWait: 0,
  minInterval: 5 * MINUTE,
  noticesPerHour: 20,
  notifyFrom: 'warning',
  rules: new Map(),
};

export const FLAPPING = { times: 3, within: 6 * HOUR, factor: 4 } as const;
/** How long faults that are over are remembered. */
export const KEEP_CLOSED = DAY;

const QUIET_AFTER = 30 * MINUTE;
const MEAN_GAPS = 3;
const CRITICAL_REPEATS = [HOUR, 4 * HOUR];

interface Seen {
  readonly rule: string;
  readonly since: number;
  readonly lastSeen: number;
  readonly runs: number;
}

/** How long a fault must not be seen to be quiet; `factor` times as long where it is flapping. */
export function quietSpan(policy: AlertPolicy, { rule, since, lastSeen, runs }: Seen, factor = 1): number {
  const wanted = policy.rules.get(rule)?.quietAfter ?? policy.quietAfter;
  if (wanted !== null) return wanted * factor;
  const meanGap = runs > 1 ? (lastSeen - since) / (runs - 1) : 0;
  return Math.min(DAY, Math.max(QUIET_AFTER, MEAN_GAPS * meanGap) * factor);
}

/** When the next notice of an open fault is due. A run that starts a little early, as cron's do, is in time. */
export function repeatDue(
  policy: AlertPolicy,
  incident: {
    readonly rule: string;
    readonly severity: Severity;
    readonly firstNotifiedAt: number;
    readonly notifiedAt: number;
  },
): number {
  const { firstNotifiedAt, notifiedAt } = incident;
  const every = policy.rules.get(incident.rule)?.repeat ?? policy.repeat;
  const told = notifiedAt - firstNotifiedAt;
  if (every === null && incident.severity === 'critical') {
    const next = CRITICAL_REPEATS.find((span) => span - slackOf(span) > told);
    if (next !== undefined) return firstNotifiedAt + next - slackOf(next);
  }
  const span = every ?? DAY;
  // From the first notice on, so that a late run does not shift all that follow.
  const times = Math.floor((told + slackOf(span)) / span) + 1;
  return firstNotifiedAt + times * span - slackOf(span);
}

/** Cron starts a run within seconds of its minute, now before and now after. */
export function slackOf(span: number): number {
  return Math.min(15_000, span / 20);
}
