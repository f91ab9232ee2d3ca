// A disk that cannot read one place of a large log: what stands before it is reported, and one line says where it ended,
// whichever thread met it and whatever it was doing.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { objectsIn, runCli } from '../helpers/cli.ts';
import { faultRecord, plainRecord, requestsIn } from '../helpers/fault.ts';

const folder = mkdtempSync(join(tmpdir(), 'oclog-bad-disk-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const log = join(folder, 'oc.log');
/** Each a fault among others that are none: 24 MiB together, so that parts are read in several blocks. */
const PIECES = Array.from(
  { length: 100 },
  (_, number) => faultRecord(number) + plainRecord(number).repeat(2500),
);
const SIZE = PIECES.join('').length;
const PART = 2 * Math.floor(SIZE / 8);
writeFileSync(log, PIECES.join(''));

/** The bytes that cannot be read. */
interface BadPart {
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

const HOOK = join(import.meta.dirname, '../helpers/faults/bad-disk.cjs');

function scanWith(from: number, to: number, ...words: readonly string[]) {
  const bad: BadPart = { path: log, from, to };
  const env = {
    NODE_OPTIONS: `--require ${HOOK}`,
    OCLOG_TEST_BAD_PART: JSON.stringify(bad),
    OCLOG_PART_SIZE: String(PART),
  };
  return runCli(['scan', '--format', 'ndjson', '--advice', 'none', ...words, log], { env });
}

/** Where files are cut, elsewhere, and at the ends. */
const PLACES: readonly (readonly [name: string, from: number])[] = [
  ['at the first byte', 0],
  ['in the beginning', 5000],
  ['before the first cut', PART - 10],
  ['at a cut in the middle', 2 * PART],
  ['between two cuts', 2.5 * PART],
  ['in the last part', SIZE - 3000],
];

test.each(PLACES)('%s', (_, from) => {
  const alone = scanWith(from, from + 4096, '--jobs', '1');
  const ahead = scanWith(from, from + 4096, '--jobs', '2');
  const inParts = scanWith(from, from + 4096, '--jobs', '3');
  const sizes = PIECES.map(({ length }) => length);
  const whole = sizes.filter((__, number) => sizes.slice(0, number + 1).reduce((a, b) => a + b) <= from);
  for (const { status, stdout, stderr } of [alone, ahead, inParts]) {
    expect(requestsIn(stdout).slice(0, whole.length)).toEqual(whole.map((__, number) => number));
    expect(requestsIn(stdout).length).toBeLessThanOrEqual(whole.length + 1);
    expect(stderr).toContain(`${log}: `);
    expect(stderr).toContain(`after ${from} bytes`);
    expect(status).toBe(alone.status);
    expect(objectsIn(stdout).at(-1)?.type).toBe('summary');
  }
});
