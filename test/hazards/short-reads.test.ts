// A file system may hand out less than it is asked for, while more is read ahead, and what is no longer wanted may come late:
// nothing is left out, nothing comes twice, and nothing is written over.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { objectsIn, runCli } from '../helpers/cli.ts';
import { faultRecord, plainRecord, requestsIn } from '../helpers/fault.ts';

const folder = mkdtempSync(join(tmpdir(), 'oclog-short-reads-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const log = join(folder, 'oc.log');
/** 48 MiB: many blocks, whichever size they have. */
const FAULTS = 200;
const text = Array.from(
  { length: FAULTS },
  (_, number) => faultRecord(number) + plainRecord(number).repeat(2500),
).join('');
writeFileSync(log, text);

const HOOK = join(import.meta.dirname, '../helpers/faults/short-reads.cjs');

test.each(['1', '2', '3'])('--jobs %s', (jobs) => {
  const env = {
    NODE_OPTIONS: `--require ${HOOK}`,
    OCLOG_TEST_SHORT_READS: log,
    OCLOG_PART_SIZE: String(Math.ceil(text.length / 4)),
  };
  const words = ['--format', 'ndjson', '--advice', 'none', '--jobs', jobs];
  const { status, stdout, stderr } = runCli(['scan', ...words, log], { env });
  expect(stderr).toBe('');
  expect(requestsIn(stdout)).toEqual(Array.from({ length: FAULTS }, (_, number) => number));
  const summary = objectsIn(stdout).at(-1);
  expect(summary).toMatchObject({ type: 'summary', bytes: text.length, lines: text.split('\n').length - 1 });
  expect(status).toBe(1);
});
