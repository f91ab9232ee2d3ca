// Threads that are ahead of a slow reader wait: what they found must not pile up, however much it is.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from '@jest/globals';
import { MAIN } from '../helpers/cli.ts';
import { faultRecord } from '../helpers/fault.ts';
import { memoryOf, standsStill } from '../helpers/process.ts';

const FAULTS = 300_000;
/** What all of them take is several times as much. */
const MOST_MEMORY = 300 * 1024 ** 2;

const dir = mkdtempSync(join(tmpdir(), 'oclog-jobs-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('threads that are ahead of a slow reader wait, and do not pile up what they find', async () => {
  const path = join(dir, 'dense.log');
  writeFileSync(path, Array.from({ length: FAULTS }, (_, at) => faultRecord(at)).join(''));
  const words = ['scan', '--jobs', '3', '--format', 'ndjson', path];
  // Nobody reads before it stands still.
  const child = spawn(process.execPath, [MAIN, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, OCLOG_PART_SIZE: '4000000' },
  });
  await once(child.stdout, 'readable');
  await standsStill(child.pid ?? 0);
  expect(memoryOf(child.pid ?? 0)).toBeLessThan(MOST_MEMORY);
  let found = 0;
  for await (const line of createInterface({ input: child.stdout }))
    found += line.includes('"finding"') ? 1 : 0;
  expect(found).toBe(FAULTS);
}, 300_000);
