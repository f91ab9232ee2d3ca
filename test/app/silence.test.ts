// With real processes that hold real files.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, afterEach, expect, test } from '@jest/globals';
import { whySilent } from '../../src/app/silence.ts';

const dir = mkdtempSync(join(tmpdir(), 'oclog-silence-'));
const log = join(dir, 'oc.log');
let stop: (() => void) | null = null;
afterEach(() => stop?.());
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Another process that has the log open for writing. */
async function startWriter(): Promise<number> {
  const program = `const fs = require('fs'); fs.openSync(process.argv[1], 'a'); console.log('open'); setInterval(() => 0, 1e6);`;
  const child = spawn(process.execPath, ['-e', program, log], { stdio: ['ignore', 'pipe', 'inherit'] });
  stop = () => child.kill('SIGKILL');
  await once(child.stdout, 'data');
  return child.pid ?? 0;
}

test('a log that was renamed behind the back of its writer', async () => {
  const writer = await startWriter();
  expect(await whySilent(log)).toBeNull();
  renameSync(log, `${log}.1`);
  expect(await whySilent(log)).toMatch(new RegExp(`^process ${writer} still writes to ${log}\\.1: `));
});

test('however the log is named', async () => {
  const writer = await startWriter();
  const link = join(dir, 'link');
  symlinkSync(dir, link);
  const names = [join(link, 'oc.log'), relative(process.cwd(), log), dir];
  for (const name of names) expect(await whySilent(name)).toBeNull();
  renameSync(log, `${log}.1`);
  for (const name of names)
    expect(await whySilent(name)).toMatch(new RegExp(`^process ${writer} still writes to ${log}\\.1: `));
});

test('a log that is a link', async () => {
  const writer = await startWriter();
  const link = join(dir, 'link.log');
  symlinkSync(log, link);
  expect(await whySilent(link)).toBeNull();
  renameSync(log, `${log}.1`);
  writeFileSync(log, '');
  expect(await whySilent(link)).toMatch(new RegExp(`^process ${writer} still writes to ${log}\\.1: `));
});

test('a log that was deleted behind the back of its writer', async () => {
  const writer = await startWriter();
  unlinkSync(log);
  expect(await whySilent(log)).toMatch(
    new RegExp(`^process ${writer} still writes to a deleted log of that name: `),
  );
});

test('a full disk', async () => {
  expect(await whySilent(log, async () => 0)).toBe('the disk is full: nothing can be written');
});

test('nothing that could be told', async () => {
  expect(await whySilent(log)).toBeNull();
  expect(await whySilent(join(dir, 'none', 'oc.log'))).toBeNull();
});
