// `oclog check`: one run of a monitoring plugin, or of a cron job. Whatever goes wrong, it says UNKNOWN and why.
import type { CheckAnswer, Trouble } from '../../alerts/answer.ts';
import type { Outbox } from '../../alerts/outbox/outbox.ts';
import { check } from '../../app/check.ts';
import type { CheckSettings } from '../../app/check-settings.ts';
import type { Given } from '../../config/flag.ts';
import { KnownError, UsageError } from '../../lib/errors.ts';
import { openLog } from '../../lib/log.ts';
import { CheckDelivery } from '../check-delivery.ts';
import { type CheckPlace, placeCheck, planCheck, unplaced } from '../check-run.ts';
import { unknownAnswer } from '../check-unknown.ts';
import type { Console } from '../console.ts';
import { textOf } from '../given.ts';
import { withAlertConfig } from '../given-config.ts';
import { openOutbox } from '../outbox.ts';
import { Output } from '../output.ts';

export { explainToMonitor } from '../check-fault.ts';

/** Yields the exit status: 0 to 3, and no other. */
export async function runCheck(words: readonly string[], typed: Given, io: Console): Promise<number> {
  io.expectSignal();
  const place = await placeCheck(words, typed, io.env).catch((error: unknown) => {
    if (error instanceof KnownError) return error;
    throw error;
  });
  if (place instanceof KnownError) return await sayUnplaced(place, words, typed, io);
  if (typed['reset'] === true || typed['show-state'] === true)
    return (await import('../check-state.ts')).runOnState(place, typed, io);
  const delivery = new CheckDelivery(place, typed, io);
  try {
    const { given, channels, alerting, files } = await withAlertConfig(typed, io.env);
    const now = Date.now();
    const outbox = openOutbox(place.stateDir, channels, textOf(given, 'host'));
    const { settings, format, textfile, logLevel } = await planCheck(
      place,
      given,
      now,
      () => io.signal.aborted,
      { alerting, outbox },
    );
    if (format !== 'nagios' && given['cron'] === true)
      throw new UsageError(`--cron is for people, and --format ${format} for programs`, {
        hint: 'leave one of them out',
      });
    delivery.speak(format);
    const log = await openLog(logLevel);
    let answered: CheckAnswer | null = null;
    const answer = await check(place.logs, settings, {
      finding: async (finding) => {
        log.debug({ id: finding.id }, 'finding');
        await delivery.report(finding);
      },
      answer: async (one) => {
        const unwritten = textfile === null ? [] : await writeTextfile(textfile, one, place, settings, now);
        await delivery.deliver(
          unwritten.length === 0
            ? one
            : { ...one, status: 'UNKNOWN', troubles: [...one.troubles, ...unwritten] },
        );
        answered = one;
      },
      rest: async (logs) => {
        const isIdle = !(await outbox.isBusy(answered?.open ?? []));
        if (isIdle && format === 'nagios' && textfile === null)
          await delivery.keep(logs, given, [...files, ...outbox.folders]);
      },
    });
    log.info({ status: answer.status, bytes: answer.bytes }, 'check done');
    // The state is written: from here on nothing that fails is lost, and the next run says so.
    if (!settings.dryRun) log.info(await send(outbox, answer, settings, now), 'notices delivered');
  } catch (error) {
    // Once the line was said, or could not be, what is left is for whoever reads the journal.
    if (delivery.isOver || !(error instanceof KnownError)) return delivery.failed(error);
    await delivery.deliver(unknownAnswer(error));
  }
  return delivery.status ?? 3;
}

/** Nobody knows which log is meant; with `--cron` that is news once, too. */
async function sayUnplaced(
  problem: KnownError,
  words: readonly string[],
  typed: Given,
  io: Console,
): Promise<number> {
  const delivery = new CheckDelivery(unplaced(words, typed, io.env), typed, io);
  try {
    await delivery.deliver(unknownAnswer(problem));
  } catch (error) {
    return delivery.failed(error);
  }
  return delivery.status ?? 3;
}

/** As long as a monitoring system that waits for the end of the run can spare. */
const SEND_MS = 8000;
const LEAST_SEND_MS = 1000;

async function send(
  outbox: Outbox,
  { open, advice }: CheckAnswer,
  { deadlineMs }: CheckSettings,
  begun: number,
): Promise<object> {
  const now = Date.now();
  const wanted = deadlineMs === null ? SEND_MS : Math.min(SEND_MS, begun + deadlineMs - now);
  return outbox.deliver({ deadline: now + Math.max(LEAST_SEND_MS, wanted), open, advice });
}

/**
 * The numbers of a memory that cannot be used are not known: then the file stays as it is, and grows old. One that cannot
 * be written hides no fault: the memory keeps the numbers for the next run.
 */
async function writeTextfile(
  path: string,
  answer: CheckAnswer,
  { logs, name }: CheckPlace,
  { scan, dryRun }: CheckSettings,
  now: number,
): Promise<readonly Trouble[]> {
  if (answer.totals === null || dryRun) return [];
  const { textfileOf } = await import('../../reports/textfile.ts');
  const options = { rules: scan.rules.rules, logs, name, outbox: answer.outbox, now };
  try {
    const output = await Output.toFile(path);
    await output.write(textfileOf(answer, answer.totals, options));
    await output.end();
  } catch (error) {
    if (error instanceof KnownError) return unknownAnswer(error).troubles;
    throw error;
  }
  return [];
}
