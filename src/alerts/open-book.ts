// The book during a run: takes what the log shows in the order of its records, and settles it at the end. Nothing is
// written; a run that fails leaves the book of the state file as it was.
import type { Advice } from '../findings/finding.ts';
import { type Change, type Incident, isOpen, type Notice, type Sighting } from './alert.ts';
import {
  type Book,
  MAX_ADVICE,
  MAX_ADVICE_LENGTH,
  MAX_INCIDENTS,
  MAX_PENDING,
  type Pending,
  type Totals,
} from './book.ts';
import { alertIdOf, digest } from './ids.ts';
import { age, type Clock, carryOver, open, resolve, seeAgain } from './incident.ts';
import { makeNotices } from './notices.ts';
import { type AlertPolicy, KEEP_CLOSED } from './policy.ts';
import { type Proof, proves } from './proof.ts';
import { sightingOfMany } from './sighting.ts';
import { expireSilences } from './silences.ts';

export interface Settlement {
  readonly book: Book;
  /** The gravest first. */
  readonly changes: readonly Change[];
  readonly notices: readonly Notice[];
  /** Whether there is something to tell, be it told now or when its turn comes. */
  readonly isNews: boolean;
}

export class OpenBook {
  readonly #before: Book;
  readonly #policy: AlertPolicy;
  readonly #now: number;
  readonly #incidents: Map<string, Incident>;
  readonly #pending: Map<string, Pending>;
  readonly #advice: Map<string, Advice>;
  /** Sightings by code. */
  readonly #found: Map<string, number>;

  /** `now` is the time of the whole run. */
  constructor(book: Book, policy: AlertPolicy, now: number) {
    this.#before = book;
    this.#policy = policy;
    this.#now = now;
    this.#incidents = new Map(book.incidents.map((one) => [one.fingerprint, carryOver(one, now)]));
    this.#pending = new Map(book.pending.map((one) => [one.fingerprint, one]));
    this.#advice = new Map(Object.entries(book.advice));
    this.#found = new Map(Object.entries(book.totals.findings));
  }

  observe(sighting: Sighting): void {
    this.#found.set(sighting.code, (this.#found.get(sighting.code) ?? 0) + 1);
    const known = this.#incidents.get(sighting.fingerprint);
    if (known !== undefined && isOpen(known.state)) this.#seeAgain(known, sighting);
    else this.#begin(known, sighting);
  }

  /** A record that shows that something works again. */
  prove(proof: Proof): void {
    for (const incident of this.#incidents.values()) {
      // One that comes and goes has been proved to be over before.
      if (!isOpen(incident.state) || incident.state === 'flapping' || !proves(proof, incident)) continue;
      this.#keep(resolve(incident, proof.what, this.#now));
    }
    for (const { fingerprint, rule } of this.#pending.values()) {
      if (rule === proof.rule) this.#pending.delete(fingerprint);
    }
  }

