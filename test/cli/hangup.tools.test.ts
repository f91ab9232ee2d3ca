// SIGHUP where a person sits: the terminal went away, so a tail ends as it does by SIGTERM.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, jest, test } from '@jest/globals';
import { startProgram } from '../helpers/child.ts';
import { MAIN } from '../helpers/cli.ts';
import { faultRecord } from '../helpers/fault.ts';

jest.setTimeout(60_000);

const dir = mkdtempSync(join(tmpdir(), 'oclog-hangup-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('a tail on a terminal reports what it read and ends', async () => {
  const log = join(dir, 'oc.log');
  writeFileSync(log, faultRecord(1) + faultRecord(2));
  const words = `tail ${log} --from-start --idle-flush 1h --format brief`;
  const script = startProgram('script', [
    '-qec',
    `echo "pid $$."; exec ${process.execPath} ${MAIN} ${words}`,
    '/dev/null',
  ]);
  await script.until('stdout', /VNA1001[^\n]*:1 /);
  const [, pid = ''] = /pid (\d+)\./.exec(script.said.stdout) ?? [];
  process.kill(Number(pid), 'SIGHUP');
  expect(await script.ended()).toBe(0);
  expect(script.said.stdout).toMatch(/VNA1001[^\n]*oc\.log:11 /);
});
