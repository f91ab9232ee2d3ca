// `oclog scan`: everything once, reported, with an exit status that says what was found and what was not read.
import { scan } from '../../app/scan.ts';
import type { Given } from '../../config/flag.ts';
import { SEVERITIES } from '../../findings/finding.ts';
import type { ScanEvent, ScanSummary } from '../../findings/scan-event.ts';
import { wantsColor } from '../../lib/color.ts';
import { openLog } from '../../lib/log.ts';
import { openReport } from '../../reports/report.ts';
import type { Console } from '../console.ts';
import { ClosedPipe, Output } from '../output.ts';
import { planScan, type ScanRun } from '../scan-run.ts';

export async function runScan(paths: readonly string[], given: Given, io: Console): Promise<number> {
  const plan = await planScan(paths, given, Date.now());
  const log = await openLog(plan.logLevel);
  const color = wantsColor(plan.color, io.env, io.stdout.isTTY === true);
  const report = await openReport(plan.format, { color });
  const output = new Output(io.stdout);
  const seen = { failing: false, errors: false };
  try {
    for await (const event of scan(plan.paths, { ...plan.options, signal: io.signal })) {
      log.debug({ event: event.type }, 'scan event');
      note(event, plan, seen, io);
      await output.write(report.take(event));
      if (event.type === 'summary') log.info(event, 'scan done');
    }
    await output.write(report.end());
    await output.flush();
  } catch (error) {
    if (error instanceof ClosedPipe) return 0;
    throw error;
  }
  return seen.errors ? 3 : seen.failing ? 1 : 0;
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
