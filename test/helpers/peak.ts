// The program as a user would run it, and how much memory it took.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAIN } from './cli.ts';

export interface Measured {
  readonly status: number | null;
  readonly stdout: string;
  /** Peak resident size in MiB. */
  readonly peak: number;
}

export function runMeasured(...args: readonly string[]): Measured {
  const dir = mkdtempSync(join(tmpdir(), 'oclog-peak-'));
  try {
    const hook = join(dir, 'hook.cjs');
    writeFileSync(
      hook,
      `process.on('exit', () => require('fs').writeFileSync(3, String(process.resourceUsage().maxRSS)));`,
    );
    const { status, stdout, output } = spawnSync(process.execPath, ['--require', hook, MAIN, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
      maxBuffer: 512 * 1024 ** 2,
    });
    return { status, stdout, peak: Number(output[3]) / 1024 };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
