// The rotating handlers of WildFly as they can be configured, and what each names its archives.
import type { Settings } from './writer.ts';

// A clock of their own, see LogFile.java. Handlers that rotate by size alone name archives for the time of this machine.
const BY_TIME = { start: '2024-03-01T12:00:00Z' };
const BY_SIZE = { 'rotate-size': 20_000, 'max-backup-index': 30 };

export interface Row {
  readonly title: string;
  readonly settings: Settings;
  /** Taken in turn. */
  readonly rotate: readonly string[];
  /** Matches the names of all archives. */
  readonly names: RegExp;
}

export const ROWS: readonly Row[] = [
  {
    title: 'periodic, a day',
    settings: { kind: 'periodic-rotating', suffix: '.yyyy-MM-dd', ...BY_TIME },
    rotate: ['rotate P1D', 'rotate P6D'],
    names: /^oc\.log\.2024-03-\d\d$/,
  },
  {
    title: 'periodic, an hour',
    settings: { kind: 'periodic-rotating', suffix: '.yyyy-MM-dd-HH', ...BY_TIME },
    rotate: ['rotate PT1H'],
    names: /^oc\.log\.2024-03-01-1\d$/,
  },
  {
    title: 'periodic, a minute',
    settings: { kind: 'periodic-rotating', suffix: '.yyyy-MM-dd-HH-mm', ...BY_TIME },
    rotate: ['rotate PT1M'],
    names: /^oc\.log\.2024-03-01-12-0\d$/,
  },
  {
    title: 'periodic, with text after the date',
    settings: { kind: 'periodic-rotating', suffix: "-yyyy-MM-dd'.log'", ...BY_TIME },
    rotate: ['rotate P1D'],
    names: /^oc\.log-2024-03-\d\d\.log$/,
  },
  {
    title: 'periodic, gz',
    settings: { kind: 'periodic-rotating', suffix: '.yyyy-MM-dd.gz', ...BY_TIME },
    rotate: ['rotate P1D'],
    names: /^oc\.log\.2024-03-\d\d\.gz$/,
  },
  {
    title: 'periodic, zip',
    settings: { kind: 'periodic-rotating', suffix: '.yyyy-MM-dd.zip', ...BY_TIME },
    rotate: ['rotate P1D'],
    names: /^oc\.log\.2024-03-\d\d\.zip$/,
  },
  {
    title: 'size',
    settings: { kind: 'size-rotating', ...BY_SIZE },
    rotate: ['rotate'],
    names: /^oc\.log\.\d+$/,
  },
  {
    title: 'size, written in blocks',
    settings: { kind: 'size-rotating', autoflush: false, ...BY_SIZE },
    rotate: ['rotate'],
    names: /^oc\.log\.\d+$/,
  },
  {
    title: 'size, with a date',
    settings: { kind: 'size-rotating', suffix: '.yyyy-MM-dd', ...BY_SIZE },
    rotate: ['rotate'],
    names: /^oc\.log\.\d{4}-\d\d-\d\d\.\d+$/,
  },
  {
    title: 'size, with a time to the millisecond',
    settings: { kind: 'size-rotating', suffix: '.yyyy-MM-dd-HH-mm-ss-SSS', ...BY_SIZE },
    rotate: ['rotate'],
    names: /^oc\.log\.\d{4}(-\d\d){5}-\d{3}\.1$/,
  },
  {
    title: 'size, gz',
    settings: { kind: 'size-rotating', suffix: '.gz', ...BY_SIZE },
    rotate: ['rotate'],
    names: /^oc\.log\.\d+\.gz$/,
  },
  {
    title: "size, gz, of WildFly's own size",
    settings: { kind: 'size-rotating', suffix: '.gz', 'max-backup-index': 30 },
    rotate: ['rotate'],
    names: /^oc\.log\.\d+\.gz$/,
  },
  {
    title: 'size, zip',
    settings: { kind: 'size-rotating', suffix: '.zip', ...BY_SIZE },
    rotate: ['rotate'],
    names: /^oc\.log\.\d+\.zip$/,
  },
  {
    title: 'size, with a date, gz',
    settings: { kind: 'size-rotating', suffix: '.yyyy-MM-dd.gz', ...BY_SIZE },
    rotate: ['rotate'],
    names: /^oc\.log\.\d{4}-\d\d-\d\d\.\d+\.gz$/,
  },
  {
    title: 'size, with a time, zip',
    settings: { kind: 'size-rotating', suffix: ".yyyy-MM-dd'T'HH-mm.zip", ...BY_SIZE },
    rotate: ['rotate'],
    names: /^oc\.log\.\d{4}-\d\d-\d\dT\d\d-\d\d\.\d+\.zip$/,
  },
  {
    title: 'period and size',
    settings: { kind: 'periodic-size-rotating', suffix: '.yyyy-MM-dd', ...BY_TIME, ...BY_SIZE },
    rotate: ['rotate', 'rotate', 'rotate P1D'],
    names: /^oc\.log\.2024-03-0\d(\.\d+)?$/,
  },
  {
    title: 'period and size, gz',
    settings: { kind: 'periodic-size-rotating', suffix: '.yyyy-MM-dd.gz', ...BY_TIME, ...BY_SIZE },
    rotate: ['rotate', 'rotate', 'rotate P1D'],
    names: /^oc\.log\.2024-03-0\d(\.\d+)?\.gz$/,
  },
];

/** Rotation is a start of the server. */
export const BOOTS: readonly Pick<Row, 'title' | 'settings' | 'names'>[] = [
  {
    title: 'size, at every start',
    settings: { kind: 'size-rotating', 'rotate-on-boot': true, ...BY_SIZE },
    names: /^oc\.log\.\d+$/,
  },
  {
    title: 'period and size, at every start',
    settings: { kind: 'periodic-size-rotating', suffix: '.yyyy-MM-dd', 'rotate-on-boot': true, ...BY_SIZE },
    names: /^oc\.log\.\d{4}-\d\d-\d\d\.\d+$/,
  },
];
