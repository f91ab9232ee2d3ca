// The reader of `oclog tail` stands still while much is written: nothing is lost, and nothing piles up in memory.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, jest, test } from '@jest/globals';
import { MAIN } from '../helpers/cli.ts';
import { memoryOf, standsStill } from '../helpers/process.ts';
import { recordAt } from '../helpers/vna-log.ts';

jest.setTimeout(120_000);

const dir = mkdtempSync(join(tmpdir(), 'oclog-slow-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const FINDINGS = 10_000;
const MIB = 1024 ** 2;

function faultsFrom(start: number, count: number): string {
  let text = '';
  for (let index = start; index < start + count; index += 1) {
    const message = `Failed ${index}: com.amazonaws.services.ec2.model.AmazonEC2Exception: ${'x'.repeat(3000)} (Service: AmazonEC2; Status Code: 401; Error Code: AuthFailure; Request ID: r${index})`;
    text += recordAt(new Date(1.7e12 + index * 1000), 'ERROR', 'AWS_PLUGIN', 't', message);
  }
  return text;
}

test('a reader that stands still slows the follower down', async () => {
  const log = join(dir, 'oc.log');
  writeFileSync(log, '');
  // In pieces, as a writer would; more than any pipe or buffer holds.
  for (let start = 0; start < FINDINGS; start += 500) appendFileSync(log, faultsFrom(start, 500));
  const words = ['tail', '--format', 'ndjson', '--advice', 'none', '--from-start', log];
  const child = spawn(process.execPath, [MAIN, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = child.pid ?? 0;
  await standsStill(pid);
  expect(memoryOf(pid)).toBeLessThan(150 * MIB);
  let count = 0;
  const offsets = new Set<number>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { type, source } = JSON.parse(line) as { type: string; source: { offset: number } };
    if (type !== 'finding') return;
    offsets.add(source.offset);
    count += 1;
    if (count === FINDINGS) child.kill('SIGTERM');
  });
  const [status] = await once(child, 'close');
  expect(status).toBe(0);
  expect([count, offsets.size]).toEqual([FINDINGS, FINDINGS]);
});
