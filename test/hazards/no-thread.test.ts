// The system refuses another thread, for descriptors or tasks are used up: the first one reads everything.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { startOclog } from '../helpers/child.ts';
import { faultRecord, plainRecord, requestsIn } from '../helpers/fault.ts';

const folder = mkdtempSync(join(tmpdir(), 'oclog-no-thread-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HOOK = join(import.meta.dirname, '../helpers/faults/no-thread.cjs');
const FAULTS = 40;

test('without it a scan says the same', async () => {
  const log = join(folder, 'oc.log');
  const requests = Array.from({ length: FAULTS }, (_, number) => number);
  writeFileSync(
    log,
    requests.map((number) => faultRecord(number) + plainRecord(number).repeat(500)).join(''),
  );
  const words = ['scan', '--format', 'ndjson', '--advice', 'none', '--jobs', '4', log];
  const env = { NODE_OPTIONS: `--require ${HOOK}`, OCLOG_PART_SIZE: '30000' };
  const child = startOclog(words, env, ['sh', '-c', 'ulimit -n 100; exec "$0" "$@"']);
  expect(await child.ended()).toBe(1);
  expect(child.said.stderr).toMatch(/^(a thread ended\n)+$/);
  expect(requestsIn(child.said.stdout)).toEqual(requests);
});
