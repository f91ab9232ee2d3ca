// Standard output as a sink: back-pressure is kept, a closed pipe is told apart from a full disk.
import type { Writable } from 'node:stream';
import { guard } from '../findings/redact.ts';
import { SinkError, systemCode } from '../lib/errors.ts';

/** The reader of standard output went away (`| head`): no fault, and nothing more to do. */
export class ClosedPipe extends Error {}

const BLOCK = 64 * 1024;
/** A finding on a quiet log should not wait for the block to fill. */
const LONGEST_WAIT_MS = 200;

export class Output {
  readonly #stream: Writable;
  #pending = '';
  #lastFlush = performance.now();

  constructor(stream: Writable) {
    this.#stream = stream;
    // Every failed write reports through its callback; without a listener the event would end the process.
    stream.on('error', () => undefined);
  }

  /** Throws `ClosedPipe` or `SinkError`. */
  async write(text: string): Promise<void> {
    this.#pending += text;
    if (this.#pending.length >= BLOCK || performance.now() - this.#lastFlush >= LONGEST_WAIT_MS)
      await this.flush();
  }

  async flush(): Promise<void> {
    const text = this.#pending;
    this.#pending = '';
    this.#lastFlush = performance.now();
    if (text === '') return;
    await new Promise<void>((resolve, reject) => {
      this.#stream.write(guard(text), (error) => (error ? reject(sinkFault(error)) : resolve()));
    });
  }
}

function sinkFault(error: Error): Error {
  const code = systemCode(error);
  if (code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED') return new ClosedPipe();
  return new SinkError(`standard output could not be written: ${error.message}`, { cause: error });
}
