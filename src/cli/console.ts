// What the command line touches of the outside world, so that nothing below it does.
import type { Writable } from 'node:stream';
import { cleanText } from '../findings/clean.ts';
import { guard } from '../findings/redact.ts';
import { speaksUnicode } from '../lib/color.ts';
import { toAscii } from '../reports/show.ts';
import { type OutputStream, openStandardOutput } from './standard-output.ts';

export interface Console {
  readonly stdout: OutputStream;
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly fd?: number };
  readonly env: { readonly [name: string]: string | undefined };
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  /** For what runs until a signal: to end by one is no interruption. */
  expectSignal(): void;
  /** For what lives long: SIGHUP asks for this from now on, or, at a terminal, for the end. */
  onHangup(reload: () => void): void;
  /** Says something on standard error, without what could steer a terminal; what comes from outside is redacted before. */
  say(message: string): void;
}

/** A terminal without a size cannot be cleared line by line. */
export function canShowProgress({ stderr }: Pick<Console, 'stderr'>): boolean {
  return stderr.isTTY === true && (stderr.columns ?? 0) > 0;
}

export const asItIs = (text: string): string => text;

/** Makes text fit a terminal whose character set may be no more than ASCII; files and pipes take UTF-8. */
export function fitterFor(
  stream: { readonly isTTY?: boolean },
  env: Console['env'],
): (text: string) => string {
  return stream.isTTY === true && !speaksUnicode(env) ? toAscii : asItIs;
}

export function openConsole(
  signal: AbortSignal,
  expectSignal: Console['expectSignal'],
  onHangup: Console['onHangup'],
): Console {
  let isGuarded = false;
  let stdout: OutputStream | null = null;
  return {
    get stdout() {
      stdout ??= openStandardOutput();
      return stdout;
    },
    // Opened when it is first asked for, which most runs never do.
    get stderr() {
      // A closed one must not end the run.
      if (!isGuarded) process.stderr.on('error', () => undefined);
      isGuarded = true;
      return process.stderr;
    },
    env: process.env,
    signal,
    expectSignal,
    onHangup,
    say(message) {
      const show = fitterFor(this.stderr, this.env);
      this.stderr.write(`${show(guard(cleanText(message)))}\n`);
    },
  };
}
