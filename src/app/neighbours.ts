// The records around a finding's, for a report that shows evidence in its surroundings.
import { cleanText } from '../findings/clean.ts';
import type { Finding } from '../findings/finding.ts';
import { type RedactLevel, redact, redactLine } from '../findings/redact.ts';
import type { ScanContext } from '../findings/scan-event.ts';
import type { LogRecord } from '../records/record.ts';
import type { ScanSettings } from './settings.ts';

/** Surroundings are shown for a few examples of a fault; more would only cost time. */
const MAX_OF_A_FAULT = 5;
/** As much of a neighbour as tells what went on. */
const MAX_CHARACTERS = 400;

interface Pending {
  readonly id: string;
  readonly before: readonly string[];
  readonly after: string[];
}

/** Shown every record of one input in order; costs nothing where no context is asked for. */
export class Neighbours {
  readonly #path: string;
  readonly #size: number;
  readonly #redaction: RedactLevel;
  readonly #recent: LogRecord[] = [];
  readonly #shown = new Map<string, number>();
  #pending: Pending[] = [];

  constructor(path: string, { context, redaction }: ScanSettings) {
    this.#path = path;
    this.#size = context;
    this.#redaction = redaction;
  }

  /** Takes a record, before it is judged; yields the contexts that it completes. */
  *meet(record: LogRecord): Generator<ScanContext> {
    if (this.#size === 0) return;
    for (const pending of this.#pending) pending.after.push(this.#show(record));
    const complete = this.#pending.filter(({ after }) => after.length >= this.#size);
    this.#pending = this.#pending.filter(({ after }) => after.length < this.#size);
    for (const pending of complete) yield this.#contextOf(pending);
    this.#recent.push(record);
    if (this.#recent.length > this.#size + 1) this.#recent.shift();
  }

  /** The record met last gave `finding`. */
  awaitFor({ id, fingerprint }: Finding): void {
    const shown = this.#shown.get(fingerprint) ?? 0;
    if (this.#size === 0 || shown >= MAX_OF_A_FAULT) return;
    this.#shown.set(fingerprint, shown + 1);
    const before = this.#recent.slice(0, -1).map((record) => this.#show(record));
    this.#pending.push({ id, before, after: [] });
  }

  /** The contexts that the end of the input leaves with fewer records after them. */
  *end(): Generator<ScanContext> {
    for (const pending of this.#pending) yield this.#contextOf(pending);
    this.#pending = [];
  }

  #contextOf({ id, before, after }: Pending): ScanContext {
    return { type: 'context', id, path: redactLine(this.#path, this.#redaction), before, after };
  }

  #show({ text }: LogRecord): string {
    const shown = redact(cleanText(text), this.#redaction);
    return shown.length > MAX_CHARACTERS ? `${shown.slice(0, MAX_CHARACTERS)}…` : shown;
  }
}
