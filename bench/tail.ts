// What following costs, and how soon a finding is out, beside `tail -F | grep` on the same log at the same time: latency
// of an append, of a last record without a successor, processor time at rest and at 5 MB/s, memory after many rotations.
// `--full` writes 10 GiB for the last instead of 1.
import { type ChildProcess, spawn } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { cleanLog, randomFrom, recordAt } from '../test/helpers/vna-log.ts';

const MIB = 1024 ** 2;
const APPENDS = 200;
const IDLE_FLUSH_MS = 1000;
/** The kernel counts processor time in hundredths of a second. */
const TICK_MS = 10;
const GIB = process.argv.includes('--full') ? 10 : 1;
const CODE = 'Error Code: InvalidClientTokenId';
const main = join(import.meta.dirname, '../../dist/main.js');
const folder = mkdtempSync(join(tmpdir(), 'oclog-bench-'));
const log = join(folder, 'oc.log');
const random = randomFrom(11);

interface Follower {
  readonly name: string;
  readonly pids: readonly number[];
  /** When the finding of that number came. */
  readonly seen: ReadonlyMap<number, number>;
  /** Resolves when it has come. */
  waitFor(number: number): Promise<void>;
}

const children: ChildProcess[] = [];

function listen(name: string, output: Readable, pids: readonly (number | undefined)[]): Follower {
  const seen = new Map<number, number>();
  createInterface({ input: output }).on('line', (line) => {
    const number = /task-(\d+)/.exec(line)?.[1];
    if (number !== undefined) seen.set(Number(number), performance.now());
  });
  return {
    name,
    pids: pids.filter((pid) => pid !== undefined),
    seen,
    async waitFor(number) {
      while (!seen.has(number)) await sleep(2);
    },
  };
}

function start(): readonly Follower[] {
  const oclog = spawn(process.execPath, [main, 'tail', '--format', 'ndjson', log], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const tail = spawn('tail', ['-n', '0', '-F', log], { stdio: ['ignore', 'pipe', 'ignore'] });
  const grep = spawn('grep', ['--line-buffered', CODE], { stdio: [tail.stdout, 'pipe', 'inherit'] });
  // Or this process would read some of it too.
  tail.stdout.destroy();
  children.push(oclog, tail, grep);
  return [
    listen('oclog tail', oclog.stdout, [oclog.pid]),
    listen('tail -F | grep', grep.stdout, [tail.pid, grep.pid]),
  ];
}

let faults = 0;

function fault(): string {
  const thread = `task-${faults++}`;
  const message = `AWSPluginConfigHandler: Failed to connect AWS region: Http status code: 403: com.amazonaws.services.identitymanagement.model.AmazonIdentityManagementException: The security token included in the request is invalid. (Service: AmazonIdentityManagement; Status Code: 403; ${CODE}; Request ID: 74aa7f8a-f557-11e7-850c-33d05b3658d7; Proxy: null)`;
  return recordAt(new Date(), 'ERROR', 'AWS_PLUGIN', thread, message);
}

const ordinary = (): string => recordAt(new Date(), 'INFO', 'AWS_PLUGIN', 'default', 'Poller: done');

/** Processor time of its processes so far, in ms. */
function cpu({ pids }: Follower): number {
  const times = pids.map((pid) => {
    const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ');
    const [user, system] = rest.split(' ').slice(11, 13).map(Number);
    return ((user ?? 0) + (system ?? 0)) * TICK_MS;
  });
  return times.reduce((sum, time) => sum + time, 0);
}

function memory({ pids }: Follower, field: 'VmRSS' | 'VmHWM'): number {
  const [pid] = pids;
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
}

function quantile(values: readonly number[], part: number): number {
  return (
    values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(part * values.length))] ??
    Number.NaN
  );
}

function report(what: string, unit: string, [ours, theirs]: readonly number[]): void {
  const ratio = ours === undefined || theirs === undefined ? '' : `${(ours / theirs).toFixed(2)} x`;
  const cells = [ours, theirs].map((value) => (value === undefined ? '' : `${value.toFixed(2)} ${unit}`));
  console.log(`${what.padEnd(44)} ${cells.map((cell) => cell.padStart(12)).join(' ')} ${ratio.padStart(10)}`);
}

