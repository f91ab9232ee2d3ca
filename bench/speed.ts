// Speed of a scan beside grep for one literal and beside a plain line reader in Node, on the same 256 MiB log.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeLog } from './make-log.ts';

const MIB = 1024 ** 2;
const SIZE = 256 * MIB;
const ROUNDS = 5;
const main = join(import.meta.dirname, '../../dist/main.js');
const folder = mkdtempSync(join(tmpdir(), 'oclog-bench-'));

const READER = `
const lines = require('readline').createInterface({ input: require('fs').createReadStream(process.argv[1]) });
let hits = 0;
lines.on('line', (line) => { if (/Error Code: InvalidClientTokenId/.test(line)) hits += 1; });`;

function seconds(command: string, args: readonly string[]): number {
  const started = performance.now();
  // Not to /dev/null: grep would stop at the first hit.
  spawnSync(command, args, { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64 * MIB });
  return (performance.now() - started) / 1000;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

try {
  const log = join(folder, 'oc.log');
  makeLog(log, SIZE);
  const runs: Readonly<Record<string, () => number>> = {
    'oclog scan': () => seconds(process.execPath, [main, 'scan', '--format', 'ndjson', log]),
    'grep -c literal': () => seconds('grep', ['-c', 'Error Code: InvalidClientTokenId', log]),
    'node readline': () => seconds(process.execPath, ['-e', READER, log]),
    'node -e 0': () => seconds(process.execPath, ['-e', '0']),
    'oclog --version': () => seconds(process.execPath, [main, '--version']),
    'oclog scan, 1 line': () => seconds(process.execPath, [main, 'scan', '/dev/null/none']),
  };
  const times = new Map(Object.keys(runs).map((name) => [name, [] as number[]]));
  // Interleaved, so that a busy moment of the machine hits all alike.
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, run] of Object.entries(runs)) times.get(name)?.push(run());
  }
  const base = median(times.get('oclog scan') ?? []);
  for (const [name, values] of times) {
    const time = median(values);
    console.log(
      `${name.padEnd(20)} ${time.toFixed(2).padStart(6)} s  ${(time / base).toFixed(3).padStart(7)} x scan  ${name.includes('--version') || name.includes('-e 0') || name.includes('1 line') ? '' : `${(SIZE / MIB / time).toFixed(0)} MiB/s`}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
