// One content of a log, held open and read as it grows. What it is known by is content, not only its inode: its first
// bytes, and those before the place where reading goes on, which tell that it was rewritten behind our back. What every look
// asks is asked synchronously: the system answers in microseconds, by way of the thread pool in tenths of a millisecond.
import fs, { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { HEAD_BYTES, headOf, isSameHead, LEAST_HEAD, MARKER_BYTES } from '../identity.ts';

const READ_BYTES = 128 * 1024;
/** So much of a quick writer's log at a time: its name must be looked at too. */
const MOST_READS = 256;
const LF = 0x0a;

export class Generation {
  readonly id: number;
  readonly path: string;
  /** Device and inode. */
  readonly identity: string;
  readonly #handle: FileHandle;
  readonly #buffer = Buffer.allocUnsafe(MARKER_BYTES + READ_BYTES);
  #head: Buffer = Buffer.alloc(0);
  #marker: Buffer = Buffer.alloc(0);
  #offset = 0;
  #seen = 0;
  #isRewritten = false;

  private constructor(id: number, path: string, identity: string, handle: FileHandle) {
    this.id = id;
    this.path = path;
    this.identity = identity;
    this.#handle = handle;
  }

  /** Throws the system's errors; `EISDIR` and the like come as such. */
  static async open(id: number, path: string): Promise<Generation> {
    // Without blocking: the name may have become a pipe's.
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const status = await handle.stat({ bigint: true });
      if (!status.isFile()) throw Object.assign(new Error('is no regular file'), { code: 'EISDIR' });
      const generation = new Generation(id, path, `${status.dev}:${status.ino}`, handle);
      generation.#seen = Number(status.size);
      await generation.#readHead();
      return generation;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** The same open file with other content, read from its beginning. The old object must not be used any more. */
  async rewritten(id: number): Promise<Generation> {
    const next = new Generation(id, this.path, this.identity, this.#handle);
    next.#seen = next.#size();
    await next.#readHead();
    return next;
  }

  /** This file read on from where `other` was. This object must not be used any more. */
  inPlaceOf(other: Generation): Generation {
    const next = new Generation(other.id, this.path, this.identity, this.#handle);
    next.#head = this.#head;
    next.#offset = other.#offset;
    next.#marker = other.#marker;
    next.#seen = this.#seen;
    return next;
  }

  get offset(): number {
    return this.#offset;
  }

  get head(): Buffer {
    return this.#head;
  }

  /** The bytes before `offset`. */
  get marker(): Buffer {
    return this.#marker;
  }

  /** Bytes that are known to have been written and were not read. */
  get unread(): number {
    return Math.max(0, this.#seen - this.#offset);
  }

  get size(): number {
    return this.#seen;
  }

  /** Whether what was read, or seen of its head, is no longer there. */
  get isRewritten(): boolean {
    return this.#isRewritten;
  }

  /** How much is written by now; 0 if that cannot be told. */
  get written(): number {
    try {
      return this.#size();
    } catch {
      return 0;
    }
  }

  /** What was written since, up to `end`, or much of it; nothing if `isRewritten`. Throws the system's errors. */
  async *fresh(end = Number.POSITIVE_INFINITY): AsyncGenerator<Buffer> {
    const size = this.#size();
    if (!this.#hasHead() || size < this.#head.length) this.#isRewritten = true;
    if (this.#isRewritten) return;
    for (let reads = 0; reads < MOST_READS; reads += 1) {
      const chunk = this.#read(size, end);
      if (chunk === null) return;
      yield chunk;
      // What came meanwhile is for the next look, which is near.
      if (this.#offset >= Math.min(size, end)) return;
    }
  }

  /** All that is written by now, however much; what is written meanwhile may be left. */
  async *rest(): AsyncGenerator<Buffer> {
    const end = this.#size();
    let before: number;
    do {
      before = this.#offset;
      yield* this.fresh();
    } while (this.#offset > before && this.#offset < end);
  }

  #read(size: number, end: number): Buffer | null {
    if (size < this.#offset) {
      this.#isRewritten = true;
      return null;
    }
    const before = this.#marker.length;
    const length = before + Math.min(READ_BYTES, Math.max(0, Math.min(size, end) - this.#offset));
    const bytesRead = fs.readSync(this.#handle.fd, this.#buffer, 0, length, this.#offset - before);
    const fresh = Buffer.from(this.#buffer.subarray(before, bytesRead));
    if (
      !this.#buffer.subarray(0, Math.min(before, bytesRead)).equals(this.#marker) ||
      !this.#agreesWithHead(fresh)
    ) {
      this.#isRewritten = true;
      return null;
    }
    this.#seen = size;
    if (fresh.length === 0) return null;
    this.#advance(fresh);
    return fresh;
  }

  /** Whether this, read to where `other` was, holds the same: a copy of it that took its place. */
  continues({ offset, marker, head }: Generation): boolean {
    if (offset < LEAST_HEAD || !isSameHead(this.#head, head) || this.#size() < offset) return false;
    return this.#holds(marker, offset - marker.length);
  }

  /** Whether it was neither cut nor overwritten since it was read. */
  isUncut(): boolean {
    return this.#holds(this.#head, 0) && this.#holds(this.#marker, this.#offset - this.#marker.length);
  }

  /** Passes over what lies before `offset`, which must be the beginning of a line; returns that line's number. */
  async skipTo(offset: number): Promise<number> {
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    let line = 1;
    for (let at = 0; at < offset; ) {
      const length = Math.min(READ_BYTES, offset - at);
      const { bytesRead } = await this.#handle.read(buffer, 0, length, at);
      if (bytesRead === 0) break;
      for (let lf = buffer.indexOf(LF); lf >= 0 && lf < bytesRead; lf = buffer.indexOf(LF, lf + 1)) line += 1;
      at += bytesRead;
    }
    const length = Math.min(MARKER_BYTES, offset);
    const { buffer: marker } = await this.#handle.read(Buffer.alloc(length), 0, length, offset - length);
    this.#marker = marker;
    this.#offset = offset;
    return line;
  }

  /** The beginning of the first line at or behind `offset`; the size if there is none. */
  async lineStart(offset: number): Promise<number> {
    if (offset === 0) return 0;
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    for (let at = offset - 1; ; ) {
      const { bytesRead } = await this.#handle.read(buffer, 0, READ_BYTES, at);
      const lf = buffer.subarray(0, bytesRead).indexOf(LF);
      if (lf >= 0) return at + lf + 1;
      if (bytesRead === 0) return at;
      at += bytesRead;
    }
  }

  async close(): Promise<void> {
    // One that cannot even be closed (a network's file gone stale) is of no use to anybody.
    await this.#handle.close().catch(() => {});
  }

  #size(): number {
    return fs.fstatSync(this.#handle.fd).size;
  }

  /** Stack traces end alike: what stands before a place proves less than what stands at the beginning. */
  #hasHead(): boolean {
    if (this.#offset <= this.#marker.length) return true;
    return this.#holds(this.#head.subarray(0, this.#offset), 0);
  }

  #holds(bytes: Buffer, at: number): boolean {
    const { length } = bytes;
    const found = Buffer.allocUnsafe(length);
    return fs.readSync(this.#handle.fd, found, 0, length, at) === length && found.equals(bytes);
  }

  /** Knows more of the beginning, if more of it was written since. */
  async lookAtHead(): Promise<void> {
    const before = this.#head;
    if (before.length === HEAD_BYTES) return;
    await this.#readHead();
    if (!this.#head.subarray(0, before.length).equals(before)) this.#head = before;
  }

  async #readHead(): Promise<void> {
    const { bytesRead } = await this.#handle.read(this.#buffer, 0, HEAD_BYTES, 0);
    this.#head = headOf(this.#buffer.subarray(0, bytesRead));
  }

  /** The head was looked at before: the content may have been cut since. */
  #agreesWithHead(fresh: Buffer): boolean {
    const seen = this.#head.subarray(this.#offset, this.#offset + fresh.length);
    return fresh.subarray(0, seen.length).equals(seen);
  }

  #advance(fresh: Buffer): void {
    if (this.#head.length < HEAD_BYTES && this.#offset <= this.#head.length) {
      const known = this.#head.subarray(0, this.#offset);
      const head = headOf(Buffer.concat([known, fresh]));
      if (head.length > this.#head.length) this.#head = head;
    }
    const marked = fresh.length >= MARKER_BYTES ? fresh : Buffer.concat([this.#marker, fresh]);
    this.#marker = Buffer.from(marked.subarray(Math.max(0, marked.length - MARKER_BYTES)));
    this.#offset += fresh.length;
  }
}
