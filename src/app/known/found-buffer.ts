// What was found and not yet handed on: findings, or the lines that they are printed as.
import type { Finding } from '../../findings/finding.ts';
import type { FindingLines } from '../../findings/finding-lines.ts';
import type { ScanContext } from '../../findings/scan-event.ts';
import type { BlockPool } from './block-pool.ts';
import { LineWriter } from './line-writer.ts';

export class FoundBuffer {
  /** `null` where findings are handed on as they are. */
  readonly lines: LineWriter | null;
  #events: (Finding | ScanContext)[] = [];

  constructor(asLines: boolean, pool: BlockPool) {
    this.lines = asLines ? new LineWriter(pool) : null;
  }

  /** Lines wait for company. */
  get isFull(): boolean {
    return this.lines === null ? this.#events.length > 0 : this.lines.isFull;
  }

  add(event: Finding | ScanContext): void {
    if (this.lines === null || event.type === 'context') this.#events.push(event);
    else this.lines.add(event);
  }

  *take(): Generator<Finding | FindingLines | ScanContext> {
    const lines = this.lines?.take() ?? null;
    if (lines !== null) yield lines;
    if (this.#events.length > 0) yield* this.#events.splice(0);
  }
}
