// A file system on which another machine's writes raise no event: a mount of bindfs stands for NFS, as both are known by
// the type that the system names.
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { raisesEvents } from '../../src/sources/follow/watch.ts';
import { startOclog } from '../helpers/child.ts';
import { faultRecord, plainRecord } from '../helpers/fault.ts';

jest.setTimeout(60_000);

const dir = mkdtempSync(join(tmpdir(), 'oclog-network-'));
const far = join(dir, 'far');
const near = join(dir, 'near');

beforeAll(() => {
  for (const folder of [far, near]) mkdirSync(folder);
  execFileSync('bindfs', [far, near]);
});
afterAll(() => {
  spawnSync('umount', [near]);
  rmSync(dir, { recursive: true, force: true });
});

test('events are trusted on a disk of this machine alone', async () => {
  expect(await raisesEvents(join(far, 'oc.log'))).toBe(true);
  expect(await raisesEvents(join(near, 'oc.log'))).toBe(false);
});

test('what is written at the far end is reported', async () => {
  writeFileSync(join(far, 'oc.log'), plainRecord(1));
  const oclog = startOclog(['tail', '--format', 'brief', near]);
  await oclog.until('stderr', /following/);
  appendFileSync(join(far, 'oc.log'), faultRecord(2));
  await oclog.until('stdout', /VNA1001/);
  oclog.process.kill('SIGTERM');
  expect(await oclog.ended()).toBe(0);
});
