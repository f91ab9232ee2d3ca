// Drives Writer.java, command by command: a promise is kept once the records are handed over.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { writerCommand } from './build.mjs';

export interface Settings {
  readonly [name: string]: string | number | boolean;
}

export interface Writer {
  /** A handler on this file, in place of the one before. */
  open(file: string, settings: Settings): Promise<void>;
  /** Commands, see Writer.java; throws at the first that fails. */
  tell(...commands: readonly string[]): Promise<void>;
  quit(): Promise<void>;
}

export function startWriter(): Writer {
  const { command, args } = writerCommand();
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Nothing of this machine's AWS configuration.
    env: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', HOME: tmpdir() },
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  async function tell(...commands: readonly string[]): Promise<void> {
    for (const line of commands) {
      child.stdin.write(`${line}\n`);
      const answer = await answers.next();
      if (answer.value !== 'ok') throw new Error(`writer, ${line}: ${answer.value ?? 'gone'}\n${complaints}`);
    }
  }
  return {
    tell,
    open: (file, settings) =>
      tell(
        ['open', ...Object.entries({ ...settings, file }).map(([name, value]) => `${name}=${value}`)].join(
          ' ',
        ),
      ),
    async quit() {
      await tell('quit');
      await ended(child);
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
