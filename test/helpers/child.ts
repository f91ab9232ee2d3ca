// A process that lives on while a test talks to it. Nothing sleeps: a test waits for what the process says, and fails
// with what it has said where that never comes.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { MAIN } from './cli.ts';

const PATIENCE_MS = 30_000;

export interface Child {
  readonly process: ChildProcess;
  /** What it wrote so far. */
  readonly said: { stdout: string; stderr: string };
  /** Resolves when that matches. */
  until(stream: 'stdout' | 'stderr', pattern: RegExp): Promise<void>;
  send(text: string): void;
  /** Its exit status, or the signal that ended it. */
  ended(): Promise<number | string | null>;
}

export function startOclog(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  wrapper: readonly string[] = [],
): Child {
  const [program = '', ...words] = [...wrapper, process.execPath, MAIN, ...args];
  return startProgram(program, words, { PATH: process.env['PATH'] ?? '', TZ: 'UTC', ...env });
}

export function startProgram(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = process.env,
): Child {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...env } });
  const said = { stdout: '', stderr: '' };
  let isOver = false;
  const waiting = new Set<() => void>();
  const look = (): void => {
    for (const check of waiting) check();
  };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
      look();
    });
  child.once('close', () => {
    isOver = true;
    look();
  });
  // One that ended does not read what is sent.
  child.stdin.on('error', () => undefined);
  const end = once(child, 'close').then(([status, signal]) => (status ?? signal) as number | string | null);
  return {
    process: child,
    said,
    until: (name, pattern) =>
      new Promise((resolve, reject) => {
        const settle = (action: () => void): void => {
          clearTimeout(timer);
          waiting.delete(check);
          action();
        };
        const fail = (): void =>
          settle(() => reject(new Error(`no ${pattern} on ${name}; it said ${JSON.stringify(said)}`)));
        const check = (): void => {
          if (pattern.test(said[name])) settle(resolve);
          else if (isOver) fail();
        };
        const timer = setTimeout(fail, PATIENCE_MS);
        waiting.add(check);
        check();
      }),
    send: (text) => void child.stdin.write(text),
    ended: () => end,
  };
}
