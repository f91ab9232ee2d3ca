// What a scan is asked to do, with every default in one place.
import { hostname } from 'node:os';
import type { Proof } from '../alerts/proof.ts';
import type { Severity } from '../findings/finding.ts';
import type { RedactLevel } from '../findings/redact.ts';
import type { Zone } from '../lib/zone.ts';
import { DEFAULT_RECORD_LIMITS, type RecordLimits } from '../records/record.ts';
import type { RuleSet } from '../rules/compile.ts';
import type { SuccessSet } from '../rules/success.ts';
import { DEFAULT_INFLATE_LIMITS, type InflateLimits, type ReadMeter } from '../sources/source.ts';

export interface ScanSettings {
  readonly rules: RuleSet;
  readonly minSeverity: Severity;
  /** Instants (ms). A record whose time is unknown is never dropped. */
  readonly since: number;
  readonly until: number;
  /** The zone of log times that print no offset; `undefined` is the machine's, and no offset is added. */
  readonly zone: Zone | undefined;
  /** The name findings bear. */
  readonly host: string;
  readonly redaction: RedactLevel;
  readonly advice: boolean;
  /** How many records before and after each finding's to hand out with it. */
  readonly context: number;
  /** Whether findings are handed out as lines of NDJSON, many at a time. Nothing else is then known of them. */
  readonly lines: boolean;
  readonly recordLimits: RecordLimits;
  readonly inflateLimits: InflateLimits;
  /** So many inputs and parts of large ones are read at a time, by as many threads. */
  readonly jobs: number;
  /** How much of a plain file is a part, in bytes. */
  readonly partSize: number;
  /** With so many bytes a plain file is searched before records are made of it; less is read sooner than that starts. */
  readonly searchedSize: number;
  /** Behind so many findings the wordings of records are learnt: with fewer that takes longer than a look at each. */
  readonly learnsBehind: number;
  /** Told how far the reading has come. */
  readonly meter: ReadMeter | undefined;
  /** Called once so many records were judged that there may be many more. */
  readonly onBusy: (() => void) | undefined;
  /** Called before other threads begin to read what one of ours will search. */
  readonly onReadAhead: (() => void) | undefined;
  /** Told of what lies outside the time asked for. */
  readonly passedOver: PassedOver | undefined;
  /** Told of what ends faults, in the order of the log between its findings. */
  readonly successes: SuccessWatch | undefined;
  /** Aborting ends the scan; what was read is reported, the summary included. */
  readonly signal: AbortSignal | undefined;
}

export interface SuccessWatch {
  readonly set: SuccessSet;
  prove(proof: Proof): void;
}

/** Counts what would have been findings. */
interface PassedOver {
  findings: number;
}

/** Some milliseconds of reading: so little is waited for at the end, and is found ahead of what comes before it. */
const DEFAULT_PART_SIZE = 128 * 1024 ** 2;

const DEFAULT_SEARCHED_SIZE = 64 * 1024;
const DEFAULT_LEARNS_BEHIND = 100;

/** All but the rules may be left out. */
export type ScanOptions = Pick<ScanSettings, 'rules'> & {
  readonly [K in keyof ScanSettings]?: ScanSettings[K];
};

export function settle(options: ScanOptions): ScanSettings {
  return {
    minSeverity: 'info',
    since: Number.NEGATIVE_INFINITY,
    until: Number.POSITIVE_INFINITY,
    zone: undefined,
    host: hostname(),
    redaction: 'standard',
    advice: true,
    context: 0,
    lines: false,
    recordLimits: DEFAULT_RECORD_LIMITS,
    inflateLimits: DEFAULT_INFLATE_LIMITS,
    jobs: 1,
    partSize: DEFAULT_PART_SIZE,
    searchedSize: DEFAULT_SEARCHED_SIZE,
    learnsBehind: DEFAULT_LEARNS_BEHIND,
    meter: undefined,
    onBusy: undefined,
    onReadAhead: undefined,
    passedOver: undefined,
    successes: undefined,
    signal: undefined,
    ...options,
  };
}
