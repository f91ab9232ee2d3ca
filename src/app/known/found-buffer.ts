// What was found and not yet handed on: findings, or the lines that they are printed as.
import type { Finding } from '../../findings/finding.ts';
import type { FindingLines } from '../../findings/finding-lines.ts';
import type { BlockPool } from './block-pool.ts';
import { LineWriter } from './line-writer.ts';

export class FoundBuffer {
  /** `null` where findings are handed on as they are. */
  readonly lines: LineWriter | null;
  #findings: Finding[] = [];

  constructor(asLines: boolean, pool: BlockPool) {
    this.lines = asLines ? new LineWriter(pool) : null;
  }

  /** Lines wait for company. */
  get isFull(): boolean {
    return this.lines === null ? this.#findings.length > 0 : this.lines.isFull;
  }

  add(finding: Finding): void {
    if (this.lines === null) this.#findings.push(finding);
    else this.lines.add(finding);
  }

  *take(): Generator<Finding | FindingLines> {
    const lines = this.lines?.take() ?? null;
    if (lines !== null) yield lines;
    if (this.#findings.length > 0) yield* this.#findings.splice(0);
  }
}
