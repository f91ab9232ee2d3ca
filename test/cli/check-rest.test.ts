// A check of a log at rest answers without reading anything, and never when anything changed.
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { runCli } from '../helpers/cli.ts';
import { error, info } from '../helpers/follow.ts';
import { tempFolder } from '../helpers/sources.ts';

const HOUR_MS = 3_600_000;

let folder: ReturnType<typeof tempFolder>;
let log: string;
let states: string;

const check = (...more: readonly string[]) =>
  runCli(['check', log, '--state-dir', states, '--lookback', '9999d', '--record-timeout', '0s', ...more]);
/** What is kept of an answer, and when it was. */
const rests = (): readonly string[] => readdirSync(states).filter((name) => name.endsWith('.rest.json'));
/** A run the long way writes the state anew. */
const stateTime = (): bigint => {
  const name = readdirSync(states).find((one) => /-[0-9a-f]{16}\.json$/.test(one)) ?? '';
  return statSync(join(states, name), { bigint: true }).mtimeNs;
};

/** An open fault, an archive, and a folder that was left alone for long enough to be believed. */
beforeEach(() => {
  folder = tempFolder();
  log = join(folder.path, 'log', 'oc.log');
  states = join(folder.path, 'state');
  mkdirSync(join(folder.path, 'log'));
  writeFileSync(`${log}.1`, error(1));
  writeFileSync(log, error(2));
});
afterEach(() => folder.remove());

function rest(): void {
  const old = new Date(Date.now() - HOUR_MS);
  utimesSync(join(folder.path, 'log'), old, old);
  for (let time = 0; time < 3; time += 1) check();
  expect(rests()).toHaveLength(1);
}

test('is what a run the long way says, and leaves the state alone', () => {
  rest();
  const [kept = ''] = rests();
  const before = stateTime();
  const quick = check();
  expect(stateTime()).toBe(before);
  rmSync(join(states, kept));
  expect(check()).toEqual(quick);
  expect(stateTime()).toBeGreaterThan(before);
  expect(quick).toMatchObject({ status: 2, stdout: expect.stringContaining('(none new') });
});

test('is no memory that people could speak of', () => {
  rest();
  const listed = runCli(['alerts', 'list', '--state-dir', states]);
  expect(listed).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('VNA1001') });
  const words = ['alerts', 'ack', 'VNA1001', '--reason', 'ticket 7', '--state-dir', states];
  expect(runCli(words)).toMatchObject({ status: 0, stderr: '' });
  expect(check().stdout).toContain('1 open fault acknowledged');
});

test('holds none of the log', () => {
  rest();
  const text = readFileSync(join(states, rests()[0] ?? ''), 'utf8');
  expect(text).not.toContain('Service: AmazonIdentityManagement');
});

test.each<readonly [string, (log: string) => void]>([
  ['the log grew', (path) => appendFileSync(path, info(1))],
  ['the log was rewritten to the same size', (path) => writeFileSync(path, error(3))],
  ['an archive grew', (path) => appendFileSync(`${path}.1`, info(1))],
  ['an archive came', (path) => writeFileSync(`${path}.2`, error(4))],
  ['an archive went', (path) => rmSync(`${path}.1`)],
  ['the log went', (path) => rmSync(path)],
])('is not given when %s', (_name, change) => {
  rest();
  const before = stateTime();
  change(log);
  check();
  expect(stateTime()).toBeGreaterThan(before);
});

test.each<readonly [string, () => void]>([
  ['another run holds the lock', () => writeFileSync(join(states, lockName()), '')],
  ['it is garbage', () => writeFileSync(join(states, rests()[0] ?? ''), 'garbage')],
  ['it may be written by others', () => chmodSync(join(states, rests()[0] ?? ''), 0o666)],
])('is not given when %s', (_name, change) => {
  rest();
  const before = stateTime();
  change();
  check();
  expect(stateTime()).toBeGreaterThan(before);
});

function lockName(): string {
  const name = readdirSync(states).find((one) => /oc\.log-[0-9a-f]{16}\.json$/.test(one)) ?? '';
  return name.replace(/json$/, 'lock');
}

test('is not given to another question', () => {
  rest();
  const before = stateTime();
  check('--host', 'other');
  expect(stateTime()).toBeGreaterThan(before);
});

test('is not given when something is to be told again', () => {
  rest();
  const [kept = ''] = rests();
  const { from, until } = JSON.parse(readFileSync(join(states, kept), 'utf8')) as {
    from: number;
    until: number;
  };
  // A critical fault is told again after an hour.
  expect(until - from).toBeLessThanOrEqual(HOUR_MS);
});

test('is not kept while a record may go on', () => {
  const old = new Date(Date.now() - HOUR_MS);
  utimesSync(join(folder.path, 'log'), old, old);
  for (let time = 0; time < 3; time += 1)
    runCli(['check', log, '--state-dir', states, '--record-timeout', '1h']);
  expect(rests()).toEqual([]);
});
