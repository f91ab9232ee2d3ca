// A log in which one record in twenty is a fault takes hardly more memory than one of the same size without them, in every
// format. Measured beside each other, so that nothing hangs on how much a bare Node takes on a machine.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { makeLog } from '../../bench/logs.ts';
import { runMeasured } from '../helpers/peak.ts';

jest.setTimeout(300_000);

const MIB = 1024 ** 2;
const dir = mkdtempSync(join(tmpdir(), 'oclog-dense-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const scan = (shape: string, ...options: readonly string[]): number =>
  runMeasured('scan', '--jobs', '1', '--output', join(dir, 'report'), ...options, join(dir, `${shape}.log`))
    .peak;

let rare = 0;

beforeAll(() => {
  makeLog(join(dir, 'rare.log'), 64 * MIB, 'rare');
  makeLog(join(dir, 'dense.log'), 128 * MIB, 'dense');
  rare = scan('rare', '--format', 'text');
});

/** In MiB; twice what it is, or so. */
test.each([
  ['ndjson', ['--advice', 'none'], 17],
  ['ndjson', [], 28],
  ['brief', [], 28],
  ['pretty', [], 28],
  ['text', [], 28],
  ['json', [], 28],
  ['html', [], 30],
] as const)('%s %j', (format, options, most) => {
  expect(rare).toBeGreaterThan(20);
  expect(scan('dense', '--format', format, ...options)).toBeLessThan(rare + most);
});
