import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { takeLock } from '../../src/state/lock.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oclog-lock-'));
  path = join(folder, 'log.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('S97: is held by one, and free again when that is done', async () => {
  const lock = await takeLock(path);
  await expect(takeLock(path)).rejects.toMatchObject({
    isHeld: true,
    message: expect.stringContaining(`process ${process.pid}`),
  });
  await lock.release();
  await (await takeLock(path)).release();
  expect(readdirSync(folder)).toEqual([]);
});

test('of many who want it at once, one has it', async () => {
  const taken = await Promise.allSettled(Array.from({ length: 20 }, () => takeLock(path)));
  expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test.each([
  ['empty', ''],
  ['garbage', 'not a lock'],
  ['of no process', '{"pid":-1,"start":""}'],
])('that is %s is no lock', async (_name, text) => {
  writeFileSync(path, text);
  const taken = await Promise.allSettled(Array.from({ length: 10 }, () => takeLock(path)));
  expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid });
});

test('of a process that is over is no lock', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(path, JSON.stringify({ pid, start: 'some boot 1' }));
  await (await takeLock(path)).release();
  expect(existsSync(path)).toBe(false);
});

test('of a process whose number another one has now is no lock', async () => {
  const lock = await takeLock(path);
  const owner = JSON.parse(readFileSync(path, 'utf8')) as { start: string };
  await lock.release();
  writeFileSync(path, JSON.stringify({ ...owner, start: `${owner.start}0` }));
  // Only /proc tells one process from another of the same number.
  const isKnown = existsSync('/proc/self/stat');
  if (isKnown) await (await takeLock(path)).release();
  else await expect(takeLock(path)).rejects.toMatchObject({ isHeld: true });
});

test('a claim that was left behind does not keep a lock from being recovered', async () => {
  writeFileSync(path, '');
  writeFileSync(`${path}.claim`, '');
  await (await takeLock(path)).release();
  expect(readdirSync(folder)).toEqual([]);
});

test('what a run left behind that was killed while it took it is removed', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(`${path}.${pid}.0123abcd`, '');
  const lock = await takeLock(path);
  expect(readdirSync(folder)).toEqual(['log.lock']);
  await lock.release();
});

test.each([
  ['the boot', (start: string) => ` ${start.split(' ')[1]}`],
  ['the process', (start: string) => `${start.split(' ')[0]} `],
  ['anything of /proc', () => ' '],
])('of a run that could not see %s is one', async (_name, seen) => {
  const lock = await takeLock(path);
  const owner = JSON.parse(readFileSync(path, 'utf8')) as { start: string };
  await lock.release();
  writeFileSync(path, JSON.stringify({ ...owner, start: seen(owner.start) }));
  await expect(takeLock(path)).rejects.toMatchObject({ isHeld: true });
});

test('a claim that was left behind goes with the next run', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  for (const text of ['', JSON.stringify({ pid, start: 'some boot 1' })]) {
    writeFileSync(`${path}.claim`, text);
    await (await takeLock(path)).release();
    expect(readdirSync(folder)).toEqual([]);
  }
});
