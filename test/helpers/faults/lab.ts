// A log, its check and two receivers, as they are on a server: runs the real program, whole or until a fault of the kind
// that is asked for, and tells what everybody has heard.
import { spawn } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from '../../../src/state/document.ts';
import { MAIN, objectsIn } from '../cli.ts';
import { HttpPeer } from '../http-peer.ts';

const HOOK = join(import.meta.dirname, 'hook.mjs');

/** The system refuses files; what channels refuse has tests of its own. */
export const NO_FILE = /^(?:socket|spawn|connect)$/;

/** What is to happen at the operation of that number, of those that change something outside of the process. */
export interface Fault {
  readonly mode: 'kill before' | 'kill half' | 'kill after' | 'kill at call' | 'error' | 'list';
  /** For `kill at call`: of the system calls of each thread, from 1. */
  readonly at: number;
  /** The system's, where it refuses. */
  readonly code?: 'ENOSPC' | 'EIO' | 'EDQUOT';
  /** Whether it refuses from then on. */
  readonly isLasting?: boolean;
  /** Where the names of all operations are to be listed. */
  readonly list?: string;
}

export interface Ended {
  /** The signal that ended it, if one did. */
  readonly status: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A notice as a receiver got it. */
export interface Received {
  readonly id: string;
  readonly reason: string;
  readonly incidents: readonly { readonly fingerprint: string; readonly state: string }[];
}

export class Lab {
  readonly root = mkdtempSync(join(tmpdir(), 'oclog-lab-'));
  readonly #kept = mkdtempSync(join(tmpdir(), 'oclog-lab-kept-'));
  readonly folder = join(this.root, 'log');
  readonly log = join(this.folder, 'oc.log');
  readonly stateDir = join(this.root, 'state');
  readonly textfile = join(this.root, 'oclog.prom');
  readonly #got = join(this.root, 'got');
  readonly #config = join(this.root, 'config.yaml');
  readonly #peer: HttpPeer;
  #ended: Ended[] = [];

  private constructor(peer: HttpPeer) {
    this.#peer = peer;
    mkdirSync(this.folder);
  }

