// Checks that meet, that are told to end, that run out of time, and that find what others left: real processes.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startOclog } from '../helpers/child.ts';
import { objectsIn, type Ran, runCli } from '../helpers/cli.ts';
import { error, info } from '../helpers/follow.ts';
import { tempFolder } from '../helpers/sources.ts';
import { recordAt } from '../helpers/vna-log.ts';

let folder: ReturnType<typeof tempFolder>;
let log: string;
let states: string;
beforeEach(() => {
  folder = tempFolder();
  log = join(folder.path, 'oc.log');
  states = join(folder.path, 'state');
});
afterEach(() => folder.remove());

const words = (...more: readonly string[]): readonly string[] => [
  ...['check', log, '--state-dir', states, '--lookback', '9999d', '--record-timeout', '0s', '--host', 'h'],
  ...['--format', 'ndjson', ...more],
];
const check = (...more: readonly string[]): Ran => runCli(words(...more));

function idsIn(stdout: string): readonly string[] {
  const whole = stdout.slice(0, stdout.lastIndexOf('\n') + 1);
  if (whole === '') return [];
  return objectsIn(whole).flatMap(({ type, id }) => (type === 'finding' ? String(id) : []));
}

const DENIED =
  'User: arn:aws:iam::123456789012:user/vna is not authorized to perform: ec2:DescribeInstances (Service: AmazonEC2; Status Code: 403; Error Code: UnauthorizedOperation; Request ID: b)';

function writeMany(count: number): void {
  const records = Array.from({ length: count }, (_, at) =>
    recordAt(new Date(Date.UTC(2026, 0, 1) + at * 1000), 'ERROR', 'AWS_PLUGIN', `t-${at}`, DENIED),
  );
  writeFileSync(log, records.join(''));
}

const lockFile = (): string => {
  const state = readdirSync(states).find((name) => /oc\.log-\w{16}\.json$/.test(name)) ?? '';
  return join(states, state.replace(/json$/, 'lock'));
};

describe('a lock that was left', () => {
  const { pid: gone } = spawnSync(process.execPath, ['-e', '']);
  test.each([
    ['empty', ''],
    ['garbage', '\0\xff{'],
    ['of a process that is over', JSON.stringify({ pid: gone, start: 'x 1' })],
    ['of a process whose number another has now', JSON.stringify({ pid: process.pid, start: 'x 1' })],
    ['of another boot', JSON.stringify({ pid: 1, start: '00000000-0000-0000-0000-000000000000 1' })],
    ['of a number that no process has', JSON.stringify({ pid: 2 ** 40, start: '' })],
    ['too large to be one', 'x'.repeat(100_000)],
  ])('%s holds nobody up', (_name, text) => {
    writeFileSync(log, error(1) + info(1));
    check();
    const lock = lockFile();
    writeFileSync(lock, text);
    writeFileSync(log, error(1) + info(1) + error(2));
    const { status, stdout } = check();
    expect([status, idsIn(stdout)]).toEqual([2, [expect.any(String)]]);
    expect(readdirSync(states).filter((name) => name.includes('.lock'))).toEqual([]);
  });

  test('of a run that goes on is left alone', () => {
    writeFileSync(log, error(1) + info(1));
    check();
    const start = readFileSync(`/proc/${process.pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19];
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    writeFileSync(lockFile(), JSON.stringify({ pid: process.pid, start: `${boot} ${start}` }));
    writeFileSync(log, error(1) + info(1) + error(2));
    const held = check();
    expect([held.status, idsIn(held.stdout), held.stdout]).toEqual([
      3,
      [],
      expect.stringContaining(`process ${process.pid}`),
    ]);
    rmSync(lockFile());
    expect(idsIn(check().stdout)).toHaveLength(1);
  });
});

test.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)(
  'one that is ended in its middle by %s goes on where it was',
  async (signal) => {
    const count = 6000;
    writeMany(count);
    const child = startOclog(words());
    await child.until('stdout', /"type":"finding"/);
    child.process.kill(signal);
    const status = await child.ended();
    const first = idsIn(child.said.stdout);
    if (signal === 'SIGKILL') expect(status).toBe('SIGKILL');
    else expect([1, 3]).toContain(status);
    const later: string[] = [];
    for (let run = 0; run < 3; run += 1) later.push(...idsIn(check().stdout));
    const all = new Set([...first, ...later]);
    expect(all.size).toBe(count);
    // What was told and remembered is not told again.
    if (signal !== 'SIGKILL') expect(first.length + later.length).toBe(count);
    expect(new Set(later).size).toBe(later.length);
    expect(readdirSync(states).filter((name) => /\.lock|\.tmp$/.test(name))).toEqual([]);
  },
  120_000,
);

test('runs without time come to the end, in order and without a repeat', () => {
  const count = 3000;
  writeMany(count);
  const lines: number[] = [];
  const run = (...more: readonly string[]): boolean => {
    const { status, stdout } = check(...more);
    // However late it is already, every run comes further.
    expect([lines.length, status]).toEqual([lines.length, 1]);
    for (const one of objectsIn(stdout))
      if (one.type === 'finding') lines.push((one['source'] as { line: number }).line);
    return stdout.includes('time was up');
  };
  let runs = 1;
  while (run('--deadline', '1ms') && runs < 200) runs += 1;
  expect(runs).toBeGreaterThan(2);
  run();
  expect(lines).toEqual(Array.from({ length: count }, (_, at) => at + 1));
}, 120_000);

test('another time zone is no news, and hides none', () => {
  writeFileSync(log, error(1) + info(1));
  const run = (zone: string) => idsIn(runCli(words(), { env: { TZ: zone } }).stdout);
  const first = run('Asia/Tokyo');
  expect(first).toHaveLength(1);
  expect(run('America/Los_Angeles')).toEqual([]);
  writeFileSync(log, error(1) + info(1) + error(2) + info(2));
  expect(run('Pacific/Kiritimati')).toHaveLength(1);
  rmSync(log);
  writeFileSync(log, error(3) + info(3));
  expect(run('America/Adak')).toHaveLength(1);
  expect(run('UTC')).toEqual([]);
});
