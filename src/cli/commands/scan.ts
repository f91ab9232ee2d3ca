// `oclog scan`: everything once, reported, with an exit status that says what was found and what was not read.
import { scan, scanToLines } from '../../app/scan.ts';
import type { Given } from '../../config/flag.ts';
import { gravityOf } from '../../findings/finding.ts';
import type { FindingLines } from '../../findings/finding-lines.ts';
import type { ScanEvent } from '../../findings/scan-event.ts';
import { speaksUnicode, wantsColor } from '../../lib/color.ts';
import { UsageError } from '../../lib/errors.ts';
import { keepHeapLean } from '../../lib/lean-heap.ts';
import { openLog } from '../../lib/log.ts';
import { useOnePoolThread } from '../../lib/pool-thread.ts';
import { type Format, openReport, type Report } from '../../reports/report.ts';
import type { Rule } from '../../rules/rule.ts';
import { isAmongInputs } from '../../sources/among-inputs.ts';
import type { ReadMeter } from '../../sources/source.ts';
import { type Console, canShowProgress, fitterFor } from '../console.ts';
import { ClosedPipe, Output } from '../output.ts';
import { NO_PROGRESS, type Progress, progressLine, realTicker, showProgress } from '../progress.ts';
import { planScan, type ScanRun } from '../scan-run.ts';
import { isWatched } from '../standard-output.ts';
import { version } from '../version.ts';

/** Formats that print as they go. */
const STREAMING: readonly Format[] = ['ndjson', 'brief'];

export async function runScan(paths: readonly string[], given: Given, io: Console): Promise<number> {
  const plan = await planScan(paths, given, Date.now(), io.stdout.isTTY === true);
  const report = await openReport(plan.format, {
    color: wantsColor(plan.color, io.env, io.stdout.isTTY === true && plan.output === null),
    columns: io.stdout.columns || 80,
    unicode: speaksUnicode(io.env),
    checked: checkedRules(plan),
    host: plan.options.host ?? '',
    version: version(),
    now: new Date(),
  });
  const output =
    plan.output === null
      ? Output.toStream(io.stdout, fitterFor(io.stdout, io.env))
      : await openFile(plan.output, plan.paths);
  const meter: ReadMeter = { total: null, read: 0 };
  const progress = progressFor(plan, meter, io);
  if (plan.note !== null && !plan.quiet) io.say(plan.note);
  askForLog(plan, io);
  try {
    return await deliver(plan, meter, report, output, progress, io);
  } catch (error) {
    progress.stop();
    await output.discard();
    if (error instanceof ClosedPipe) return 0;
    throw error;
  }
}

/** Every event to the report, to standard error and to the exit status. */
async function deliver(
  plan: ScanRun,
  meter: ReadMeter,
  report: Report,
  output: Output,
  progress: Progress,
  io: Console,
): Promise<number> {
  const log = await openLog(plan.logLevel);
  const seen = { failing: false, errors: false };
  const context = plan.format === 'html' ? 3 : 0;
  const options = {
    ...plan.options,
    context,
    meter,
    onBusy: () => keepHeapLean(),
    onReadAhead: () => useOnePoolThread(),
    signal: io.signal,
  };
  const events = report.isOfLines ? scanToLines(plan.paths, options) : scan(plan.paths, options);
  for await (const event of events) {
    log.debug({ event: event.type }, 'scan event');
    if (event.type === 'summary') progress.stop();
    judge(event, plan, seen);
    if (event.type === 'lines') {
      await output.writeLines(event);
      continue;
    }
    if (!plan.quiet) say(wordsAbout(event), progress, io);
    await output.write(report.take(event));
    if (event.type === 'summary') log.info(event, 'scan done');
  }
  for (const piece of report.end()) await output.write(piece);
  await output.end();
  return seen.errors ? 3 : seen.failing ? 1 : 0;
}

/** The report never takes the place of a log that it is about. */
async function openFile(path: string, paths: readonly string[]): Promise<Output> {
  if (await isAmongInputs(path, paths))
    throw new UsageError(`--output: ${path} is one of the logs to scan`, { hint: 'name another file' });
  return await Output.toFile(path);
}

/** A scan that waits for what is typed should not look as if it hung. */
function askForLog({ paths }: ScanRun, io: Console): void {
  if (paths.includes('-') && process.stdin.isTTY === true)
    io.say('oclog: reading standard input: paste the log, then press Enter and Ctrl-D');
}

/** What is below the least severity was not looked for. */
function checkedRules({ options: { rules, minSeverity = 'info' } }: ScanRun): readonly Rule[] {
  return rules.rules.filter(({ severity }) => gravityOf(severity) >= gravityOf(minSeverity));
}

/** On a terminal only, and not between lines that appear on the same one. */
function progressFor({ format, quiet, output }: ScanRun, meter: ReadMeter, io: Console): Progress {
  const linesAppear = io.stdout.isTTY === true && output === null && STREAMING.includes(format);
  if (quiet || linesAppear || !isWatched(2)) return NO_PROGRESS;
  const lineAt = (elapsed: number): string => progressLine(meter, elapsed);
  return showProgress(lineAt, realTicker, async () =>
    canShowProgress(io) ? (await import('../spinner.ts')).openSpinner(io.stderr) : null,
  );
}

function judge(
  event: ScanEvent | FindingLines,
  { failOn }: ScanRun,
  seen: { failing: boolean; errors: boolean },
): void {
  if (event.type === 'error') seen.errors = true;
  if ((event.type !== 'finding' && event.type !== 'lines') || failOn === 'never') return;
  const severity = event.type === 'lines' ? event.gravest : event.severity;
  seen.failing ||= gravityOf(severity) >= gravityOf(failOn);
}

/** Between two states of the progress line. */
function say(lines: readonly string[], progress: Progress, io: Console): void {
  if (lines.length === 0) return;
  progress.hide();
  for (const line of lines) io.say(line);
  progress.show();
}

/** What standard error is told of an event. */
function wordsAbout(event: ScanEvent): readonly string[] {
  if (event.type === 'error') return [`oclog: ${event.path}: ${event.message}`];
  if (event.type !== 'summary') return [];
  return event.notes.map(({ path, message }) => `oclog: ${path}: note: ${message}`);
}
