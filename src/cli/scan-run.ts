// What was typed -> what a scan needs. Everything that can be wrong with options is found here, before any byte of a
// log is read.
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import type { ScanOptions } from '../app/settings.ts';
import type { Given } from '../config/flag.ts';
import { SEVERITIES, type Severity } from '../findings/finding.ts';
import { COLOR_CHOICES, type ColorChoice } from '../lib/color.ts';
import { UsageError } from '../lib/errors.ts';
import { LOG_LEVELS, type LogLevel } from '../lib/log.ts';
import { type FoldChoice, parseMoment } from '../lib/moment.ts';
import { findZone, machineZone, type Zone } from '../lib/zone.ts';
import { DEFAULT_RECORD_LIMITS } from '../records/record.ts';
import { FORMATS, type Format } from '../reports/report.ts';
import { loadRules } from '../rules/builtin.ts';
import { compileRules } from '../rules/compile.ts';
import { DEFAULT_INFLATE_LIMITS } from '../sources/source.ts';
import { choiceOf, countOf, listOf, sizeOf, textOf } from './given.ts';

/** Where VNA keeps its log. */
const DEFAULT_LOG_DIRECTORY = '/opt/CA/VNA/wildfly/standalone/log';

export interface ScanRun {
  readonly paths: readonly string[];
  readonly options: ScanOptions;
  readonly format: Format;
  /** The file the report goes to; `null` for standard output. */
  readonly output: string | null;
  readonly failOn: Severity | 'never';
  readonly color: ColorChoice;
  readonly quiet: boolean;
  readonly logLevel: LogLevel;
}

/** `isTerminal`: standard output is one. Throws `UsageError`. */
export async function planScan(
  paths: readonly string[],
  given: Given,
  now: number,
  isTerminal: boolean,
): Promise<ScanRun> {
  const output = outputIn(given);
  const plan = {
    output,
    format: choiceOf(given, 'format', FORMATS, isTerminal && output === null ? 'pretty' : 'text'),
    failOn: choiceOf(given, 'fail-on', [...SEVERITIES, 'never'], 'info'),
    color: choiceOf(given, 'color', COLOR_CHOICES, 'auto'),
    logLevel: choiceOf(given, 'log-level', LOG_LEVELS, 'silent'),
    quiet: given['quiet'] === true,
  };
  const options = {
    minSeverity: choiceOf(given, 'min-severity', SEVERITIES, 'info'),
    redaction: choiceOf(given, 'redact', ['standard', 'strict'], 'standard'),
    advice: choiceOf(given, 'advice', ['full', 'none'], 'full') === 'full',
    recordLimits: {
      maxBytes: sizeOf(given, 'max-record', 1024, DEFAULT_RECORD_LIMITS.maxBytes),
      maxLines: countOf(given, 'max-record-lines', DEFAULT_RECORD_LIMITS.maxLines),
    },
    inflateLimits: {
      maxInflated: sizeOf(given, 'max-inflated', 1, DEFAULT_INFLATE_LIMITS.maxInflated),
      maxRatio: countOf(given, 'max-ratio', DEFAULT_INFLATE_LIMITS.maxRatio),
    },
    host: hostNameIn(given),
    ...timesIn(given, now),
  };
  const where = paths.length > 0 ? paths : [defaultPath()];
  if (where.includes('')) throw new UsageError('an empty PATH', { hint: 'is a shell variable not set?' });
  const rules = await compileRules(await loadRules(listOf(given, 'rules')));
  return { ...plan, paths: where, options: { rules, ...options } };
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

/** `-` is standard output, as everywhere. */
function outputIn(given: Given): string | null {
  const output = textOf(given, 'output') ?? '-';
  if (output === '')
    throw new UsageError('--output needs a file name', { hint: 'is a shell variable not set?' });
  return output === '-' ? null : output;
}

function hostNameIn(given: Given): string {
  const host = textOf(given, 'host') ?? hostname();
  if (/^[\w.:-]{1,253}$/.test(host)) return host;
  throw new UsageError(`--host: \`${host}\` is no host name`, { hint: 'letters, digits, and . - _ : only' });
}

function defaultPath(): string {
  if (existsSync(DEFAULT_LOG_DIRECTORY)) return DEFAULT_LOG_DIRECTORY;
  throw new UsageError(`no PATH given, and VNA's log directory ${DEFAULT_LOG_DIRECTORY} is not here`, {
    hint: 'name a log file, a directory, a quoted glob, or - for standard input',
  });
}
