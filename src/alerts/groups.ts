// Incidents by host, plugin and account, and when each group last spoke: one notice tells of all its regions.
import { gravityOf } from '../findings/finding.ts';
import { type Incident, isOpen } from './alert.ts';
import type { GroupTimes } from './book.ts';
import { groupIdOf } from './ids.ts';
import { type AlertPolicy, slackOf } from './policy.ts';

export class Groups {
  readonly members: ReadonlyMap<string, readonly Incident[]>;
  readonly #now: number;
  readonly #times: Map<string, GroupTimes>;

  constructor(incidents: readonly Incident[], known: readonly GroupTimes[], now: number) {
    const members = new Map<string, Incident[]>();
    for (const incident of incidents) {
      const id = groupIdOf(incident);
      const others = members.get(id);
      if (others === undefined) members.set(id, [incident]);
      else others.push(incident);
    }
    this.members = members;
    this.#now = now;
    // A time to come is a clock that was set back.
    this.#times = new Map(known.map((one) => [one.id, { ...one, notifiedAt: past(one.notifiedAt, now) }]));
  }

  /** Whether a notice of the group may be made; where not, it waits from now on: more regions of a fault come together. */
  isReady(id: string, due: readonly Incident[], { groupWait, minInterval }: AlertPolicy): boolean {
    if (due.length === 0) return false;
    const known = this.#times.get(id) ?? { id, waitingSince: null, notifiedAt: null, gravity: 0 };
    const waitingSince = past(known.waitingSince, this.#now) ?? this.#now;
    this.#times.set(id, { ...known, waitingSince });
    if (known.notifiedAt === null) return this.#now - waitingSince >= groupWait;
    const isDue = this.#now - known.notifiedAt >= minInterval - slackOf(minInterval);
    return isDue || due.some((one) => this.#isUrgent(one, id, known.gravity));
  }

  /** What is worse or of another kind than what was told, and the end of what was told, wait for nothing. */
  #isUrgent({ state, severity, code, owed }: Incident, id: string, gravity: number): boolean {
    if (!isOpen(state) || gravityOf(severity) > gravity) return true;
    const told = (this.members.get(id) ?? []).filter((one) => isOpen(one.state) && one.notices > 0);
    return owed === 'new' && told.every((one) => one.code !== code);
  }

  noteTold(ids: readonly string[]): void {
    for (const id of ids) {
      const open = (this.members.get(id) ?? []).filter(({ state }) => isOpen(state));
      const gravity = Math.max(0, ...open.map(({ severity }) => gravityOf(severity)));
      this.#times.set(id, { id, waitingSince: null, notifiedAt: this.#now, gravity });
    }
  }

  /** Of the groups that still have members. */
  times(): readonly GroupTimes[] {
    return [...this.#times.values()].filter(({ id }) => this.members.has(id));
  }
}

function past(time: number | null, now: number): number | null {
  return time === null || time > now ? null : time;
}
