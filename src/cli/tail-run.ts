// What was typed -> what following logs needs. Everything that can be wrong with options is found here.
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { TailOptions } from '../app/tail.ts';
import type { Given } from '../config/flag.ts';
import { COLOR_CHOICES, type ColorChoice } from '../lib/color.ts';
import { UsageError } from '../lib/errors.ts';
import { LOG_LEVELS, type LogLevel } from '../lib/log.ts';
import { STREAM_FORMATS, type StreamFormat } from '../records/message.ts';
import { LIVE_FORMATS, type LiveFormat } from '../reports/live-format.ts';
import { loadRules } from '../rules/builtin.ts';
import { compileRules } from '../rules/compile.ts';
import { isAmongInputs } from '../sources/among-inputs.ts';
import { LIVE_NAME } from '../sources/family.ts';
import { expectFollowable } from '../sources/follow/followable.ts';
import { POLL_MS } from '../sources/follow/watch.ts';
import { choiceOf, listOf, textOf } from './given.ts';
import { defaultPath, outputIn, pipelineOptions, spanOf } from './pipeline-options.ts';

const IDLE_FLUSH_MS = 1000;
const REPEAT_MS = 3_600_000;

export interface TailRun {
  readonly paths: readonly string[];
  readonly options: Omit<TailOptions, 'signal'>;
  /** Where the rules came from, should they be read again. */
  readonly rulePaths: readonly string[];
  /** What a line of standard input is. */
  readonly streamFormat: StreamFormat;
  /** Whether messages are confirmed on standard output. */
  readonly confirm: boolean;
  /** The file that findings are added to; `null` for standard output, or for standard error where that is taken. */
  readonly output: string | null;
  readonly format: LiveFormat;
  readonly repeatMs: number;
  readonly color: ColorChoice;
  readonly quiet: boolean;
  readonly logLevel: LogLevel;
}

/** `isTerminal`: standard output is one. Throws `UsageError`, and `SourceError` for what can never be followed. */
export async function planTail(
  words: readonly string[],
  given: Given,
  now: number,
  isTerminal: boolean,
): Promise<TailRun> {
  const fromStart = given['from-start'] === true;
  const hasSince = textOf(given, 'since') !== undefined;
  if (fromStart && hasSince)
    throw new UsageError('--from-start and --since exclude each other', {
      hint: '--since reads back through archives',
    });
  const plan = {
    format: choiceOf(given, 'format', LIVE_FORMATS, isTerminal ? 'pretty' : 'text'),
    repeatMs: spanOf(given, 'repeat', REPEAT_MS),
    color: choiceOf(given, 'color', COLOR_CHOICES, 'auto'),
    logLevel: choiceOf(given, 'log-level', LOG_LEVELS, 'silent'),
    quiet: given['quiet'] === true,
    rulePaths: listOf(given, 'rules'),
    output: outputIn(given),
    ...streamIn(given, words),
  };
  const options = {
    ...pipelineOptions(given, now),
    idleFlushMs: spanOf(given, 'idle-flush', IDLE_FLUSH_MS),
    pollMs: given['poll'] === true ? POLL_MS : null,
    from: hasSince ? 'archives' : fromStart ? 'start' : 'end',
  } as const;
  const paths = await Promise.all((words.length > 0 ? words : [defaultPath()]).map(logAt));
  const rules = compileRules(await loadRules(plan.rulePaths));
  if (plan.output !== null && (await isAmongInputs(plan.output, paths)))
    throw new UsageError(`--output: ${plan.output} is one of the logs to follow`, {
      hint: 'name another file',
    });
  return { ...plan, paths: distinct(paths), options: { ...options, rules } };
}

/** Each log once, however it was written. */
function distinct(paths: readonly string[]): readonly string[] {
  return [
    ...new Map(paths.toReversed().map((path) => [path === '-' ? path : resolve(path), path])).values(),
  ].reverse();
}

/** Messages come on standard input alone, and only what holds whole records can be confirmed. */
function streamIn(given: Given, words: readonly string[]): Pick<TailRun, 'streamFormat' | 'confirm'> {
  const confirm = given['confirm'] === true;
  const streamFormat = choiceOf(given, 'stdin-format', STREAM_FORMATS, confirm ? 'rsyslog-escaped' : 'raw');
  if (confirm && streamFormat === 'raw')
    throw new UsageError('--confirm is no use with --stdin-format raw', {
      hint: 'a line is no whole record, so what it completes may be lost behind its OK: give rsyslog-escaped or json',
    });
  const isStream = words.length === 1 && words[0] === '-';
  if (!isStream && streamFormat !== 'raw')
    throw new UsageError(`--${confirm ? 'confirm' : 'stdin-format'} is for standard input alone`, {
      hint: 'give - as the only PATH',
    });
  return { confirm, streamFormat };
}

/** Not there yet; but a pattern will never be. */
function toCome(word: string): string {
  if (!/[*?[{]/.test(word)) return word;
  throw new UsageError(`${word} is a pattern, and a log is followed by its name`, {
    hint: 'leave it to the shell: without quotes',
  });
}

/** A directory stands for the log in it; what is not there yet is taken for a log to come. */
async function logAt(word: string): Promise<string> {
  if (word === '-') return word;
  if (word === '') throw new UsageError('an empty PATH', { hint: 'is a shell variable not set?' });
  const status = await stat(word).catch(() => null);
  if (status?.isDirectory() === true || word.endsWith('/')) return join(word, LIVE_NAME);
  if (status === null) return toCome(word);
  await expectFollowable(word, status);
  return word;
}
