// A check that runs at times the test says, on sightings the test makes: the life of faults without a log.
import type { AlertState, Notice, Sighting } from '../../src/alerts/alert.ts';
import { type Book, EMPTY_BOOK } from '../../src/alerts/book.ts';
import { digest } from '../../src/alerts/ids.ts';
import { OpenBook, type Settlement } from '../../src/alerts/open-book.ts';
import { type AlertPolicy, DEFAULT_POLICY } from '../../src/alerts/policy.ts';
import type { Proof } from '../../src/alerts/proof.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const START = Date.UTC(2026, 10, 23, 5);

let occurrences = 0;

/** An occurrence of a fault; each call makes another one. */
export function sighting(fields: Partial<Sighting> = {}): Sighting {
  occurrences += 1;
  const { rule = 'aws.invalid-client-token-id', host = 'vna', plugin = 'AWS_PLUGIN' } = fields;
  const { region = null, service = null } = fields;
  return {
    id: digest([occurrences], 16),
    fingerprint: digest([rule, host, plugin, region, service], 12),
    code: 'VNA1001',
    rule,
    severity: 'critical',
    title: 'AWS does not recognise the access key',
    host,
    plugin,
    account: null,
    region,
    service,
    errorCode: 'InvalidClientTokenId',
    variant: 'unknown-key',
    confidence: 'likely',
    accessKey: null,
    time: null,
    path: 'oc.log',
    line: occurrences,
    message: 'The security token included in the request is invalid.',
    advice: { summary: 's', why: 'w', steps: [], verify: [], links: [] },
    ...fields,
  };
}

export function denied(fields: Partial<Sighting> = {}): Sighting {
  return sighting({
    rule: 'aws.access-denied',
    code: 'VNA1003',
    severity: 'warning',
    variant: null,
    ...fields,
  });
}

export function success(fields: Partial<Proof> = {}): Proof {
  return {
    rule: 'aws.invalid-client-token-id',
    host: 'vna',
    plugin: 'AWS_PLUGIN',
    region: null,
    service: null,
    same: [],
    what: 'oc.log:7: connected',
    ...fields,
  };
}

export type Act = Sighting | Proof;

function isSighting(act: Act): act is Sighting {
  return 'fingerprint' in act;
}

/** A run at `at` milliseconds after the beginning. A log that shows anything has grown. */
export class AlertPlay {
  book: Book = EMPTY_BOOK;
  last: Settlement | null = null;
  readonly #policy: AlertPolicy;
  #grewAt: number | null = null;

  constructor(policy: Partial<AlertPolicy> = {}) {
    this.#policy = { ...DEFAULT_POLICY, ...policy };
  }

  time(at: number): number {
    return START + at;
  }

  run(at: number, acts: readonly Act[] = [], grows = true): Settlement {
    this.last = this.rehearse(at, acts, grows);
    if (grows || acts.length > 0) this.#grewAt = this.time(at);
    this.book = this.last.book;
    return this.last;
  }

  /** A run that is killed before it writes its state. */
  rehearse(at: number, acts: readonly Act[] = [], grows = true): Settlement {
    const now = this.time(at);
    const open = new OpenBook(this.book, this.#policy, now);
    for (const act of acts) {
      if (isSighting(act)) open.observe(act);
      else open.prove(act);
    }
    const settlement = open.settle(grows || acts.length > 0 ? now : this.#grewAt, { bytes: 0, lines: 0 });
    // As the state file has it.
    return { ...settlement, book: JSON.parse(JSON.stringify(settlement.book)) as Book };
  }

  states(): readonly AlertState[] {
    return this.book.incidents.map(({ state }) => state);
  }
}

/** `new firing VNA1001` */
export function words(notices: readonly Notice[]): readonly string[] {
  return notices.map(
    ({ reason, state, incidents }) => `${reason} ${state} ${incidents.map(({ code }) => code).join(' ')}`,
  );
}
