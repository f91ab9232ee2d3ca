// What a check is asked to do.
import type { Outbox } from '../alerts/outbox/outbox.ts';
import type { AlertPolicy } from '../alerts/policy.ts';
import type { SuccessSet } from '../rules/success.ts';
import type { ScanSettings } from './settings.ts';

/** Time, and waiting. */
interface CheckWorld {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

export interface CheckSettings {
  readonly scan: ScanSettings;
  readonly stateDir: string;
  /** Keeps two services on one log apart. */
  readonly name: string | null;
  /** How far the first run looks back. */
  readonly lookbackMs: number;
  /** How long an unfinished record is held after the log grew last. */
  readonly recordTimeoutMs: number;
  /** After so long a run stops at a record's end; `null`: never. */
  readonly deadlineMs: number | null;
  /** A log that did not grow for so long is worth a warning; `null`: it is not. */
  readonly maxAgeMs: number | null;
  readonly policy: AlertPolicy;
  /** What proves that a fault is over. */
  readonly successes: SuccessSet;
  /** Where notices go before anything is printed; `null`: to nobody. */
  readonly outbox: Pick<Outbox, 'enqueue' | 'depth'> | null;
  /** Reads and answers, and changes nothing. */
  readonly dryRun: boolean;
  readonly world: CheckWorld;
  /** Whether it was told to end: as if time were up. */
  readonly isAborted: () => boolean;
}
