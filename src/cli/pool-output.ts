// Writes that wait for their reader in a thread of libuv's pool, while the program goes on.
import { writev } from 'node:fs';
import { systemCode } from '../lib/errors.ts';
import type { OutputStream } from './standard-output.ts';

interface Job {
  /** What is left to be written. */
  readonly bytes: Buffer;
  readonly done: (error?: Error | null) => void;
}

/** Fewer than any system takes. */
const MOST_AT_A_TIME = 16;

let held = 0;

/** Whether a thread waits for a reader. Node would wait for that thread before it ends, though it was told to end at once. */
export function isWritingHeldUp(): boolean {
  return held > 0;
}

/** `open`: what takes over where `fd` was told not to wait, by whoever else has it. */
export function poolOutput(fd: number, open: () => OutputStream): OutputStream {
  let stream: OutputStream | null = null;
  let isWriting = false;
  /** In order; the first ones are being written. */
  let jobs: readonly Job[] = [];

  const handOver = (): void => {
    stream = open();
    stream.on('error', () => undefined);
    for (const { bytes, done } of jobs) stream.write(bytes, done);
    jobs = [];
  };

  /** All there are at a time: the program may be too busy for a while to hand out the next one. */
  const goOn = (): void => {
    if (isWriting || jobs.length === 0) return;
    isWriting = true;
    held += 1;
    const begun = jobs.slice(0, MOST_AT_A_TIME);
    writev(
      fd,
      begun.map(({ bytes }) => bytes),
      (error, count) => {
        held -= 1;
        isWriting = false;
        if (systemCode(error) === 'EAGAIN') {
          handOver();
          return;
        }
        const left = error === null ? leftOf(begun, count) : [];
        jobs = [...left, ...jobs.slice(begun.length)];
        for (const { done } of begun.slice(0, begun.length - left.length)) done(error);
        goOn();
      },
    );
  };

  return {
    fd,
    // What fails is told to whoever writes.
    on: () => undefined,
    write(text, done) {
      if (stream !== null) {
        stream.write(text, done);
        return;
      }
      jobs = [...jobs, { bytes: typeof text === 'string' ? Buffer.from(text) : text, done }];
      goOn();
    },
  };
}

/** What is not done when so many bytes were written. */
function leftOf(jobs: readonly Job[], written: number): readonly Job[] {
  let count = written;
  for (const [at, { bytes, done }] of jobs.entries()) {
    if (count < bytes.length) return [{ bytes: bytes.subarray(count), done }, ...jobs.slice(at + 1)];
    count -= bytes.length;
  }
  return [];
}
