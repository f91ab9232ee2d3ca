// Options that every reading of logs takes: what is reported, how much of a record is looked at, times, names.
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import type { ScanOptions } from '../app/settings.ts';
import type { Given } from '../config/flag.ts';
import { SEVERITIES } from '../findings/finding.ts';
import { UsageError } from '../lib/errors.ts';
import { findZone } from '../lib/find-zone.ts';
import { type FoldChoice, parseMoment, parseSpan } from '../lib/moment.ts';
import { machineZone, type Zone } from '../lib/zone.ts';
import { DEFAULT_RECORD_LIMITS } from '../records/record.ts';
import { showSpan } from '../reports/words.ts';
import { choiceOf, countOf, sizeOf, textOf } from './given.ts';

/** Where VNA keeps its log. */
const DEFAULT_LOG_DIRECTORY = '/opt/CA/VNA/wildfly/standalone/log';

/** Throws `UsageError`. */
export function pipelineOptions(
  given: Given,
  now: number,
): Omit<ScanOptions, 'rules'> & { readonly host: string } {
  return {
    minSeverity: choiceOf(given, 'min-severity', SEVERITIES, 'info'),
    redaction: choiceOf(given, 'redact', ['standard', 'strict'], 'standard'),
    advice: choiceOf(given, 'advice', ['full', 'none'], 'full') === 'full',
    recordLimits: {
      maxBytes: sizeOf(given, 'max-record', 1024, DEFAULT_RECORD_LIMITS.maxBytes),
      maxLines: countOf(given, 'max-record-lines', DEFAULT_RECORD_LIMITS.maxLines),
    },
    host: hostNameIn(given),
    ...timesIn(given, now),
  };
}

/** The file named; `null` for `-`, which is standard output, as everywhere. */
export function outputIn(given: Given): string | null {
  const output = textOf(given, 'output') ?? '-';
  if (output === '')
    throw new UsageError('--output needs a file name', { hint: 'is a shell variable not set?' });
  return output === '-' ? null : output;
}

/** Milliseconds, at least `least`. */
export function spanOf<T extends number | null>(
  given: Given,
  name: string,
  otherwise: T,
  least = 1,
  most = 2 ** 31,
): number | T {
  const text = textOf(given, name);
  if (text === undefined) return otherwise;
  const span = parseSpan(text);
  if (span !== null && span >= least && span < most) return span;
  if (span === null)
    throw new UsageError(`--${name}: \`${text}\` is no span of time`, { hint: 'such as 500ms, 2s or 1h' });
  const [what, limit] =
    span < least
      ? ['short', `least ${showSpan(least) || `${least} ms`}`]
      : ['long', `most ${showSpan(most)}`];
  throw new UsageError(`--${name}: \`${text}\` is too ${what}`, { hint: `at ${limit}` });
}

function timesIn(given: Given, now: number): { since: number; until: number; zone: Zone | undefined } {
  const name = textOf(given, 'tz');
  const zone = name === undefined ? undefined : findZone(name);
  const momentOf = (option: string, fold: FoldChoice, otherwise: number): number => {
    const text = textOf(given, option);
    return text === undefined ? otherwise : parseMoment(`--${option}`, text, zone ?? machineZone, now, fold);
  };
  const since = momentOf('since', 'earliest', Number.NEGATIVE_INFINITY);
  const until = momentOf('until', 'latest', Number.POSITIVE_INFINITY);
  if (since > until) throw new UsageError('--since is later than --until, so no record can match');
  return { since, until, zone };
}

function hostNameIn(given: Given): string {
  const host = textOf(given, 'host') ?? hostname();
  if (/^[\w.:-]{1,253}$/.test(host)) return host;
  throw new UsageError(`--host: \`${host}\` is no host name`, { hint: 'letters, digits, and . - _ : only' });
}

/** Throws `UsageError` where VNA is not installed. */
export function defaultPath(others = 'a directory, or - for standard input'): string {
  if (existsSync(DEFAULT_LOG_DIRECTORY)) return DEFAULT_LOG_DIRECTORY;
  throw new UsageError(`no PATH given, and VNA's log directory ${DEFAULT_LOG_DIRECTORY} is not here`, {
    hint: `name a log file, ${others}`,
  });
}
