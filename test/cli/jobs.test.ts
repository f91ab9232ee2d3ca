// `scan` in several threads: the same words in every format as in one, also where something breaks in the middle.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type Child, startOclog } from '../helpers/child.ts';
import { MAIN, objectsIn, type Ran, runCli } from '../helpers/cli.ts';
import { faultRecord, requestsIn } from '../helpers/fault.ts';
import { cleanLog } from '../helpers/vna-log.ts';

jest.setTimeout(120_000);

const dir = mkdtempSync(join(tmpdir(), 'oclog-jobs-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const family = join(dir, 'family');
const log = join(family, 'oc.log');
const FAULTS = 1500;

/** A thread has started long before the first one is through so many parts. */
const SMALL_PARTS = { OCLOG_PART_SIZE: '10000' };

function logOf(first: number, faults: number): string {
  const plain = cleanLog({ seed: first + 1, lines: 60 });
  return Array.from(
    { length: faults },
    (_, at) => (at % 50 === 49 ? plain : '') + faultRecord(first + at),
  ).join('');
}

/** Loaded by every thread of the program. */
const hook = join(dir, 'hook.cjs');
const HOOK = `
const { isMainThread } = require('node:worker_threads');
const fs = require('node:fs');
if (!isMainThread) {
  fs.writeSync(2, 'a thread starts\\n');
  const { readSync } = fs;
  let reads = 0;
  if (process.env.BREAK) fs.readSync = (...words) => {
    reads += 1;
    if (reads > 20) throw new TypeError('a broken thread');
    return readSync(...words);
  };
}`;

beforeAll(() => {
  mkdirSync(family);
  writeFileSync(log, logOf(2 * FAULTS, FAULTS));
  writeFileSync(`${log}.1`, logOf(FAULTS, FAULTS));
  writeFileSync(`${log}.2.gz`, gzipSync(logOf(0, FAULTS)).subarray(0, -9));
  writeFileSync(hook, HOOK);
});

function scan(jobs: number, words: readonly string[], env: Readonly<Record<string, string>> = {}): Ran {
  return runCli(['scan', '--host', 'h', '--jobs', String(jobs), ...words], {
    env: { ...SMALL_PARTS, ...env },
  });
}

/** Without the times of the run. */
function lasting({ stdout, ...rest }: Ran): Ran {
  const times = /"durationMs": ?\d+|in [\d.]+ m?s|\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z? UTC/g;
  return { ...rest, stdout: stdout.replace(times, 'TIME') };
}

describe('what several threads find', () => {
  test.each(['ndjson', 'json', 'text', 'pretty', 'brief', 'html'])(
    'is told in the same words: %s',
    (format) => {
      const [one, three] = [1, 3].map((jobs) => lasting(scan(jobs, ['--format', format, family])));
      expect(one?.status).toBe(3);
      expect(one?.stderr).toMatch(/oc\.log\.2\.gz: truncated archive/);
      expect(three?.stderr).toBe(one?.stderr);
      expect(three?.status).toBe(one?.status);
      expect(three?.stdout === one?.stdout).toBe(true);
    },
  );

  test('is the same in each of many files, and within a time', () => {
    const many = join(dir, 'many');
    mkdirSync(many);
    for (let at = 0; at < 60; at += 1)
      writeFileSync(join(many, `oc.log.${at + 1}`), logOf((60 - at) * 40, 40));
    const words = [
      '--format',
      'ndjson',
      '--since',
      '2026-11-21T09:05:00Z',
      '--until',
      '2026-11-21T09:20:00Z',
      many,
    ];
    expect(lasting(scan(3, words))).toEqual(lasting(scan(1, words)));
  });

  test('is counted by --fail-on and noted as ever', () => {
    const words = ['--format', 'ndjson', '--min-severity', 'critical', '--since', '2030-01-01', log];
    expect(lasting(scan(3, words))).toEqual(lasting(scan(1, words)));
  });
});

describe('threads', () => {
  const hooked = { NODE_OPTIONS: `--require ${hook}` };

  test('are started where there is enough to do, and not for one job, nor for two that read a plain log', () => {
    expect(scan(3, ['--quiet', log], hooked).stderr).toBe('a thread starts\n');
    expect(scan(2, ['--quiet', log], hooked).stderr).toBe('');
    expect(scan(1, ['--quiet', log], hooked).stderr).toBe('');
    expect(scan(3, ['--quiet', log], { ...hooked, OCLOG_PART_SIZE: '16777216' }).stderr).toBe('');
  });

  test('are not started for a large log in which the same is said again and again', () => {
    const large = join(dir, 'large.log');
    const parts = { ...hooked, OCLOG_PART_SIZE: '1000000' };
    const records = Array.from({ length: 22_000 }, (_, at) => faultRecord(at));
    // Ids that end in digits alone could be accounts: no two of these records say the same.
    writeFileSync(large, records.join(''));
    expect(scan(3, ['--quiet', large], parts).stderr).toBe('a thread starts\n');
    writeFileSync(large, records.map((record) => record.replace(/\d; Proxy/, 'a; Proxy')).join(''));
    expect(scan(3, ['--quiet', large], parts).stderr).toBe('');
  });

  test('are not started for one archive, which nobody can share', () => {
    const packed = join(dir, 'packed.gz');
    writeFileSync(packed, gzipSync(logOf(0, FAULTS)));
    expect(scan(2, ['--quiet', packed], hooked).stderr).toBe('');
    expect(scan(2, ['--quiet', packed, log], hooked).stderr).toBe('a thread starts\n');
  });

  test('that break are a fault of oclog, and say where', () => {
    const { status, stderr } = scan(3, ['--format', 'ndjson', log], { ...hooked, BREAK: '1' });
    expect(status).toBe(70);
    expect(stderr).toMatch(/a fault of oclog itself[\s\S]*TypeError: a broken thread\n\s+at /);
  });

  test.each(['0', '-1', 'two', ''])('cannot be %j', (jobs) => {
    const { status, stderr } = runCli(['scan', '--jobs', jobs, log]);
    expect(status).toBe(2);
    expect(stderr).toContain('--jobs');
  });
});

/** A scan whose output nobody reads yet, so that it stands in the middle. */
async function startStalled(): Promise<{ child: Child; goOn: () => void }> {
  const child = startOclog(['scan', '--jobs', '3', '--host', 'h', '--format', 'ndjson', family], SMALL_PARTS);
  await child.until('stdout', /"type":"finding"/);
  child.process.stdout?.pause();
  return { child, goOn: () => void child.process.stdout?.resume() };
}

describe('in the midst of a scan', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends it soon, and what was found in order is reported', async (signal, expected) => {
    const { child, goOn } = await startStalled();
    child.process.kill(signal);
    goOn();
    expect(await child.ended()).toBe(expected);
    const [summary] = objectsIn(child.said.stdout).slice(-1);
    const found = requestsIn(child.said.stdout);
    expect(found).toEqual(Array.from({ length: found.length }, (_, at) => at));
    expect(found.length).toBeLessThan(3 * FAULTS);
    expect(summary).toMatchObject({ type: 'summary', interrupted: true, findings: found.length });
  });

  test('a rotation takes nothing away', async () => {
    const { child, goOn } = await startStalled();
    renameSync(`${log}.2.gz`, `${log}.3.gz`);
    renameSync(`${log}.1`, `${log}.2`);
    renameSync(log, `${log}.1`);
    writeFileSync(log, '');
    goOn();
    expect(await child.ended()).toBe(3);
    const found = requestsIn(child.said.stdout);
    // The archive's last record is cut.
    expect(found.length).toBeGreaterThanOrEqual(3 * FAULTS - 1);
    rmSync(log);
    renameSync(`${log}.1`, log);
    renameSync(`${log}.2`, `${log}.1`);
    renameSync(`${log}.3.gz`, `${log}.2.gz`);
  });

  test('a reader that goes away ends it in peace', () => {
    const { stdout, stderr } = spawnSync(
      'bash',
      [
        '-c',
        `"$0" "$1" scan --jobs 3 --format ndjson --quiet "$2" | head -1; echo "\${PIPESTATUS[0]}"`,
        process.execPath,
        MAIN,
        family,
      ],
      { encoding: 'utf8', env: { ...process.env, ...SMALL_PARTS } },
    );
    const [first = '', status] = stdout.trimEnd().split('\n');
    expect(JSON.parse(first)).toMatchObject({ type: 'finding' });
    expect(status).toBe('0');
    expect(stderr).toBe('');
  });
});
