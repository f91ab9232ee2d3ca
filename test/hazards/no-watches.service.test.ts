// The machine has no inotify instance left: `oclog tail` looks often enough without events. In a namespace of its own,
// whose limit can be set.
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, jest, test } from '@jest/globals';
import { startOclog } from '../helpers/child.ts';
import { recordAt } from '../helpers/vna-log.ts';

jest.setTimeout(60_000);

const dir = mkdtempSync(join(tmpdir(), 'oclog-watches-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('a log is followed without a watch', async () => {
  const log = join(dir, 'oc.log');
  writeFileSync(log, '');
  const script = `echo 0 > /proc/sys/user/max_inotify_instances && exec "$0" "$@"`;
  const words = ['tail', '--format', 'ndjson', '--advice', 'none', log];
  const child = startOclog(words, {}, ['unshare', '-Ur', 'sh', '-c', script]);
  await child.until('stdout', /"following"/);
  const error =
    'Failed: com.amazonaws.services.ec2.model.AmazonEC2Exception: x (Service: AmazonEC2; Status Code: 401; Error Code: AuthFailure; Request ID: r)';
  for (let second = 0; second < 2; second += 1)
    appendFileSync(log, recordAt(new Date(1.7e12 + second * 1000), 'ERROR', 'AWS_PLUGIN', 't', error));
  await child.until('stdout', /VNA1004/);
  child.process.kill('SIGTERM');
  expect(await child.ended()).toBe(0);
});
