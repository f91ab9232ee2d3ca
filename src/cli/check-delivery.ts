// Where the words of a check go, and whether they are wanted: cron mails whatever is printed.
import { CHECK_STATUS, type CheckAnswer } from '../alerts/answer.ts';
import type { LogRest } from '../app/check-rest.ts';
import type { Given } from '../config/flag.ts';
import type { Finding } from '../findings/finding.ts';
import { redact } from '../findings/redact.ts';
import { describeProblem, KnownError } from '../lib/errors.ts';
import { CHECK_FORMATS, type CheckFormat } from '../reports/check-format.ts';
import { type CheckReport, openCheckReport } from '../reports/check-report.ts';
import { stateNameOf } from '../state/directory.ts';
import { type TroubleNews, troubleFileOf, troubleNews } from '../state/trouble-memory.ts';
import { type CheckPlace, repeatOf } from './check-run.ts';
import type { Console } from './console.ts';
import { fitterFor } from './console.ts';
import { keepAnswer } from './keep-rest.ts';
import { ClosedPipe, Output } from './output.ts';

/** The format that was typed, for what goes wrong before the configuration is read. */
function formatOf({ format }: Given): CheckFormat {
  return CHECK_FORMATS.find((one) => one === format) ?? 'nagios';
}

/** Says it, if it is news where only that is wanted. */
export class CheckDelivery {
  readonly #place: CheckPlace;
  readonly #given: Given;
  readonly #io: Console;
  readonly #output: Output;
  #report: CheckReport;
  /** Once it was delivered. */
  status: number | null = null;
  #hasFailed = false;
  /** What was said; `null` if that is not what would be said the next time. */
  #said: string | null = null;

  constructor(place: CheckPlace, given: Given, io: Console) {
    this.#place = place;
    this.#given = given;
    this.#io = io;
    this.#output = Output.toStream(io.stdout, fitterFor(io.stdout, io.env));
    this.#report = openCheckReport(formatOf(given), this.#isCron);
  }

  get #isCron(): boolean {
    return this.#given['cron'] === true;
  }

  speak(format: CheckFormat): void {
    this.#report = openCheckReport(format, this.#isCron);
  }

  async report(finding: Finding): Promise<void> {
    const text = this.#report.finding(finding);
    if (text !== '') await this.#print(() => this.#output.write(text));
  }

  get isOver(): boolean {
    return this.status !== null || this.#hasFailed;
  }

  async deliver(answer: CheckAnswer): Promise<void> {
    const isCron = this.#isCron;
    const news = isCron ? await this.#newsOf(answer) : null;
    const isSilent = news !== null && !news.isNews && !answer.isNews;
    const text = isSilent ? '' : this.#report.answer(answer);
    if (!isSilent) await this.#print(() => this.#say(text));
    this.status = isSilent ? 0 : CHECK_STATUS.indexOf(answer.status);
    this.#said = isSilent === isCron ? text : null;
    if (this.#given['dry-run'] !== true) await news?.remember();
  }

  /** For the next run of the same command line. */
  async keep(logs: readonly LogRest[], given: Given, also: readonly string[]): Promise<void> {
    if (this.#said === null || this.status === null) return;
    const { stateDir } = this.#place;
    const troubleFile = troubleFileOf(stateDir, await this.#stateName());
    keepAnswer(logs, { status: this.status, text: this.#said }, { given, also, stateDir, troubleFile });
  }

  /** Yields the exit status. */
  failed(error: unknown): number {
    if (error instanceof KnownError) this.#io.say(redact(`oclog: ${describeProblem(error)}`, 'standard'));
    else if (!(error instanceof ClosedPipe)) throw error;
    return 3;
  }

  async #say(text: string): Promise<void> {
    await this.#output.write(text);
    await this.#output.end();
  }

  async #print(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.#hasFailed = true;
      throw error;
    }
  }

  async #newsOf({ troubles, outbox }: CheckAnswer): Promise<TroubleNews> {
    // Where receivers cannot be told, cron's mail may be all that anyone reads.
    const undelivered = outbox !== null && outbox.dead > 0 ? ['dead letters'] : [];
    const causes = [...troubles.map((trouble) => trouble.cause), ...undelivered];
    const cause = causes.length === 0 ? null : causes.join('\n');
    const repeat = repeatOf(this.#given);
    return troubleNews(this.#place.stateDir, await this.#stateName(), cause, Date.now(), repeat);
  }

  #stateName(): Promise<string> {
    const { logs, name } = this.#place;
    return stateNameOf(logs.join('\n'), name);
  }
}
