// The bytes of a file that is open, from one place to another: in chunks, or by blocks into memory of the caller's. Knows
// that files grow and shrink while they are read.
import { fstatSync, read, readSync } from 'node:fs';
import { SourceError } from '../lib/errors.ts';
import { fileProblem } from './file-problem.ts';
import type { BlockReader, ReadMeter } from './source.ts';

const BUFFER_SIZE = 256 * 1024;

/** What is to be read of a file, and how far that has come. */
export class Extent {
  readonly path: string;
  readonly #to: number;
  readonly #sizeAtOpen: number;
  #end: number;
  #isExtended: boolean;
  position: number;

  constructor(path: string, from: number, to: number, sizeAtOpen: number) {
    this.path = path;
    this.position = from;
    this.#to = to;
    this.#sizeAtOpen = sizeAtOpen;
    // Files of size 0 may be generated while they are read, as those in /proc are.
    this.#end = Math.min(to, sizeAtOpen === 0 ? Number.POSITIVE_INFINITY : sizeAtOpen);
    this.#isExtended = this.#end === to;
  }

  /** Bytes left behind so many more, as far as is known. */
  leftBehind(bytes: number): number {
    return Math.max(0, this.#end - this.position - bytes);
  }

  /** Bytes left; 0 at the end. That is looked up once more when it is reached, then no more: a busy writer is not chased for ever. */
  left(fd: number): number {
    if (this.position >= this.#end && !this.#isExtended) {
      this.#isExtended = true;
      this.#end = Math.min(this.#to, fstatSync(fd).size);
    }
    return this.leftBehind(0);
  }

  /** Nothing more came. */
  close(): void {
    if (this.position >= Math.min(this.#to, this.#sizeAtOpen)) return;
    throw new SourceError(
      this.path,
      `shrank while it was read, from ${this.#sizeAtOpen} to ${this.position} bytes`,
      { hint: 'scan again; a log that is truncated in place loses lines' },
    );
  }

  problem(error: unknown): unknown {
    return fileProblem(this.path, error, `after ${this.position} bytes`);
  }
}

/** The bytes in chunks, each of which is overwritten by the next but one; `meter` counts them. */
export async function* readBytes(fd: number, extent: Extent, meter?: ReadMeter): AsyncGenerator<Buffer> {
  const size = Math.min(BUFFER_SIZE, Math.max(1, extent.left(fd)));
  let [buffer, other]: [Buffer, Buffer | null] = [Buffer.allocUnsafe(size), null];
  for (let left = extent.left(fd); left > 0; left = extent.left(fd)) {
    const count = await orProblem(extent, readAt(fd, extent.position, buffer, Math.min(size, left)));
    if (count === 0) break;
    extent.position += count;
    if (meter !== undefined) meter.read += count;
    yield buffer.subarray(0, count);
    [buffer, other] = [other ?? Buffer.allocUnsafe(size), buffer];
  }
  extent.close();
}

async function orProblem(extent: Extent, reading: Promise<number>): Promise<number> {
  try {
    return await reading;
  } catch (error) {
    throw extent.problem(error);
  }
}

function readAt(fd: number, place: number, buffer: Buffer, length: number): Promise<number> {
  return new Promise((resolve, reject) => {
    read(fd, buffer, 0, length, place, (error, count) => (error === null ? resolve(count) : reject(error)));
  });
}

/** What is read while the thread goes on. */
interface Ahead {
  readonly place: number;
  readonly length: number;
  readonly reading: Promise<number>;
}

/** The bytes by blocks. */
export function readBlocks(
  fd: number,
  extent: Extent,
  meter: ReadMeter | undefined,
  close: () => Promise<void>,
): BlockReader {
  const fill = (target: Buffer, done = 0): number => {
    const length = Math.min(target.length, extent.left(fd)) - done;
    try {
      return length <= 0 ? 0 : readSync(fd, target, done, length, extent.position + done);
    } catch (error) {
      throw extent.problem(error);
    }
  };
  const taken = (count: number): number => {
    extent.position += count;
    if (meter !== undefined) meter.read += count;
    if (count === 0) extent.close();
    return count;
  };
  const ahead: Ahead[] = [];
  return {
    peek(length) {
      const target = Buffer.allocUnsafe(length);
      let done = 0;
      try {
        // A file system may hand out less than it was asked for, and whoever peeks takes less for the end.
        for (let count = fill(target); count > 0; count = fill(target, done)) done += count;
      } catch (error) {
        // What fails behind some bytes is told to whoever comes to read there.
        if (done === 0) throw error;
      }
      return target.subarray(0, done);
    },
    read: (target) => taken(fill(target)),
    readAhead(target) {
      const asked = ahead.reduce((sum, { length }) => sum + length, 0);
      const place = extent.position + asked;
      const length = Math.min(target.length, extent.leftBehind(asked));
      const reading = length === 0 ? Promise.resolve(0) : readAt(fd, place, target, length);
      // A failure waits, handled, until its turn comes.
      reading.catch(() => {});
      ahead.push({ place, length, reading });
    },
    async nextAhead(target) {
      const [first] = ahead;
      // Even if it is of no use it writes to the target until it is over.
      await first?.reading.catch(() => {});
      ahead.shift();
      const left = extent.left(fd);
      // Behind what came short it would leave a gap; and where nothing was left there may be more by now.
      const isNext =
        first !== undefined && first.place === extent.position && (first.length > 0 || left === 0);
      const reading = isNext
        ? first.reading
        : readAt(fd, extent.position, target, Math.min(target.length, left));
      return taken(await orProblem(extent, reading));
    },
    async close() {
      // The descriptor must not become another file's while it is read.
      await Promise.allSettled(ahead.map(({ reading }) => reading));
      await close();
    },
  };
}
