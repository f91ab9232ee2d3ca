// The part of a log that stands in memory: what was read last, and before it what is still of use of what was read earlier.
import { LineBytes } from './line-bytes.ts';
import type { RecordLimits } from './record.ts';

/** Places are those in `memory`; adding `shift` makes them offsets in the log. */
export class ByteWindow {
  memory: Buffer = Buffer.alloc(0);
  /** What is there begins here, though not with a line. */
  valid = 0;
  /** Where the line begins from which on nothing has been dealt with. */
  at = 0;
  end = 0;
  /** Offset behind all bytes so far. */
  read: number;
  readonly #limits: RecordLimits;

  constructor(offset: number, limits: RecordLimits) {
    this.read = offset;
    this.#limits = limits;
  }

  get shift(): number {
    return this.read - this.end;
  }

  /** Offset of `at`. */
  get offset(): number {
    return this.at + this.shift;
  }

  get lines(): LineBytes {
    return new LineBytes(this.memory, this.shift, this.end, this.#limits);
  }

  /** What is open. */
  get rest(): Buffer {
    return this.memory.subarray(this.at, this.end);
  }

  /** Moves what is open, and `before` bytes before it, to where the next bytes follow. */
  carry(memory: Buffer, inputAt: number, before: number): void {
    const from = Math.max(this.valid, this.at - before);
    const moved = inputAt - this.end;
    this.memory.copy(memory, from + moved, from, this.end);
    this.memory = memory;
    this.valid = from + moved;
    this.at += moved;
    this.end = inputAt;
  }

  /** Bytes that come before all others, and are dealt with. */
  precede(bytes: Buffer): void {
    this.valid = this.end - bytes.length;
    bytes.copy(this.memory, this.valid);
  }

  /** So many bytes were put behind the end. */
  add(count: number): void {
    this.end += count;
    this.read += count;
  }

  /** Nothing before `place` is of use any more. */
  forget(place: number): void {
    this.at = place;
    this.valid = place;
  }
}
