// `oclog tail`: findings as they happen, until a signal; what happens to the logs goes to standard error, or, for
// programs, between the findings.
import { type TailEvent, tail } from '../../app/tail.ts';
import type { Given } from '../../config/flag.ts';
import { speaksUnicode, wantsColor } from '../../lib/color.ts';
import type { FollowEvent } from '../../lib/follow-event.ts';
import { openLog } from '../../lib/log.ts';
import { type LiveReport, openLiveReport } from '../../reports/live.ts';
import type { Console } from '../console.ts';
import { ClosedPipe, Output } from '../output.ts';
import { planTail, type TailRun } from '../tail-run.ts';

export async function runTail(words: readonly string[], given: Given, io: Console): Promise<number> {
  const isTerminal = io.stdout.isTTY === true;
  const plan = await planTail(words, given, Date.now(), isTerminal);
  const report = openLiveReport(plan.format, {
    color: wantsColor(plan.color, io.env, isTerminal),
    columns: io.stdout.columns || 80,
    unicode: speaksUnicode(io.env),
    repeatMs: plan.repeatMs,
  });
  io.expectSignal();
  try {
    await deliver(plan, report, Output.toStream(io.stdout), io);
  } catch (error) {
    if (!(error instanceof ClosedPipe)) throw error;
  }
  return 0;
}

async function deliver(plan: TailRun, report: LiveReport, output: Output, io: Console): Promise<void> {
  const log = await openLog(plan.logLevel);
  for await (const event of tail(plan.paths, { ...plan.options, signal: io.signal })) {
    log.debug({ event: event.type }, 'tail event');
    await output.write(textOf(event, report));
    if (event.type === 'event' && plan.format !== 'ndjson' && !plan.quiet) io.say(wordsAbout(event));
    // At once: whoever follows a log waits for it.
    await output.flush();
  }
  await output.end();
}

function textOf(event: TailEvent, report: LiveReport): string {
  if (event.type === 'finding') return report.finding(event, performance.now());
  return event.type === 'event' ? report.event(event) : '';
}

function wordsAbout({ path, event, offset, detail }: FollowEvent): string {
  const where = event === 'following' || event === 'missing' ? '' : ` at byte ${offset}`;
  return `oclog: ${path}: ${event}${where}: ${detail}`;
}
