// What was typed -> what a check needs. Everything that can be wrong with options is found here.
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { alertPolicy } from '../app/alert-policy.ts';
import type { CheckSettings } from '../app/check-settings.ts';
import { settle } from '../app/settings.ts';
import type { AlertingSection } from '../config/channel-schema.ts';
import type { Given } from '../config/flag.ts';
import { UsageError } from '../lib/errors.ts';
import { LOG_LEVELS, type LogLevel } from '../lib/log.ts';
import { CHECK_FORMATS, type CheckFormat } from '../reports/check-format.ts';
import { loadRules } from '../rules/builtin.ts';
import { compileRules } from '../rules/compile.ts';
import { compileSuccesses } from '../rules/success.ts';
import { expandPath } from '../sources/expand.ts';
import { LIVE_NAME, parseArchiveName } from '../sources/family.ts';
import { DEFAULT_INFLATE_LIMITS } from '../sources/source.ts';
import { stateDirectory } from '../state/place.ts';
import { policyIn, timersIn } from './alert-options.ts';
import { choiceOf, countOf, listOf, sizeOf, textOf } from './given.ts';
import { defaultPath, pipelineOptions, spanOf } from './pipeline-options.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const LOOKBACK_MS = DAY;
const RECORD_TIMEOUT_MS = MINUTE;
const REPEAT_MS = DAY;
/** Spans of calendar size, unlike those of timers. */
const LONGEST_MS = 100 * 366 * DAY;

/** What is known without rules and configuration. */
export interface CheckPlace {
  readonly logs: readonly string[];
  readonly stateDir: string;
  readonly name: string | null;
}

export interface CheckRun {
  readonly settings: CheckSettings;
  readonly format: CheckFormat;
  readonly textfile: string | null;
  readonly logLevel: LogLevel;
}

type Env = { readonly [name: string]: string | undefined };

/** Throws `UsageError`. */
export async function placeCheck(words: readonly string[], given: Given, env: Env): Promise<CheckPlace> {
  const name = textOf(given, 'name') ?? null;
  if (name !== null && !/^[\w.-]{1,64}$/.test(name))
    throw new UsageError(`--name: \`${name}\` is no name`, { hint: 'letters, digits, and . - _ only' });
  const logs = (
    await Promise.all((words.length > 0 ? words : [defaultPath('a directory, or a quoted glob')]).map(logsAt))
  ).flat();
  return { logs: await distinct(logs), stateDir: stateDirectory(textOf(given, 'state-dir'), env), name };
}

/** For what goes wrong with the places themselves. */
export function unplaced(words: readonly string[], given: Given, env: Env): CheckPlace {
  return { logs: words, stateDir: stateDirectory(textOf(given, 'state-dir'), env), name: null };
}

/** How often trouble is told again. Throws `UsageError`. */
export function repeatOf(given: Given): number {
  return spanOf(given, 'repeat', REPEAT_MS, 1, LONGEST_MS);
}

/** What the configuration says of alerts, and where they go. */
interface Alerts {
  readonly alerting: AlertingSection;
  readonly outbox: CheckSettings['outbox'];
}

/** Throws `UsageError`. */
export async function planCheck(
  { stateDir, name }: CheckPlace,
  given: Given,
  now: number,
  isAborted: () => boolean,
  { alerting, outbox }: Alerts,
): Promise<CheckRun> {
  const span = <T extends number | null>(option: string, otherwise: T, least = 1): number | T =>
    spanOf(given, option, otherwise, least, LONGEST_MS);
  const spans = {
    lookbackMs: span('lookback', LOOKBACK_MS, 0),
    recordTimeoutMs: span('record-timeout', RECORD_TIMEOUT_MS, 0),
    deadlineMs: span('deadline', null),
    maxAgeMs: span('max-age', null),
  };
  const timers = {
    quietAfter: span('quiet-after', null),
    repeat: span('repeat', null),
    ...policyIn(alerting),
  };
  const format = choiceOf(given, 'format', CHECK_FORMATS, 'nagios');
  const logLevel = choiceOf(given, 'log-level', LOG_LEVELS, 'silent');
  const inflateLimits = {
    maxInflated: sizeOf(given, 'max-inflated', 1, DEFAULT_INFLATE_LIMITS.maxInflated),
    maxRatio: countOf(given, 'max-ratio', DEFAULT_INFLATE_LIMITS.maxRatio),
  };
  const options = { ...pipelineOptions(given, now), inflateLimits };
  const rules = await loadRules(listOf(given, 'rules'));
  const settings = {
    ...spans,
    scan: settle({ rules: compileRules(rules), ...options }),
    policy: alertPolicy(rules, timers, timersIn(alerting, rules)),
    outbox,
    successes: compileSuccesses(rules),
    stateDir,
    name,
    dryRun: given['dry-run'] === true,
    world: {
      now: Date.now,
      sleep: (ms: number) => new Promise<void>((done) => setTimeout(done, ms)),
    },
    isAborted,
  };
  return { settings, format, textfile: textfileIn(given), logLevel };
}

function textfileIn(given: Given): string | null {
  const path = textOf(given, 'textfile') ?? null;
  if (path === null || path.endsWith('.prom')) return path;
  throw new UsageError(`--textfile: \`${path}\` does not end in .prom`, {
    hint: 'the node exporter reads no other file',
  });
}

/** A directory stands for the log in it, a pattern for the logs that it matches; one that is gone is still meant. */
async function logsAt(word: string): Promise<readonly string[]> {
  if (word === '') throw new UsageError('an empty PATH', { hint: 'is a shell variable not set?' });
  if (word === '-')
    throw new UsageError('standard input cannot be read on in the next run', {
      hint: 'name a log, or read it with oclog scan -',
    });
  const status = await stat(word).catch(() => null);
  if (status?.isDirectory() === true || word.endsWith('/')) return [join(word, LIVE_NAME)];
  if (status !== null || !/[*?[{]/.test(word)) return [word];
  const found = await expandPath(word);
  return found === 'stdin' ? [] : withoutArchives(found);
}

/** What is an archive of another one that was found is read with that one. */
function withoutArchives(paths: readonly string[]): readonly string[] {
  return paths.filter(
    (path) =>
      !paths.some(
        (other) =>
          dirname(other) === dirname(path) &&
          parseArchiveName(basename(path), basename(other))?.live === false,
      ),
  );
}

/** Each once, however it was written. */
async function distinct(paths: readonly string[]): Promise<readonly string[]> {
  const places = await Promise.all(
    paths.map(async (path) =>
      join(await realpath(dirname(path)).catch(() => resolve(dirname(path))), basename(path)),
    ),
  );
  return paths.filter((_, index) => places.indexOf(places[index] ?? '') === index);
}
