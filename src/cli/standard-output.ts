// Standard output. Where it leads to a file, to nowhere or to a pipe it is written to directly: Node's streams take as long
// to load as a short log takes to be read. From the first write on that would have to wait for its reader, a thread of libuv's
// pool writes, and waits, while the program goes on. What somebody else told not to wait is left to a stream.
import { closeSync, constants, fstatSync, openSync, statSync, writeSync } from 'node:fs';
import { systemCode } from '../lib/errors.ts';
import { poolOutput } from './pool-output.ts';

/** What is used of a stream. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly fd?: number;
  write(text: string | Buffer, done: (error?: Error | null) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

export function openStandardOutput(): OutputStream {
  const fd = descriptor();
  return fd === null ? process.stdout : directOutput(fd, () => poolOutput(1, () => process.stdout));
}

/** Whether a terminal may be there, told without a stream. */
export function isWatched(fd: number): boolean {
  try {
    return fstatSync(fd).isCharacterDevice();
  } catch {
    return true;
  }
}

/** One whose writes wait for nobody; `null` where there is none. */
function descriptor(): number | null {
  try {
    const status = fstatSync(1);
    if (status.isFile()) return 1;
    if (status.isCharacterDevice()) return status.rdev === statSync('/dev/null').rdev ? 1 : null;
    // Opened once more, for whoever else has the pipe must not be told that it does not wait.
    return status.isFIFO() && process.platform === 'linux'
      ? openSync('/proc/self/fd/1', constants.O_WRONLY | constants.O_NONBLOCK)
      : null;
  } catch {
    return null;
  }
}

/** `fd`: does not wait, or has no reader to wait for. `open`: what takes over when it would have to wait. */
export function directOutput(fd: number, open: () => OutputStream): OutputStream {
  let stream: OutputStream | null = null;
  return {
    fd: 1,
    // What fails is told to whoever writes.
    on: () => undefined,
    write(text, done) {
      if (stream !== null) {
        stream.write(text, done);
        return;
      }
      const bytes = typeof text === 'string' ? Buffer.from(text) : text;
      let at = 0;
      try {
        while (at < bytes.length) at += writeSync(fd, bytes, at);
      } catch (error) {
        if (systemCode(error) !== 'EAGAIN') {
          done(error as Error);
          return;
        }
        closeSync(fd);
        stream = open();
        stream.on('error', () => undefined);
        stream.write(bytes.subarray(at), done);
        return;
      }
      done();
    },
  };
}
