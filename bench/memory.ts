// Peak memory of scanning 10 MiB, 1 GiB, 1 GiB in one line, and 1 GiB packed, each in a process of its own.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeLog } from './make-log.ts';

const MIB = 1024 ** 2;
const main = join(import.meta.dirname, '../../dist/main.js');
const folder = mkdtempSync(join(tmpdir(), 'oclog-bench-'));

/** Peak resident memory in MiB of a scan, and its seconds. */
function measure(path: string, format: string): { readonly peak: number; readonly seconds: number } {
  const report = `process.on('exit', () => require('fs').writeFileSync(3, String(process.resourceUsage().maxRSS)));`;
  const hook = join(folder, 'hook.cjs');
  const file = openSync(hook, 'w');
  writeSync(file, report);
  closeSync(file);
  const started = performance.now();
  const { output } = spawnSync(
    process.execPath,
    ['--require', hook, main, 'scan', '--format', format, path],
    {
      stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    },
  );
  const peak = Number(output[3]?.toString()) / 1024;
  return { peak, seconds: (performance.now() - started) / 1000 };
}

function oneLine(path: string, bytes: number): void {
  const file = openSync(path, 'w');
  const piece = Buffer.alloc(MIB, 'a');
  for (let written = 0; written < bytes; written += piece.length) writeSync(file, piece);
  closeSync(file);
}

try {
  const small = join(folder, 'small.log');
  const large = join(folder, 'large.log');
  const line = join(folder, 'line.log');
  makeLog(small, 10 * MIB);
  const faults = makeLog(large, 1024 * MIB);
  oneLine(line, 1024 * MIB);
  console.log(`1 GiB holds ${faults} faults`);
  for (const format of ['ndjson', 'json', 'text']) {
    const base = measure(small, format);
    const big = measure(large, format);
    const long = measure(line, format);
    const row = (name: string, { peak, seconds }: typeof base): string =>
      `${format.padEnd(7)} ${name.padEnd(16)} ${peak.toFixed(0).padStart(4)} MiB  ${(peak / base.peak).toFixed(2)} x  ${seconds.toFixed(1)} s`;
    console.log([row('10 MiB', base), row('1 GiB', big), row('1 GiB, one line', long)].join('\n'));
  }
  spawnSync('gzip', ['-1', large]);
  const packed = measure(`${large}.gz`, 'ndjson');
  console.log(`ndjson  1 GiB, gzip      ${packed.peak.toFixed(0)} MiB  ${packed.seconds.toFixed(1)} s`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
