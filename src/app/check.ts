// One run of a check: what is new in each log since the last one, what it means for the faults that are open, an answer
// for a monitoring system; and only when that was delivered is it remembered.
import { compareGravity, type Incident } from '../alerts/alert.ts';
import type { CheckAnswer, CheckStatus, Trouble } from '../alerts/answer.ts';
import type { Totals } from '../alerts/book.ts';
import type { Settlement } from '../alerts/open-book.ts';
import type { Depth } from '../alerts/outbox/depth.ts';
import { statusOf } from '../alerts/status.ts';
import type { Finding, Severity } from '../findings/finding.ts';
import { StateError } from '../state/problem.ts';
import type { LogRest } from './check-rest.ts';
import type { CheckSettings } from './check-settings.ts';
import { CheckedLog } from './checked-log.ts';

/** Where the run's words go. Whatever it throws leaves the memory as it was. */
export interface CheckSink {
  finding(finding: Finding): Promise<void>;
  /** Resolves when it was delivered. */
  answer(answer: CheckAnswer): Promise<void>;
  /** The next answer would be the same for as long as all of these hold. */
  rest?(logs: readonly LogRest[]): Promise<void>;
}

/** Logs by name, each with a memory of its own. Throws what the sink throws, and `StateError`. */
export async function check(
  paths: readonly string[],
  settings: CheckSettings,
  sink: CheckSink,
): Promise<CheckAnswer> {
  const { world, deadlineMs, isAborted } = settings;
  const now = world.now();
  const isOver = (): boolean => isAborted() || (deadlineMs !== null && world.now() - now >= deadlineMs);
  const logs = paths.map((path) => new CheckedLog(path, settings, now));
  const tally = new FindingTally();
  try {
    for (const log of logs) await log.open();
    for (const log of logs) {
      for await (const finding of log.read(isOver)) {
        tally.count(finding);
        await sink.finding(finding);
      }
    }
    const settlements = logs.map((log) => log.settle());
    for (const log of logs) await log.prepare();
    const depth = await queue(settlements, logs, settings);
    const answer = answerOf(logs, settlements, tally, depth, settings, now);
    await sink.answer(answer);
    for (const log of logs) await log.commit();
    const rests = logs.flatMap(({ rest }) => rest ?? []);
    if (rests.length === logs.length) await sink.rest?.(rests);
    return answer;
  } finally {
    for (const log of logs) await log.close();
  }
}

/**
 * What cannot be queued is to be found again; and what will be found again, because it cannot be remembered, is not queued
 * by every run. Yields what waited before.
 */
async function queue(
  settlements: readonly Settlement[],
  logs: readonly CheckedLog[],
  { outbox }: CheckSettings,
): Promise<Depth | null> {
  try {
    const depth = (await outbox?.depth()) ?? null;
    const remembered = settlements.filter((_, index) => logs[index]?.isPrepared === true);
    await outbox?.enqueue(remembered.flatMap(({ notices }) => notices));
    return depth;
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    for (const log of logs) await log.abandon(error);
    return null;
  }
}

class FindingTally {
  readonly bySeverity: Record<Severity, number> = { info: 0, warning: 0, critical: 0 };
  readonly byCode: Record<string, number> = {};

  count({ severity, code }: Finding): void {
    this.bySeverity[severity] += 1;
    this.byCode[code] = (this.byCode[code] ?? 0) + 1;
  }
}

function answerOf(
  logs: readonly CheckedLog[],
  settlements: readonly Settlement[],
  tally: FindingTally,
  outbox: Depth | null,
  settings: CheckSettings,
  now: number,
): CheckAnswer {
  const books = logs.map(({ book }) => statusOf(book, now));
  const troubles = logs.flatMap((log) => log.troubles);
  const warnings = [...logs.flatMap((log) => ageWarning(log, settings, now)), ...(outbox?.warnings ?? [])];
  const sum = (count: (log: CheckedLog) => number): number =>
    logs.reduce((total, log) => total + count(log), 0);
  const open: readonly Incident[] = books.flatMap((book) => book.open).sort(compareGravity);
  return {
    status: worst(
      troubles,
      warnings,
      books.map(({ status }) => status),
    ),
    troubles,
    warnings,
    notes: [...logs.flatMap((log) => notesOf(log, settings)), ...(outbox?.notes ?? [])],
    outbox,
    open,
    acknowledged: books.reduce((total, { acknowledged }) => total + acknowledged, 0),
    silenced: books.reduce((total, { silenced }) => total + silenced, 0),
    changes: settlements.flatMap(({ changes }) => changes),
    notices: settlements.flatMap(({ notices }) => notices),
    isNews: settlements.some(({ isNews }) => isNews),
    advice: Object.assign({}, ...logs.map(({ book }) => book.advice)),
    findings: tally.bySeverity,
    byCode: tally.byCode,
    bytes: sum(({ bytes }) => bytes),
    lines: sum(({ lines }) => lines),
    inputs: sum(({ inputs }) => inputs),
    durationMs: settings.world.now() - now,
    totals: totalsOf(logs),
  };
}

function totalsOf(logs: readonly CheckedLog[]): Totals | null {
  const findings: Record<string, number> = {};
  let bytes = 0;
  let lines = 0;
  for (const { totals } of logs) {
    if (totals === null) return null;
    for (const [code, count] of Object.entries(totals.findings))
      findings[code] = (findings[code] ?? 0) + count;
    bytes += totals.bytes;
    lines += totals.lines;
  }
  return { findings, bytes, lines };
}

/** Who does not know must say so, whatever else there is to say. */
function worst(
  troubles: readonly Trouble[],
  warnings: readonly string[],
  books: readonly CheckStatus[],
): CheckStatus {
  if (troubles.length > 0) return 'UNKNOWN';
  if (books.includes('CRITICAL')) return 'CRITICAL';
  return warnings.length > 0 || books.includes('WARNING') ? 'WARNING' : 'OK';
}

function ageWarning(log: CheckedLog, { maxAgeMs }: CheckSettings, now: number): readonly string[] {
  const { grewAt, path } = log;
  if (maxAgeMs === null || grewAt === null || now - grewAt < maxAgeMs) return [];
  return [
    `${path} has not grown for ${spanInWords(now - grewAt)}: is VNA running, and does it still write here?`,
  ];
}

function notesOf(log: CheckedLog, { lookbackMs }: CheckSettings): readonly string[] {
  const { passedOver, behind, path, isFirst } = log;
  return [
    ...(passedOver.findings > 0
      ? [
          `${path}: ${passedOver.findings} older findings left out: the first run looks back ${spanInWords(lookbackMs)} (--lookback)`,
        ]
      : isFirst
        ? [`${path}: first run, looked back ${spanInWords(lookbackMs)} (--lookback)`]
        : []),
    ...(behind > 0 ? [`${path}: time was up; the next run goes on with at least ${behind} bytes`] : []),
  ];
}

function spanInWords(ms: number): string {
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`;
  if (ms < 2 * 3_600_000) return `${Math.round(ms / 60_000)} min`;
  return ms <= 2 * 86_400_000 ? `${Math.round(ms / 3_600_000)} h` : `${Math.round(ms / 86_400_000)} days`;
}
