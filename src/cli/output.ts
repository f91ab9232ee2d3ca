// Where a report goes: standard output, or a file that is written whole or not at all. Back-pressure is kept, and a
// closed pipe is told apart from a full disk.
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { guard } from '../findings/redact.ts';
import { appendLines } from '../lib/append-file.ts';
import { SinkError, systemCode } from '../lib/errors.ts';

/** The reader of standard output went away (`| head`): no fault, and nothing more to do. */
export class ClosedPipe extends Error {}

const BLOCK = 64 * 1024;
/** A finding on a quiet log should not wait for the block to fill. */
const LONGEST_WAIT_MS = 200;

/** What takes the text in the end. */
interface Sink {
  write(text: string): Promise<void>;
  end(): Promise<void>;
  discard(): Promise<void>;
}

/** Writes in blocks; throws `ClosedPipe` or `SinkError`. */
export class Output {
  readonly #sink: Sink;
  #pending = '';
  #lastFlush = performance.now();

  private constructor(sink: Sink) {
    this.#sink = sink;
  }

  static toStream(stream: Writable): Output {
    return new Output(streamSink(stream));
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
    if (this.#pending.length >= BLOCK || performance.now() - this.#lastFlush >= LONGEST_WAIT_MS)
      await this.#flush();
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
    await this.#sink.discard();
  }

  async #flush(): Promise<void> {
    const text = this.#pending;
    this.#pending = '';
    this.#lastFlush = performance.now();
    if (text !== '') await this.#sink.write(guard(text));
  }
}

function streamSink(stream: Writable): Sink {
  // Every failed write reports through its callback; without a listener the event would end the process.
  stream.on('error', () => undefined);
  return {
    write: (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => (error ? reject(streamFault(error)) : resolve()));
      }),
    end: async () => undefined,
    discard: async () => undefined,
  };
}

function streamFault(error: Error): Error {
  const code = systemCode(error);
  if (code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED') return new ClosedPipe();
  return new SinkError(`standard output could not be written: ${error.message}`, { cause: error });
}

async function fileSink(path: string): Promise<Sink> {
  // Loaded here: most reports go to standard output.
  const { AtomicFile } = await import('../lib/atomic-file.ts');
  const file = await worded(path, AtomicFile.create(path));
  return {
    write: (text) => worded(path, file.write(text)),
    end: () => worded(path, file.commit()),
    discard: () => file.discard(),
  };
}

async function appendingSink(path: string): Promise<Sink> {
  // Whether it can be written is known before anything is read.
  await worded(path, appendLines(path, ''));
  return {
    write: (text) => worded(path, appendLines(path, text)),
    end: async () => undefined,
    discard: async () => undefined,
  };
}

/** What the system says of these names a file of ours that nobody knows. */
const REASONS: Readonly<Record<string, (folder: string) => readonly [reason: string, hint: string]>> = {
  ENOENT: (folder) => [`there is no directory ${folder}`, 'make it, or name a file elsewhere'],
  ENOTDIR: (folder) => [`${folder} is no directory`, 'name a file elsewhere'],
  EACCES: (folder) => [`permission denied, for it or in ${folder}`, 'name a file that you may write'],
  EPERM: (folder) => [`permission denied, for it or in ${folder}`, 'name a file that you may write'],
  EROFS: (folder) => [`${folder} is on a read-only file system`, 'name a file elsewhere'],
};

async function worded<T>(path: string, action: Promise<T>): Promise<T> {
  try {
    return await action;
  } catch (error) {
    const known = REASONS[systemCode(error) ?? ''];
    const said = error instanceof Error ? error.message : systemCode(error);
    const [reason, hint] = known === undefined ? [said] : known(dirname(path));
    throw new SinkError(`${path} could not be written: ${reason}`, {
      ...(hint === undefined ? {} : { hint }),
      cause: error,
    });
  }
}
