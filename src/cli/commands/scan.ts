// `oclog scan`: everything once, reported, with an exit status that says what was found and what was not read.
import { scan } from '../../app/scan.ts';
import type { Given } from '../../config/flag.ts';
import { SEVERITIES } from '../../findings/finding.ts';
import type { ScanEvent, ScanSummary } from '../../findings/scan-event.ts';
import { speaksUnicode, wantsColor } from '../../lib/color.ts';
import { openLog } from '../../lib/log.ts';
import { type Format, openReport } from '../../reports/report.ts';
import type { Rule } from '../../rules/rule.ts';
import type { ReadMeter } from '../../sources/source.ts';
import type { Console } from '../console.ts';
import { ClosedPipe, Output } from '../output.ts';
import type { Progress } from '../progress.ts';
import { planScan, type ScanRun } from '../scan-run.ts';
import { version } from '../version.ts';

/** Formats that print as they go. */
const STREAMING: readonly Format[] = ['ndjson', 'brief'];

export async function runScan(paths: readonly string[], given: Given, io: Console): Promise<number> {
  const plan = await planScan(paths, given, Date.now(), io.stdout.isTTY === true);
  const log = await openLog(plan.logLevel);
  const report = await openReport(plan.format, {
    color: wantsColor(plan.color, io.env, io.stdout.isTTY === true && plan.output === null),
    columns: io.stdout.columns || 80,
    unicode: speaksUnicode(io.env),
    checked: checkedRules(plan),
    version: version(),
    now: new Date(),
  });
  const output = plan.output === null ? Output.toStream(io.stdout) : await Output.toFile(plan.output);
  const seen = { failing: false, errors: false };
  const meter: ReadMeter = { total: null, read: 0 };
  const progress = await progressFor(plan, meter, io);
  askForLog(plan, io);
  try {
    const context = plan.format === 'html' ? 3 : 0;
    for await (const event of scan(plan.paths, { ...plan.options, context, meter, signal: io.signal })) {
      log.debug({ event: event.type }, 'scan event');
      if (event.type === 'summary') progress.stop();
      progress.interrupt(() => note(event, plan, seen, io));
      await output.write(report.take(event));
      if (event.type === 'summary') log.info(event, 'scan done');
    }
    await output.write(report.end());
    await output.end();
  } catch (error) {
    progress.stop();
    await output.discard();
    if (error instanceof ClosedPipe) return 0;
    throw error;
  }
  return seen.errors ? 3 : seen.failing ? 1 : 0;
}

/** A scan that waits for what is typed should not look as if it hung. */
function askForLog({ paths }: ScanRun, io: Console): void {
  if (paths.includes('-') && process.stdin.isTTY === true)
    io.say('oclog: reading standard input: paste the log, then press Enter and Ctrl-D');
}

/** What is below the least severity was not looked for. */
function checkedRules({ options: { rules, minSeverity = 'info' } }: ScanRun): readonly Rule[] {
  const least = SEVERITIES.indexOf(minSeverity);
  return rules.rules.filter(({ severity }) => SEVERITIES.indexOf(severity) >= least);
}

/** On a terminal only, and not between lines that appear on the same one. */
async function progressFor(
  { format, quiet, output }: ScanRun,
  meter: ReadMeter,
  io: Console,
): Promise<Progress> {
  const linesAppear = io.stdout.isTTY === true && output === null && STREAMING.includes(format);
  const { NO_PROGRESS, realTicker, showProgress } = await import('../progress.ts');
  // A terminal without a size cannot be cleared line by line.
  const canShow = io.stderr.isTTY === true && (io.stderr.columns ?? 0) > 0;
  if (!canShow || quiet || linesAppear) return NO_PROGRESS;
  return showProgress(meter, realTicker, async () => (await import('../spinner.ts')).openSpinner(io.stderr));
}

function note(
  event: ScanEvent,
  plan: ScanRun,
  seen: { failing: boolean; errors: boolean },
  io: Console,
): void {
  switch (event.type) {
    case 'finding':
      seen.failing ||=
        plan.failOn !== 'never' && SEVERITIES.indexOf(event.severity) >= SEVERITIES.indexOf(plan.failOn);
      break;
    case 'error':
      seen.errors = true;
      if (!plan.quiet) io.say(`oclog: ${event.path}: ${event.message}`);
      break;
    case 'summary':
      if (!plan.quiet) sayNotes(event, io);
  }
}

function sayNotes({ notes }: ScanSummary, io: Console): void {
  for (const { path, message } of notes) io.say(`oclog: ${path}: note: ${message}`);
}
