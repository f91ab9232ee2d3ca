// What was typed -> what a scan needs. Everything that can be wrong with options is found here, before any byte of a
// log is read.
import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import type { ScanOptions } from '../app/settings.ts';
import type { Given } from '../config/flag.ts';
import { SEVERITIES, type Severity } from '../findings/finding.ts';
import { COLOR_CHOICES, type ColorChoice } from '../lib/color.ts';
import { UsageError } from '../lib/errors.ts';
import { LOG_LEVELS, type LogLevel } from '../lib/log.ts';
import { FORMATS, type Format } from '../reports/report.ts';
import { loadRules } from '../rules/builtin.ts';
import { compileRules } from '../rules/compile.ts';
import { DEFAULT_INFLATE_LIMITS } from '../sources/source.ts';
import { choiceOf, countOf, listOf, sizeOf } from './given.ts';
import { defaultPath, outputIn, pipelineOptions } from './pipeline-options.ts';

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
  /** What standard error is told before the scan. */
  readonly note: string | null;
}

/** What the ending of a file's name promises. */
const PROMISED: Readonly<Record<string, Format>> = {
  '.html': 'html',
  '.htm': 'html',
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
};

/** The format is never guessed from a name; who counted on that is told. */
function noteOn(output: string): string | null {
  const promised = PROMISED[extname(output).toLowerCase()];
  if (promised === undefined) return null;
  return `oclog: ${output}: note: gets the text report; --format ${promised} makes it what its name says`;
}

/** For tests: parts so small that little has to be read. */
function partSizeIn(env: NodeJS.ProcessEnv): Pick<ScanOptions, 'partSize'> {
  const size = Number(env['OCLOG_PART_SIZE']);
  return size > 0 ? { partSize: size } : {};
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
    note: given['format'] === undefined && output !== null ? noteOn(output) : null,
  };
  const options = {
    ...pipelineOptions(given, now),
    jobs: countOf(given, 'jobs', availableParallelism()),
    ...partSizeIn(process.env),
    inflateLimits: {
      maxInflated: sizeOf(given, 'max-inflated', 1, DEFAULT_INFLATE_LIMITS.maxInflated),
      maxRatio: countOf(given, 'max-ratio', DEFAULT_INFLATE_LIMITS.maxRatio),
    },
  };
  const where = paths.length > 0 ? paths : [defaultPath()];
  if (where.includes('')) throw new UsageError('an empty PATH', { hint: 'is a shell variable not set?' });
  const rules = compileRules(await loadRules(listOf(given, 'rules')));
  return { ...plan, paths: where, options: { rules, ...options } };
}