  /** `grewAt` is when the log was last found to have grown, `read` what this run read of it. */
  settle(grewAt: number | null, read: { readonly bytes: number; readonly lines: number }): Settlement {
    const clock: Clock = { now: this.#now, grewAt };
    const aged = [...this.#incidents.values()]
      .map((incident) => age(incident, clock, this.#policy))
      .filter((incident) => isWorthKeeping(incident, this.#now));
    const silences = expireSilences(this.#before.silences, this.#now);
    const advice = Object.fromEntries(this.#advice);
    const told = makeNotices({ ...this.#before, incidents: aged, silences, advice }, this.#policy, this.#now);
    const incidents = told.incidents.map(reportedAs);
    return {
      book: {
        schema: 1,
        incidents,
        pending: [...this.#pending.values()].filter((one) => this.#isRecent(one)),
        groups: told.groups,
        sent: told.sent,
        silences,
        advice: this.#adviceOf(incidents),
        totals: this.#totals(read),
      },
      changes: told.incidents.filter(isChanged).map((incident) => ({
        id: alertIdOf(incident),
        before: incident.reported?.state ?? null,
        incident,
      })),
      notices: told.notices,
      isNews: told.isNews,
    };
  }

  #totals({ bytes, lines }: { readonly bytes: number; readonly lines: number }): Totals {
    const { totals } = this.#before;
    return {
      findings: Object.fromEntries(this.#found),
      bytes: totals.bytes + bytes,
      lines: totals.lines + lines,
    };
  }

  #seeAgain(incident: Incident, sighting: Sighting): void {
    const isSame = incident.variant === sighting.variant && incident.advice !== null;
    const advice = isSame ? incident.advice : this.#keepAdvice(sighting);
    this.#keep(seeAgain(incident, sighting, advice, this.#now));
  }

  #begin(before: Incident | undefined, sighting: Sighting): void {
    const count = this.#countUp(sighting);
    if (count === null) return;
    if (before === undefined && this.#incidents.size >= MAX_INCIDENTS && !this.#makeRoom()) {
      this.#overflow(sightingOfMany(sighting));
      return;
    }
    this.#keep({ ...open(sighting, before, this.#keepAdvice(sighting), this.#now), count });
  }

  #overflow(sighting: Sighting): void {
    const known = this.#incidents.get(sighting.fingerprint);
    if (known !== undefined && isOpen(known.state)) this.#seeAgain(known, sighting);
    else this.#keep(open(sighting, known, this.#keepAdvice(sighting), this.#now));
  }

  /** Forgets the fault that has been over for longest, of those that nobody waits to hear of. */
  #makeRoom(): boolean {
    let oldest: Incident | undefined;
    for (const incident of this.#incidents.values()) {
      if (isOpen(incident.state) || incident.owed !== null) continue;
      if (oldest === undefined || incident.changedAt < oldest.changedAt) oldest = incident;
    }
    return oldest !== undefined && this.#incidents.delete(oldest.fingerprint);
  }

  /** Sightings that make the fault; `null`: not enough yet. */
  #countUp({ fingerprint, rule, time }: Sighting): number | null {
    const fire = this.#policy.rules.get(rule)?.fire ?? null;
    if (fire === null || fire.count < 2) return 1;
    const at = wallTime(time) ?? this.#now;
    const known = this.#pending.get(fingerprint)?.times ?? [];
    const times = [...known.filter((earlier) => at - earlier <= fire.within), at].slice(-fire.count);
    this.#pending.delete(fingerprint);
    if (times.length >= fire.count) return times.length;
    const [oldest] = this.#pending.keys();
    if (this.#pending.size >= MAX_PENDING && oldest !== undefined) this.#pending.delete(oldest);
    this.#pending.set(fingerprint, { fingerprint, rule, times, at: this.#now });
    return null;
  }

  #isRecent({ rule, at }: Pending): boolean {
    const within = this.#policy.rules.get(rule)?.fire?.within ?? 0;
    return this.#now - at <= within;
  }

  #keep(incident: Incident): void {
    this.#incidents.set(incident.fingerprint, incident);
  }

  #keepAdvice({ advice }: Sighting): string | null {
    if (advice === null) return null;
    const text = JSON.stringify(advice);
    if (text.length > MAX_ADVICE_LENGTH) return null;
    const key = digest([text], 12);
    if (!this.#advice.has(key)) {
      if (this.#advice.size >= 4 * MAX_ADVICE) return null;
      this.#advice.set(key, JSON.parse(text) as Advice);
    }
    return key;
  }

  /** That of the gravest faults, where there is more than is kept. */
  #adviceOf(incidents: readonly Incident[]): Book['advice'] {
    const keys = new Set(incidents.flatMap(({ advice }) => advice ?? []));
    return Object.fromEntries(
      [...keys].slice(0, MAX_ADVICE).flatMap((key) => {
        const advice = this.#advice.get(key);
        return advice === undefined ? [] : [[key, advice]];
      }),
    );
  }
}

function isChanged({ state, sequence, reported }: Incident): boolean {
  return state !== reported?.state || sequence !== reported.sequence;
}

function reportedAs(incident: Incident): Incident {
  const { state, sequence } = incident;
  return { ...incident, reported: { state, sequence } };
}

function isWorthKeeping({ state, owed, changedAt }: Incident, now: number): boolean {
  return isOpen(state) || owed !== null || now - changedAt <= KEEP_CLOSED;
}

/** Good for differences only: the log's own clock, of whatever zone. */
function wallTime(time: string | null): number | null {
  if (time === null) return null;
  const at = Date.parse(/(?:Z|[+-]\d{2}:\d{2})$/.test(time) ? time : `${time}Z`);
  return Number.isNaN(at) ? null : at;
}
