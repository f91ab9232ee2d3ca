// `oclog tail`: findings as they happen, until a signal; what happens to the logs goes to standard error, or, for
// programs, between the findings.
import { type TailEvent, tail } from '../../app/tail.ts';
import type { Given } from '../../config/flag.ts';
import { speaksUnicode, wantsColor } from '../../lib/color.ts';
import type { FollowEvent } from '../../lib/follow-event.ts';
import { openLog } from '../../lib/log.ts';
import { type LiveReport, openLiveReport } from '../../reports/live.ts';
import { type Console, canShowProgress } from '../console.ts';
import { ClosedPipe, Output } from '../output.ts';
import { NO_PROGRESS, type Progress, realTicker, showProgress } from '../progress.ts';
import { SilenceWatch } from '../silence-watch.ts';
import { planTail, type TailRun } from '../tail-run.ts';
import { TailStatusLine } from '../tail-status.ts';

/** A line that nobody waits for costs the less, the less it moves. */
const SPINNER_MS = 500;

export async function runTail(words: readonly string[], given: Given, io: Console): Promise<number> {
  const isTerminal = io.stdout.isTTY === true;
  const plan = await planTail(words, given, Date.now(), isTerminal);
  const report = openLiveReport(plan.format, {
    color: wantsColor(plan.color, io.env, isTerminal),
    columns: io.stdout.columns || 80,
    unicode: speaksUnicode(io.env),
    repeatMs: plan.repeatMs,
  });
  const status = new TailStatusLine();
  const progress = progressFor(plan, status, io);
  io.expectSignal();
  try {
    await deliver(plan, report, status, progress, io);
  } catch (error) {
    progress.stop();
    if (!(error instanceof ClosedPipe)) throw error;
  }
  progress.stop();
  if (!plan.quiet && plan.format !== 'ndjson') io.say(`oclog: followed ${status.summary()}`);
  return 0;
}

async function deliver(
  plan: TailRun,
  report: LiveReport,
  status: TailStatusLine,
  progress: Progress,
  io: Console,
): Promise<void> {
  const log = await openLog(plan.logLevel);
  const output = Output.toStream(io.stdout);
  const say = (message: string): void => {
    if (plan.quiet) return;
    progress.hide();
    io.say(message);
    progress.show();
  };
  const silence = new SilenceWatch(say);
  for await (const event of tail(plan.paths, { ...plan.options, signal: io.signal })) {
    log.debug({ event: event.type }, 'tail event');
    status.take(event);
    if (event.type === 'status') await silence.take(event, performance.now());
    if (event.type === 'event' && plan.format !== 'ndjson') say(wordsAbout(event));
    const text = textOf(event, report);
    if (text === '') continue;
    progress.hide();
    await output.write(text);
    // At once: whoever follows a log waits for it.
    await output.flush();
    progress.show();
  }
}

function progressFor({ quiet }: TailRun, status: TailStatusLine, io: Console): Progress {
  if (quiet || !canShowProgress(io)) return NO_PROGRESS;
  return showProgress(
    () => status.line(io.stderr.columns ?? 80),
    realTicker,
    async () => (await import('../spinner.ts')).openSpinner(io.stderr, SPINNER_MS),
  );
}

function textOf(event: TailEvent, report: LiveReport): string {
  if (event.type === 'finding') return report.finding(event, performance.now());
  return event.type === 'event' ? report.event(event) : '';
}

function wordsAbout({ path, event, offset, detail }: FollowEvent): string {
  const where = event === 'following' || event === 'missing' ? '' : ` at byte ${offset}`;
  return `oclog: ${path}: ${event}${where}: ${detail}`;
}
