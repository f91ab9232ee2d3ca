// Writes in a thread of the pool: in order, whole, and what becomes of them when the reader is slow, gone, or has company.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { isWritingHeldUp, poolOutput } from '../../src/cli/pool-output.ts';
import { MAIN } from '../helpers/cli.ts';
import { keepingStream, noStream } from '../helpers/output-stream.ts';

const { O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY } = constants;
const LOG = join(import.meta.dirname, '../../fixtures/vna-server/log');

const dir = mkdtempSync(join(tmpdir(), 'oclog-pool-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Some megabytes of findings. */
const dense = join(dir, 'dense.log');
beforeAll(() => {
  const log = readFileSync(join(LOG, 'oc.log'));
  writeFileSync(dense, Buffer.concat(Array.from({ length: 400 }, () => log)));
});

function newPipe(name: string): string {
  const path = join(dir, name);
  spawnSync('mkfifo', [path]);
  return path;
}

/** Reads until so many bytes are there. */
async function read(fd: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; await setImmediate()) {
    try {
      at += readSync(fd, bytes, at, Math.min(length - at, 10_000), null);
    } catch {
      // Nothing was written meanwhile.
    }
  }
  return bytes;
}

test('what is more than a pipe holds comes whole and in order, and the program goes on meanwhile', async () => {
  const path = newPipe('slow');
  const reader = openSync(path, O_RDONLY | O_NONBLOCK);
  const writer = openSync(path, O_WRONLY);
  const output = poolOutput(writer, noStream);
  const texts = Array.from({ length: 5 }, (_, at) => `${at} über\n`.repeat(30_000 * (at % 2) + 1));
  const told: number[] = [];
  const isWritten = new Promise<void>((resolve) => {
    for (const [at, text] of texts.entries())
      output.write(text, () => told.push(at) === texts.length && resolve());
  });
  // The first one is in a thread's hands, and nothing was waited for.
  expect([told, isWritingHeldUp()]).toEqual([[], true]);
  const whole = texts.join('');
  expect((await read(reader, Buffer.byteLength(whole))).toString()).toBe(whole);
  await isWritten;
  expect([told, isWritingHeldUp()]).toEqual([[0, 1, 2, 3, 4], false]);
  closeSync(writer);
  closeSync(reader);
});

test('that the reader is gone is told to every write', async () => {
  const path = newPipe('gone');
  const reader = openSync(path, O_RDONLY | O_NONBLOCK);
  const writer = openSync(path, O_WRONLY);
  const output = poolOutput(writer, noStream);
  closeSync(reader);
  const write = (): Promise<unknown> => new Promise((resolve) => output.write('text', resolve));
  const gone = expect.objectContaining({ code: 'EPIPE' });
  expect(await Promise.all([write(), write()])).toEqual([gone, gone]);
  closeSync(writer);
});

test('where somebody made the pipe one that does not wait, a stream goes on', async () => {
  const path = newPipe('shared');
  const reader = openSync(path, O_RDONLY | O_NONBLOCK);
  const writer = openSync(path, O_WRONLY | O_NONBLOCK);
  const left: Buffer[] = [];
  const output = poolOutput(writer, () => keepingStream(left));
  const text = 'Zeile über Zeile\n'.repeat(20_000);
  const write = (part: string): Promise<void> =>
    new Promise((resolve) => output.write(part, () => resolve()));
  await Promise.all([write(text), write('second\n')]);
  await write('last\n');
  const after = Buffer.concat(left);
  expect(left).toHaveLength(3);
  const before = await read(reader, Buffer.byteLength(text) + 12 - after.length);
  expect(before.length).toBeGreaterThan(4096);
  expect(Buffer.concat([before, after]).toString()).toBe(`${text}second\nlast\n`);
  closeSync(writer);
  closeSync(reader);
});

/** A shell line in which `scan` prints megabytes. */
function shell(line: string): {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
} {
  const scan = `scan() { "${process.execPath}" "${MAIN}" scan --format ndjson --host h "$@" "${dense}"; }`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', `${scan}; ${line}`], { maxBuffer: 2 ** 28 });
  return { status, stdout, stderr: stderr.toString() };
}

/** The summary says how long it took. */
const withoutTime = (bytes: Buffer): string => bytes.toString().replace(/"durationMs":\d+/, '');

test.each(['1', '2'])('a pipe takes the bytes that a file takes, with %s jobs', (jobs) => {
  const file = join(dir, 'file.ndjson');
  shell(`scan --jobs ${jobs} > "${file}"`);
  const { status, stdout, stderr } = shell(
    `export OCLOG_PART_SIZE=100000; scan --jobs ${jobs} | cat; exit "\${PIPESTATUS[0]}"`,
  );
  expect([status, stderr]).toEqual([1, '']);
  expect(stdout.length).toBeGreaterThan(2 ** 22);
  expect(withoutTime(stdout) === withoutTime(readFileSync(file))).toBe(true);
});

test('a reader that has enough ends the scan, and that is no fault', () => {
  const { status, stdout, stderr } = shell(`scan | head -c 1000000 | tail -c 10; exit "\${PIPESTATUS[0]}"`);
  expect([status, stdout.length, stderr]).toEqual([0, 10, '']);
});

test('the second signal ends a scan at once whose reader stands still', async () => {
  const path = newPipe('still');
  const reader = openSync(path, O_RDWR | O_NONBLOCK);
  const child = spawn(process.execPath, [MAIN, 'scan', '--format', 'ndjson', dense], {
    stdio: ['ignore', reader, 'ignore'],
  });
  const ended = once(child, 'exit');
  await read(reader, 1_000_000);
  child.kill('SIGINT');
  await setImmediate();
  const second = setInterval(() => child.kill('SIGINT'), 50);
  const started = performance.now();
  // By the signal where a write waits for the reader by then, as it mostly does; a shell calls both 130.
  expect([
    [null, 'SIGINT'],
    [130, null],
  ]).toContainEqual(await ended);
  clearInterval(second);
  // Sooner than it would have been given up.
  expect(performance.now() - started).toBeLessThan(4000);
  closeSync(reader);
}, 30_000);
