// Findings -> lines of NDJSON, in blocks: those of known records from templates, all others as they are.
import type { Finding, Severity } from '../../findings/finding.ts';
import { gravityOf } from '../../findings/finding.ts';
import { type FindingLines, lineNumbers } from '../../findings/finding-lines.ts';
import { guard } from '../../findings/redact.ts';
import { serialise } from '../../findings/serialise.ts';
import { type BlockPool, FULL_BLOCK } from './block-pool.ts';
import type { KnownRecord } from './known-record.ts';
import type { Template } from './template.ts';

const LINE_KEY = '","line":';

export class LineWriter {
  readonly #pool: BlockPool;
  #block: Buffer = Buffer.alloc(0);
  #at = 0;
  #places: number[] = [];
  #codes = new Map<string, number>();
  #gravest: Severity = 'info';

  constructor(pool: BlockPool) {
    this.#pool = pool;
  }

  get isFull(): boolean {
    return this.#at >= FULL_BLOCK;
  }

  /** `filled`: its line. The line numbers stand at these places in it. */
  addKnown(
    filled: Buffer,
    numbersFrom: number,
    numbersTo: number,
    { code, severity }: Template,
    { position: { line, endLine } }: KnownRecord,
  ): void {
    this.#need(filled.length);
    const at = this.#at;
    this.#block.set(filled, at);
    this.#at = at + filled.length;
    this.#places.push(at + numbersFrom, at + numbersTo, line, endLine);
    this.#count(code, severity);
  }

  add(finding: Finding): void {
    const { line, endLine } = finding.source;
    const text = guard(serialise(finding));
    const numbers = lineNumbers(line, endLine);
    // Quotes within a string are escaped, so the first place that reads so is the right one.
    const mark = LINE_KEY + numbers;
    const at = text.indexOf(mark);
    if (at < 0) throw new Error(`line ${line} is not told in the finding ${finding.id}`);
    this.#need((text.length + 1) * 3);
    const to = this.#at + this.#block.write(text.slice(0, at + mark.length), this.#at);
    const from = to - numbers.length;
    this.#at = to + this.#block.write(`${text.slice(at + mark.length)}\n`, to);
    this.#places.push(from, to, line, endLine);
    this.#count(finding.code, finding.severity);
  }

  /** What was written since it was asked last; `null` if that is nothing. */
  take(): FindingLines | null {
    if (this.#at === 0) return null;
    const lines: FindingLines = {
      type: 'lines',
      bytes: this.#block.subarray(0, this.#at) as Uint8Array<ArrayBuffer>,
      places: this.#places,
      codes: [...this.#codes],
      gravest: this.#gravest,
    };
    // Whoever takes it may hand it to another thread.
    this.#block = Buffer.alloc(0);
    this.#at = 0;
    this.#places = [];
    this.#codes = new Map();
    this.#gravest = 'info';
    return lines;
  }

  #count(code: string, severity: Severity): void {
    this.#codes.set(code, (this.#codes.get(code) ?? 0) + 1);
    if (gravityOf(severity) > gravityOf(this.#gravest)) this.#gravest = severity;
  }

  #need(size: number): void {
    const least = this.#at + size;
    if (this.#block.length >= least) return;
    const block = this.#pool.take(least);
    block.set(this.#block.subarray(0, this.#at));
    this.#block = block;
  }
}
