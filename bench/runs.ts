// Runs programs beside each other and prints how they compare: medians of interleaved rounds, so that a busy moment of the
// machine hits all alike.
import { spawnSync } from 'node:child_process';
import { accessSync, closeSync, constants, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export const MAIN = join(import.meta.dirname, '../../dist/main.js');

/** A program with its arguments; `where` says what its name stands for. */
export interface Run {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** A shell's pipe, where one is needed. */
  readonly shell?: boolean;
}

/** The same into a pipe whose reader keeps nothing, for output that is larger than a reader's memory should be. */
export function drained(run: Run | null): Run | null {
  if (run === null) return null;
  const pipe = 'set -o pipefail; "$0" "$@" | cat > /dev/null';
  return { name: run.name, command: 'bash', args: ['-c', pipe, run.command, ...run.args] };
}

export function oclog(name: string, ...args: readonly string[]): Run {
  return { name: `oclog ${name}`.trim(), command: process.execPath, args: [MAIN, ...args] };
}

/** `null` where the program is not installed. */
export function peer(name: string, command: string, ...args: readonly string[]): Run | null {
  const path = command.includes('/') ? command : findProgram(command);
  return path === null ? null : { name, command: path, args };
}

export function findProgram(name: string): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/lib/nagios/plugins', '/usr/sbin'];
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const folder = mkdtempSync(join(tmpdir(), 'oclog-bench-runs-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const OUTPUT = join(folder, 'output');

/** What makes Node start slowly on machines of some companies is no matter of ours. */
const { NODE_EXTRA_CA_CERTS: _, ...ENV } = process.env;

/** Seconds from start to end. */
export function seconds({ command, args, shell = false }: Run): number {
  // Into a file: grep stops at the first hit where its output goes to /dev/null, and what Node calls a pipe is a socket.
  const output = openSync(OUTPUT, 'w');
  const started = performance.now();
  const { error, status } = spawnSync(command, args, {
    env: ENV,
    shell,
    stdio: ['ignore', output, 'ignore'],
  });
  const taken = performance.now() - started;
  closeSync(output);
  if (error !== undefined) throw error;
  // 1 says that something was found, or that nothing was; checks say 2 for what is critical.
  if (status === null || status > (args.includes('check') || command !== process.execPath ? 2 : 1))
    throw new Error(`${command} ${args.join(' ')}: status ${status}`);
  return taken / 1000;
}

/** Seconds of processor time, of the system's part too, as bash counts them to the millisecond. */
export function processorSeconds({ command, args }: Run): number {
  const timed = 'TIMEFORMAT="%3U %3S"; time "$@" > /dev/null 2>&1';
  const { stderr } = spawnSync('bash', ['-c', timed, 'bash', command, ...args], {
    env: ENV,
    encoding: 'utf8',
  });
  const [user = Number.NaN, system = Number.NaN] = stderr.trim().split(' ').map(Number);
  return user + system;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/**
 * Prints a row for each run: its time, and how many times as fast as `base` it is. `bytes`: what each reads, for a speed.
 */
export function compare(
  title: string,
  base: string,
  bytes: number,
  rounds: number,
  all: readonly (Run | null)[],
): void {
  const runs = all.filter((run) => run !== null);
  const times = new Map(runs.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round += 1) {
    for (const run of runs) times.get(run.name)?.push(seconds(run));
  }
  const baseTime = median(times.get(base) ?? []);
  console.log(`\n${title}`);
  for (const [name, values] of times) {
    const time = median(values);
    const speed = bytes === 0 ? '' : `${(bytes / time / 1024 ** 2).toFixed(0)} MiB/s`;
    const ratio = Number.isNaN(baseTime) ? '' : `${(baseTime / time).toFixed(2)} x`;
    console.log(
      `  ${name.padEnd(46)} ${time.toFixed(3).padStart(9)} s ${speed.padStart(12)} ${ratio.padStart(10)}`,
    );
  }
}

let hook: string | null = null;

/** Peak resident memory of a run of ours, in MiB. */
export function peakOf({ args }: Run): number {
  if (hook === null) {
    hook = join(folder, 'hook.cjs');
    writeFileSync(
      hook,
      `process.on('exit', () => require('fs').writeFileSync(3, String(process.resourceUsage().maxRSS)));`,
    );
  }
  const { output } = spawnSync(process.execPath, ['--require', hook, ...args], {
    env: ENV,
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  return Number(output[3]?.toString()) / 1024;
}
