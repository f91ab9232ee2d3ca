// Counts what one scan reads and reports, for its summary.

import type { Finding } from '../findings/finding.ts';
import type { FindingLines } from '../findings/finding-lines.ts';
import { type RedactLevel, redactLine } from '../findings/redact.ts';
import type { ScanError, ScanNote, ScanSummary } from '../findings/scan-event.ts';
import { describeProblem, type SourceError } from '../lib/errors.ts';
import { ticks } from '../lib/ticks.ts';
import type { Outside } from './time-window.ts';

/** Notes beyond this many would only repeat what the first ones say. */
const MAX_NOTES = 100;

export class Tally {
  readonly #started = ticks();
  readonly #byCode = new Map<string, number>();
  readonly #notes: ScanNote[] = [];
  readonly #redaction: RedactLevel;
  #findings = 0;
  #errors = 0;
  #outside: Outside | null = null;
  inputs = 0;
  bytes = 0;
  lines = 0;
  /** Whether anything was a record, and not only of a time that was not asked for. */
  recognised = false;

  constructor(redaction: RedactLevel) {
    this.#redaction = redaction;
  }

  countFindings(found: Finding | FindingLines): void {
    const codes = found.type === 'finding' ? ([[found.code, 1]] as const) : found.codes;
    for (const [code, count] of codes) {
      this.#findings += count;
      this.#byCode.set(code, (this.#byCode.get(code) ?? 0) + count);
    }
  }

  /** Of the inputs that the time asked for leaves out, the last one matters if nothing else was read. */
  passOver(outside: Outside): void {
    this.#outside = outside;
  }

  note({ path, message }: ScanNote): void {
    if (this.#notes.length >= MAX_NOTES) return;
    this.#notes.push({ path: redactLine(path, this.#redaction), message });
  }

  *errorsOf(problems: readonly SourceError[]): Generator<ScanError> {
    for (const problem of problems) {
      this.#errors += 1;
      yield {
        type: 'error',
        schemaVersion: 1,
        path: redactLine(problem.path, this.#redaction),
        message: redactLine(describeProblem(problem), this.#redaction),
      };
    }
  }

  summary(interrupted: boolean): ScanSummary {
    if (!this.recognised && this.#outside !== null) this.note(this.#outside);
    return {
      type: 'summary',
      schemaVersion: 1,
      inputs: this.inputs,
      bytes: this.bytes,
      lines: this.lines,
      recognised: this.recognised,
      findings: this.#findings,
      byCode: Object.fromEntries([...this.#byCode].sort(([a], [b]) => (a < b ? -1 : 1))),
      errors: this.#errors,
      durationMs: Math.round(ticks() - this.#started),
      interrupted,
      notes: this.#notes,
    };
  }
}