  static async open(): Promise<Lab> {
    const lab = new Lab(await HttpPeer.open());
    writeFileSync(
      lab.#config,
      JSON.stringify({
        channels: {
          hook: { type: 'webhook', url: lab.#peer.url },
          program: { type: 'command', run: ['/bin/sh', '-c', 'cat >> "$0"', lab.#got] },
        },
      }),
    );
    return lab;
  }

  /** For `restore`. */
  keep(): void {
    rmSync(this.#kept, { recursive: true, force: true });
    cpSync(this.root, this.#kept, { recursive: true, preserveTimestamps: true });
  }

  restore(): void {
    rmSync(this.root, { recursive: true, force: true });
    cpSync(this.#kept, this.root, { recursive: true, preserveTimestamps: true });
    this.#peer.received.length = 0;
    this.#ended = [];
    this.receive(200);
  }

  /** What the webhook's receiver answers from now on. */
  receive(status: number): void {
    this.#peer.otherwise = { status };
  }

  write(...records: readonly string[]): void {
    appendFileSync(this.log, records.join(''));
  }

  check(args: readonly string[] = ['--format', 'ndjson'], fault?: Fault): Promise<Ended> {
    return this.run(['check', ...this.common, ...args, this.log], fault);
  }

  /** What is in the outbox need not wait. */
  makeDue(): void {
    const folder = join(this.stateDir, 'outbox');
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      if (!name.endsWith('.json')) continue;
      const { body } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { readonly body: object };
      // Another file: what was killed may have left the old one under two names.
      rmSync(join(folder, name));
      writeFileSync(join(folder, name), encode({ ...body, nextTry: 0 }), { mode: 0o600 });
    }
  }

  /** As a machine leaves it whose power was cut. */
  leaveLock(): void {
    const state = readdirSync(this.stateDir).find((name) => /oc\.log-\w+\.json$/.test(name)) ?? '';
    writeFileSync(join(this.stateDir, state.replace(/json$/, 'lock')), '');
  }

  /** An hour goes by for what was left under temporary names. */
  age(): void {
    const old = new Date(Date.now() - 2 * 3_600_000);
    for (const name of readdirSync(this.root, { recursive: true, encoding: 'utf8' }))
      if (/\.tmp$|lock\.\d+\.\w+$/.test(name)) utimesSync(join(this.root, name), old, old);
  }

  /** The first run looks back for ever, and a last record is over at once. */
  get common(): readonly string[] {
    return [
      ...['--state-dir', this.stateDir, '--config', this.#config, '--host', 'vna-1'],
      ...['--lookback', '9999d', '--record-timeout', '0s', '--textfile', this.textfile],
    ];
  }

  /** The operations of a run, by name, in their order. */
  async operationsOf(run: (fault: Fault) => Promise<Ended>): Promise<readonly string[]> {
    const list = `${this.#kept}.operations`;
    await run({ mode: 'list', list, at: -1 });
    const names = JSON.parse(readFileSync(list, 'utf8')) as readonly string[];
    rmSync(list);
    return names;
  }

  async run(args: readonly string[], fault?: Fault): Promise<Ended> {
    const ended = await runProgram([...wrapperOf(fault), MAIN, ...args], {
      OCLOG_TEST_FAULT: JSON.stringify({ ...fault, noFile: NO_FILE.source }),
      // One thread does all that is done to files, so that its calls can be counted.
      ...(fault?.mode === 'kill at call' ? { UV_THREADPOOL_SIZE: '1' } : {}),
    });
    this.#ended.push(ended);
    return ended;
  }

  get ended(): readonly Ended[] {
    return this.#ended;
  }

  /** Whole lines of all runs that printed NDJSON. */
  get printed(): ReturnType<typeof objectsIn> {
    return this.#ended.flatMap(({ stdout }) => {
      const whole = stdout.slice(0, stdout.lastIndexOf('\n') + 1);
      return whole.startsWith('{') ? objectsIn(whole) : [];
    });
  }

  /** What each receiver got, whole. */
  get received(): readonly (readonly Received[])[] {
    const got = existsSync(this.#got) ? readFileSync(this.#got, 'utf8') : '';
    const taken = this.#peer.received.filter(
      ({ answer }) => typeof answer === 'object' && answer.status < 300,
    );
    return [taken.map(({ body }) => body), linesOf(got)].map((bodies) =>
      bodies.flatMap((body) => noticeIn(body) ?? []),
    );
  }

  /** All files beside the log, by their names; but for the lock of an outbox that nobody has needed since. */
  get files(): readonly string[] {
    return readdirSync(this.root, { recursive: true, encoding: 'utf8' })
      .filter((name) => !name.startsWith('log') && name !== 'got' && name !== 'state/outbox/lock')
      .sort();
  }

  async close(): Promise<void> {
    for (const path of [this.root, this.#kept]) rmSync(path, { recursive: true, force: true });
    await this.#peer.close();
  }
}

/** System calls that change something, or wake another thread. */
const CALLS =
  'write,pwrite64,fsync,fdatasync,link,linkat,rename,renameat2,unlink,unlinkat,mkdir,mkdirat,connect,sendto,execve';

function wrapperOf(fault: Fault | undefined): readonly string[] {
  if (fault === undefined) return [process.execPath];
  if (fault.mode !== 'kill at call') return [process.execPath, '--import', HOOK];
  const inject = `inject=${CALLS}:signal=SIGKILL:when=${fault.at}`;
  return ['strace', '-f', '-qq', '-o', '/dev/null', '-e', `trace=${CALLS}`, '-e', inject, process.execPath];
}

function linesOf(text: string): readonly string[] {
  // A program that is told half a notice has got none; what follows stands on the same line.
  return text.split(/\n|(?=\{"schemaVersion":1,"type":"notice")/);
}

function noticeIn(body: string): Received | null {
  try {
    return JSON.parse(body) as Received;
  } catch {
    return null;
  }
}

export function runProgram(
  [program = '', ...args]: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', TZ: 'UTC', ...env },
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => done({ status: signal ?? code, ...said }));
  });
}
