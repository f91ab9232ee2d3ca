// Runs a program with a text on its standard input: no shell, no secret in arguments, and an end for it and its children.
import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { type Outcome, SENT } from './channel.ts';

const MOST_WORDS = 300;

/** `signal` ends it. Throws the system's error where the program cannot be started. */
export async function runProgram(
  [program, ...words]: readonly [string, ...string[]],
  input: string | Buffer,
  signal: AbortSignal,
): Promise<Outcome> {
  const child = spawn(program, words, { stdio: ['pipe', 'ignore', 'pipe'], detached: true });
  const complaint = beginningOf(child.stderr);
  // A program that does not read is told of nothing by an error; its status tells.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const end = (): void => killGroup(child.pid);
  signal.addEventListener('abort', end, { once: true });
  try {
    const status = await new Promise<number | string>((done, fail) => {
      child.once('error', fail);
      child.once('exit', (code, name) => done(code ?? name ?? 'unknown'));
    });
    if (status === 0) return SENT;
    const words = (await complaint).replace(/\s+/g, ' ').trim();
    const detail = `${program} ended with ${status}${words === '' ? '' : `: ${words}`}`;
    return { kind: 'failed', detail, retryAfterMs: null, isDown: false };
  } finally {
    signal.removeEventListener('abort', end);
    child.stderr.destroy();
  }
}

/** What it started as well. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

/** Reads on beyond what is kept: a program must not wait for its complaints to be read. */
function beginningOf(stream: Readable): Promise<string> {
  return new Promise((done) => {
    let text = '';
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      if (text.length < MOST_WORDS) text = (text + chunk).slice(0, MOST_WORDS);
    });
    stream.once('close', () => done(text));
    stream.once('error', () => done(text));
  });
}
