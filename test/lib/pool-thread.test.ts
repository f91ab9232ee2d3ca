import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { useOnePoolThread } from '../../src/lib/pool-thread.ts';
import { MAIN } from '../helpers/cli.ts';
import { plainRecord } from '../helpers/fault.ts';

const folder = mkdtempSync(join(tmpdir(), 'oclog-pool-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what is not set is set, and what is set stays', () => {
  const environment: NodeJS.ProcessEnv = {};
  useOnePoolThread(environment);
  expect(environment).toEqual({ UV_THREADPOOL_SIZE: '1' });
  const own = { UV_THREADPOOL_SIZE: '8' };
  useOnePoolThread(own);
  expect(own).toEqual({ UV_THREADPOOL_SIZE: '8' });
});

/** How many threads a scan that reads ahead has at its end. */
function threadsWith(environment: NodeJS.ProcessEnv): number {
  const log = join(folder, 'oc.log');
  writeFileSync(log, plainRecord(1).repeat(20_000));
  const told = join(folder, 'threads');
  const hook = join(folder, 'hook.cjs');
  writeFileSync(
    hook,
    `const fs = require('node:fs');
    process.on('exit', () => fs.writeFileSync(${JSON.stringify(told)}, String(fs.readdirSync('/proc/self/task').length)));`,
  );
  const { status } = spawnSync(process.execPath, ['--require', hook, MAIN, 'scan', '--jobs', '2', log], {
    env: { ...process.env, OCLOG_PART_SIZE: '65536', UV_THREADPOOL_SIZE: undefined, ...environment },
  });
  expect(status).toBe(0);
  return Number(readFileSync(told, 'utf8'));
}

test('a scan that reads ahead has one thread that reads', () => {
  const own = threadsWith({ UV_THREADPOOL_SIZE: '1' });
  expect(threadsWith({ UV_THREADPOOL_SIZE: '4' })).toBe(own + 3);
  expect(threadsWith({})).toBe(own);
});
