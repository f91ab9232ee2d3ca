// Writes that wait for their reader in a thread of libuv's pool, while the program goes on.
import { write } from 'node:fs';
import { systemCode } from '../lib/errors.ts';
import type { OutputStream } from './standard-output.ts';

interface Job {
  /** What is left to be written. */
  readonly bytes: Buffer;
  readonly done: (error?: Error | null) => void;
}

let held = 0;

/** Whether a thread waits for a reader. Node would wait for that thread before it ends, though it was told to end at once. */
export function isWritingHeldUp(): boolean {
  return held > 0;
}

/** `open`: what takes over where `fd` was told not to wait, by whoever else has it. */
export function poolOutput(fd: number, open: () => OutputStream): OutputStream {
  let stream: OutputStream | null = null;
  /** The first one is being written. */
  let jobs: readonly Job[] = [];

  const handOver = (): void => {
    stream = open();
    stream.on('error', () => undefined);
    for (const { bytes, done } of jobs) stream.write(bytes, done);
    jobs = [];
  };

  const goOn = (): void => {
    const [job] = jobs;
    if (job === undefined) return;
    held += 1;
    write(fd, job.bytes, 0, (error, count) => {
      held -= 1;
      if (systemCode(error) === 'EAGAIN') {
        handOver();
        return;
      }
      const rest = job.bytes.subarray(count);
      const isDone = error !== null || rest.length === 0;
      const others = jobs.slice(1);
      jobs = isDone ? others : [{ ...job, bytes: rest }, ...others];
      if (isDone) job.done(error);
      goOn();
    });
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
      if (jobs.length === 1) goOn();
    },
  };
}
