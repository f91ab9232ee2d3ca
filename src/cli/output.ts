// Where a report goes: standard output, or a file that is written whole or not at all. Back-pressure is kept, and a
// closed pipe is told apart from a full disk.
import type { LentLines } from '../findings/finding-lines.ts';
import { guard } from '../findings/redact.ts';
import { SinkError, systemCode } from '../lib/errors.ts';
import { ticks } from '../lib/ticks.ts';
import { asItIs } from './console.ts';
import { appendingSink, fileSink } from './file-sinks.ts';
import type { Sink } from './sink.ts';
import type { OutputStream } from './standard-output.ts';

/** The reader of standard output went away (`| head`): no fault, and nothing more to do. */
export class ClosedPipe extends Error {}

const BLOCK = 64 * 1024;
/** A finding on a quiet log should not wait for the block to fill. */
const LONGEST_WAIT_MS = 200;
/** Blocks of lines that may be on their way while the next one is made. */
const MOST_BEHIND = 8;

type Fit = (text: string) => string;

/** Writes in blocks; throws `ClosedPipe` or `SinkError`. */
export class Output {
  readonly #sink: Sink;
  #pending = '';
  #lastFlush = ticks();
  /** Blocks on their way, in order. */
  #behind: Promise<void>[] = [];

  private constructor(sink: Sink) {
    this.#sink = sink;
  }

  /** `fitted` makes text fitted what the stream leads to. */
  static toStream(stream: OutputStream, fitted: Fit): Output {
    return new Output(streamSink(stream, fitted));
  }

  static async toFile(path: string): Promise<Output> {
    return new Output(await fileSink(path));
  }

  /** Adds to a file; what was flushed is on the disk. */
  static async toAppended(path: string): Promise<Output> {
    return new Output(await appendingSink(path));
  }

  async write(text: string): Promise<void> {
    this.#pending += text;
    if (this.#pending.length >= BLOCK || ticks() - this.#lastFlush >= LONGEST_WAIT_MS) await this.#flush();
  }

  /**
   * A block of whole lines, which had their last look before they became bytes; given back when it is written. Whoever is
   * faster than the reader waits. What fails is thrown here, or by whatever is called next.
   */
  async writeLines(lines: LentLines): Promise<void> {
    if (this.#pending !== '') await this.#flush();
    const written = this.#writeBehind(this.#sink.keepsOrder ? undefined : this.#behind.at(-1), lines);
    // To be met where it is waited for.
    written.catch(() => undefined);
    this.#behind.push(written);
    if (this.#behind.length > MOST_BEHIND) await this.#behind.shift();
  }

  /** Hands over what was written so far. */
  async flush(): Promise<void> {
    await this.#flush();
  }

  /** Hands over what is left; a file appears now. */
  async end(): Promise<void> {
    await this.#flush();
    await this.#sink.end();
  }

  /** After a fault: a file that was begun goes away, what was there before stays. */
  async discard(): Promise<void> {
    await Promise.allSettled(this.#behind);
    await this.#sink.discard();
  }

  async #flush(): Promise<void> {
    const text = this.#pending;
    this.#pending = '';
    this.#lastFlush = ticks();
    for (const written of this.#behind.splice(0)) await written;
    if (text !== '') await this.#sink.write(guard(text));
  }

  async #writeBehind(before: Promise<void> | undefined, lines: LentLines): Promise<void> {
    await before;
    const { buffer, byteOffset, length } = lines.bytes;
    await this.#sink.write(Buffer.from(buffer, byteOffset, length));
    lines.giveBack();
  }
}

function streamSink(stream: OutputStream, fitted: Fit): Sink {
  // Every failed write reports through its callback; without a listener the event would end the process.
  stream.on('error', () => undefined);
  return {
    keepsOrder: true,
    write: (text) =>
      new Promise((resolve, reject) => {
        // Bytes are decoded only where something else may come of them.
        const fit = fitted === asItIs ? text : fitted(textOf(text));
        stream.write(fit, (error) => (error ? reject(streamFault(error)) : resolve()));
      }),
    end: async () => undefined,
    discard: async () => undefined,
  };
}

function textOf(text: string | Buffer): string {
  return typeof text === 'string' ? text : text.toString();
}

function streamFault(error: Error): Error {
  const code = systemCode(error);
  if (code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED') return new ClosedPipe();
  return new SinkError(`standard output could not be written: ${error.message}`, { cause: error });
}
