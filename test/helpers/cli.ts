// Runs the built program as a user would, in a process of its own.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Another build can be put to the test. */
export const MAIN = process.env['OCLOG_TEST_MAIN'] ?? join(import.meta.dirname, '../../dist/main.js');

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string | Buffer;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export function runCli(args: readonly string[], { input = '', cwd, env = {} }: RunOptions = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 ** 2,
    ...(cwd === undefined ? {} : { cwd }),
    // A clean slate: what this machine says of colours and time zones must not decide a test.
    env: { PATH: process.env['PATH'] ?? '', TZ: 'UTC', ...env },
  });
  return { status, stdout, stderr };
}

/** The objects of an NDJSON output. */
export function objectsIn(stdout: string): { readonly [name: string]: unknown; readonly type: string }[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string });
}