async function latencies(followers: readonly Follower[]): Promise<void> {
  const written = new Map<number, number>();
  for (let append = 0; append < APPENDS; append += 1) {
    const text = fault() + ordinary();
    written.set(faults - 1, performance.now());
    appendFileSync(log, text);
    await sleep(10 + random.next(140));
  }
  for (const follower of followers) await follower.waitFor(faults - 1);
  const waits = followers.map(({ seen }) =>
    [...written].map(([number, at]) => (seen.get(number) ?? Number.POSITIVE_INFINITY) - at),
  );
  for (const part of [0.5, 0.99]) {
    const values = waits.map((times) => quantile(times, part));
    report(`append to finding, p${part * 100} of ${APPENDS}`, 'ms', values);
  }
}

async function lastRecord([oclog]: readonly Follower[]): Promise<void> {
  const waits: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    appendFileSync(log, fault());
    const at = performance.now();
    await oclog?.waitFor(faults - 1);
    waits.push((oclog?.seen.get(faults - 1) ?? Number.NaN) - at - IDLE_FLUSH_MS);
    await sleep(100 + random.next(400));
  }
  report('last record: behind --idle-flush, median of 10', 'ms', [quantile(waits, 0.5)]);
  report('last record: behind --idle-flush, worst', 'ms', [Math.max(...waits)]);
}

/** In percent of one core, while `work` is done. */
async function load(followers: readonly Follower[], work: () => Promise<void>): Promise<readonly number[]> {
  const before = followers.map(cpu);
  const started = performance.now();
  await work();
  const passed = performance.now() - started;
  return followers.map((follower, at) => ((cpu(follower) - (before[at] ?? 0)) / passed) * 100);
}

/** One line a write. */
async function grow(bytesPerSecond: number, milliseconds: number): Promise<void> {
  const lines = cleanLog({ seed: 3, lines: 20_000 })
    .split('\n')
    .map((line) => Buffer.from(`${line}\n`));
  const file = openSync(log, 'a');
  const started = performance.now();
  let written = 0;
  for (let at = 0, passed = 0; passed < milliseconds; passed = performance.now() - started) {
    while (written < (bytesPerSecond * passed) / 1000)
      written += writeSync(file, lines[at++ % lines.length] ?? Buffer.alloc(0));
    await sleep(2);
  }
  closeSync(file);
}

/** Rotated every 128 MiB; nobody is outrun by more than 32. */
async function rotateMuch([oclog]: readonly Follower[], bytes: number): Promise<void> {
  const block = Buffer.from(cleanLog({ seed: 5, lines: 60_000 }));
  let sinceRotation = 0;
  let sinceWait = 0;
  for (let written = 0; written < bytes; written += block.length) {
    appendFileSync(log, block);
    sinceRotation += block.length;
    sinceWait += block.length;
    if (sinceWait > 32 * MIB) {
      sinceWait = 0;
      appendFileSync(log, fault() + ordinary());
      await oclog?.waitFor(faults - 1);
    }
    if (sinceRotation > 128 * MIB) {
      sinceRotation = 0;
      renameSync(log, `${log}.1`);
      writeFileSync(log, '');
    }
  }
}

try {
  writeFileSync(log, ordinary());
  const followers = start();
  await sleep(2500);
  console.log(`${''.padEnd(44)} ${followers.map(({ name }) => name.padStart(12)).join(' ')}      ratio`);
  await latencies(followers);
  await lastRecord(followers);
  report('at rest, % of a core', '%', await load(followers, () => sleep(20_000)));
  report('at 5 MB/s in one-line writes, % of a core', '%', await load(followers, () => grow(5e6, 10_000)));
  const [oclog] = followers;
  if (oclog !== undefined) {
    const before = memory(oclog, 'VmRSS');
    const started = performance.now();
    await rotateMuch(followers, GIB * 1024 * MIB);
    const seconds = (performance.now() - started) / 1000;
    report('resident memory before', 'MiB', [before]);
    report(`after ${GIB} GiB with rotations`, 'MiB', [memory(oclog, 'VmRSS')]);
    report('at most', 'MiB', [memory(oclog, 'VmHWM')]);
    report('written and followed', 'MiB/s', [(GIB * 1024) / seconds]);
  }
} finally {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
}
