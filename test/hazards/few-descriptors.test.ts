// A family of more files than the program may open at once: the log is followed, and no archive is news.
import { appendFileSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, jest, test } from '@jest/globals';
import { startOclog } from '../helpers/child.ts';
import { objectsIn } from '../helpers/cli.ts';
import { faultRecord, plainRecord } from '../helpers/fault.ts';

jest.setTimeout(60_000);

const dir = mkdtempSync(join(tmpdir(), 'oclog-few-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const ARCHIVES = 300;

test('three hundred archives, two hundred descriptors', async () => {
  const log = join(dir, 'oc.log');
  for (let index = 1; index <= ARCHIVES; index += 1)
    writeFileSync(`${log}.${index}`, faultRecord(ARCHIVES - index));
  writeFileSync(log, faultRecord(ARCHIVES));
  const words = ['tail', '--format', 'ndjson', '--advice', 'none', log];
  const child = startOclog(words, {}, ['sh', '-c', 'ulimit -n 200; exec "$0" "$@"']);
  await child.until('stdout', /"following".*from its end/);
  for (let index = readdirSync(dir).length - 1; index > 0; index -= 1)
    renameSync(`${log}.${index}`, `${log}.${index + 1}`);
  renameSync(log, `${log}.1`);
  writeFileSync(log, faultRecord(ARCHIVES + 1) + plainRecord(ARCHIVES + 2));
  await child.until('stdout', /"rotated"[\s\S]*"finding"/);
  appendFileSync(log, faultRecord(ARCHIVES + 3));
  child.process.kill('SIGTERM');
  expect(await child.ended()).toBe(0);
  expect(child.said.stderr).toBe('');
  expect(objectsIn(child.said.stdout).map(({ type, event }) => event ?? type)).toEqual([
    'following',
    'rotated',
    'finding',
    'finding',
  ]);
});
