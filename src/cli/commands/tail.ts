// `oclog tail`: findings as they happen, until a signal or the end of standard input; what happens to the logs goes to
// standard error, or, for programs, between the findings.
import { type TailEvent, tail } from '../../app/tail.ts';
import { type MessageEvent, tailMessages } from '../../app/tail-messages.ts';
import type { Given } from '../../config/flag.ts';
import { speaksUnicode, wantsColor } from '../../lib/color.ts';
import { openLog } from '../../lib/log.ts';
import { type LiveReport, openLiveReport } from '../../reports/live.ts';
import { LiveRules } from '../../rules/live.ts';
import { type Console, canShowProgress } from '../console.ts';
import { openDelivery } from '../delivery.ts';
import { noteFor } from '../live-notes.ts';
import { ClosedPipe } from '../output.ts';
import { NO_PROGRESS, type Progress, realTicker, showProgress } from '../progress.ts';
import { reloaderOf } from '../reload.ts';
import { SilenceWatch } from '../silence-watch.ts';
import { openService } from '../systemd.ts';
import { planTail, type TailRun } from '../tail-run.ts';
import { TailStatusLine } from '../tail-status.ts';

/** A line that nobody waits for costs the less, the less it moves. */
const SPINNER_MS = 500;

type LiveEvent = TailEvent | MessageEvent;

export async function runTail(words: readonly string[], given: Given, io: Console): Promise<number> {
  const isTerminal = io.stdout.isTTY === true;
  const plan = await planTail(words, given, Date.now(), isTerminal);
  const report = openLiveReport(plan.format, {
    color: wantsColor(plan.color, io.env, isTerminal && plan.output === null && !plan.confirm),
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
  const rules = new LiveRules(plan.options.rules);
  const meter = { total: null, read: 0 };
  const delivery = await openDelivery(plan, io);
  const service = openService(plan.paths, meter, io);
  io.onHangup(reloaderOf(rules, plan.rulePaths, delivery));
  await delivery.ready();
  const silence = new SilenceWatch((message) => {
    progress.hide();
    delivery.note({ message, priority: 4 });
    progress.show();
  });
  for await (const event of eventsOf({ ...plan, options: { ...plan.options, rules, meter } }, io)) {
    log.debug({ event: event.type }, 'tail event');
    const text = textOf(event, report);
    const note = noteFor(event, plan.format);
    const isShown = text !== '' || note !== null;
    if (isShown) progress.hide();
    await delivery.deliver(event, text);
    if (note !== null) delivery.note(note);
    if (isShown) progress.show();
    status.take(event);
    if (event.type === 'taken') continue;
    service.observe(event);
    if (event.type === 'status') await silence.take(event, performance.now());
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

function eventsOf(
  { paths, options, streamFormat, confirm }: TailRun,
  { signal }: Console,
): AsyncIterable<LiveEvent> {
  if (streamFormat === 'raw') return tail(paths, { ...options, signal });
  return tailMessages({
    ...options,
    input: process.stdin,
    format: streamFormat,
    takesUnfinished: !confirm,
    signal,
    now: Date.now,
  });
}

function textOf(event: LiveEvent, report: LiveReport): string {
  if (event.type === 'finding') return report.finding(event, performance.now());
  return event.type === 'event' ? report.event(event) : '';
}
