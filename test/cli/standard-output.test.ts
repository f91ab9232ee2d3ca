// Standard output that is written to without a stream: what it takes, and what is left to a stream.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import { directOutput } from '../../src/cli/standard-output.ts';
import { MAIN } from '../helpers/cli.ts';
import { keepingStream, noStream } from '../helpers/output-stream.ts';

const { O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY } = constants;
const LOG = join(import.meta.dirname, '../../fixtures/vna-server/log');

const dir = mkdtempSync(join(tmpdir(), 'oclog-stdout-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function newPipe(name: string): string {
  const path = join(dir, name);
  spawnSync('mkfifo', [path]);
  return path;
}

/** What stands in the pipe. */
function drain(fd: number): Buffer {
  const bytes = Buffer.alloc(1024 ** 2);
  let length = 0;
  for (;;) {
    try {
      const count = readSync(fd, bytes, length, bytes.length - length, null);
      if (count === 0) break;
      length += count;
    } catch {
      break;
    }
  }
  return bytes.subarray(0, length);
}

test('a write that would wait goes on in a stream, and so does all that follows', () => {
  const path = newPipe('full');
  const reader = openSync(path, O_RDONLY | O_NONBLOCK);
  const left: Buffer[] = [];
  const output = directOutput(openSync(path, O_WRONLY | O_NONBLOCK), () => keepingStream(left));
  const text = 'Zeile über Zeile\n'.repeat(20_000);
  const done: unknown[] = [];
  output.write('first\n', (error) => done.push(error));
  output.write(text, (error) => done.push(error));
  output.write('last\n', (error) => done.push(error));
  const taken = drain(reader);
  expect(left).toHaveLength(2);
  expect(left[0]?.length).toBeGreaterThan(0);
  expect(taken.length).toBeGreaterThan(4096);
  expect(Buffer.concat([taken, ...left]).toString()).toBe(`first\n${text}last\n`);
  expect(done).toEqual([undefined, undefined, undefined]);
  closeSync(reader);
});

test('that the reader is gone is told to whoever writes', () => {
  const path = newPipe('gone');
  const reader = openSync(path, O_RDONLY | O_NONBLOCK);
  const output = directOutput(openSync(path, O_WRONLY | O_NONBLOCK), noStream);
  closeSync(reader);
  const done: unknown[] = [];
  output.write('text', (error) => done.push(error));
  expect(done).toEqual([expect.objectContaining({ code: 'EPIPE' })]);
});

test('a scan whose reader stands still ends when it is told to', async () => {
  const path = newPipe('still');
  const reader = openSync(path, O_RDWR | O_NONBLOCK);
  // More than a pipe holds.
  const child = spawn(process.execPath, [MAIN, 'scan', '--format', 'ndjson', LOG], {
    stdio: ['ignore', reader, 'ignore'],
  });
  const ended = once(child, 'exit');
  const byte = Buffer.alloc(1);
  for (let count = 0; count === 0; await setImmediate()) {
    try {
      count = readSync(reader, byte, 0, 1, null);
    } catch {
      // Nothing was written yet.
    }
  }
  child.kill('SIGTERM');
  // By itself, or by the signal where a write waits for the reader by then: a shell calls both 143.
  expect([
    [143, null],
    [null, 'SIGTERM'],
  ]).toContainEqual(await ended);
  closeSync(reader);
}, 30_000);
