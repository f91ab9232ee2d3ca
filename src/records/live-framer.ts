// Bytes as they are written -> records: complete ones at the next header, the open one on demand when the log is idle.
// An unfinished line is shown only on demand: half a word would be judged for a whole one.
import { Framer } from './framer.ts';
import { LineSplitter, type LineStart, SLICE } from './lines.ts';
import type { OpenRecord } from './open-record.ts';
import type { LogRecord, RecordLimits } from './record.ts';

/** The records of bytes that are all there. */
export function recordsIn(bytes: Buffer, limits: RecordLimits, start?: LineStart): readonly LogRecord[] {
  const framer = new LiveFramer(limits, start);
  return [...framer.push(bytes), ...framer.end()];
}

export class LiveFramer {
  readonly #splitter: LineSplitter;
  readonly #framer: Framer;
  /** Lines so far; an unfinished one counts at the end. */
  lines = 0;

  constructor(limits: RecordLimits, start?: LineStart) {
    this.#splitter = new LineSplitter(limits.maxBytes, start);
    this.#framer = new Framer(limits);
  }

  /** Where reading has to begin anew to meet everything that is not complete. */
  get place(): LineStart {
    return this.#framer.openStart ?? this.#splitter.place;
  }

  /** The records that these bytes complete. */
  push(chunk: Buffer): readonly LogRecord[] {
    const done: LogRecord[] = [];
    for (let at = 0; at < chunk.length; at += SLICE) {
      const lines = this.#splitter.push(chunk.subarray(at, at + SLICE));
      this.lines += lines.length;
      for (const line of lines) this.#framer.push(line, done);
    }
    return done;
  }

  /** The record that is open, if it is certain that one is. */
  get open(): OpenRecord | null {
    return this.#framer.open;
  }

  /** Whether it cannot be told yet what the last lines belong to. */
  get isUndecided(): boolean {
    return this.#framer.isUndecided;
  }

  /** The open record as far as it is written; what comes later still belongs to it. */
  peek(): LogRecord | null {
    return this.#framer.peek();
  }

  get hasUnfinishedLine(): boolean {
    return this.#splitter.peek() !== null;
  }

  /** All that is written, an unfinished line included, as it would be if nothing more came. */
  peekAll(): readonly LogRecord[] {
    const framer = this.#framer.copy();
    const done: LogRecord[] = [];
    const line = this.#splitter.peek();
    if (line !== null) framer.push(line, done);
    return [...done, ...framer.flush()];
  }

  /** What is left when the log has come to its end. */
  end(): readonly LogRecord[] {
    return [...this.cut(), ...this.#framer.flush()];
  }

  /** What is complete when no more is read of a log that goes on. */
  cut(): readonly LogRecord[] {
    const done: LogRecord[] = [];
    for (const line of this.#splitter.end()) {
      this.lines += 1;
      this.#framer.push(line, done);
    }
    return done;
  }
}
