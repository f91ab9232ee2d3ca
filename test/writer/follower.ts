// `oclog tail` as a process that tests wait for, and what a scan says of the same directory.
import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createInterface } from 'node:readline';
import { MAIN, objectsIn, runCli } from '../helpers/cli.ts';

const OPTIONS = ['--format', 'ndjson', '--advice', 'none', '--host', 'vna-test'];
/** Longer than any wait for a follower that works; a test that waits in vain says for what. */
const PATIENCE_MS = 20_000;

export interface Found {
  readonly code: string;
  readonly id: string;
  readonly source: { readonly path: string; readonly line: number; readonly offset: number };
}

interface Noted {
  readonly event: string;
  readonly path: string;
  readonly offset: number;
  readonly detail: string | null;
}

export interface Follower {
  readonly found: readonly Found[];
  readonly noted: readonly Noted[];
  /** Everything it wrote, for a look after a failure. */
  readonly stdout: string;
  readonly stderr: string;
  /** Once this many findings are reported; more are the test's to notice. */
  hasFound(count: number): Promise<void>;
  /** Ends it as a service manager does; its exit status. */
  stop(): Promise<number | null>;
}

/** Follows a directory; returns once it is at it. */
export async function follow(directory: string): Promise<Follower> {
  const child = spawn(process.execPath, [MAIN, 'tail', '--from-start', ...OPTIONS, directory], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', TZ: 'UTC' },
  });
  const found: Found[] = [];
  const noted: Noted[] = [];
  const news = new EventEmitter();
  let stdout = '';
  let stderr = '';
  let isOver = false;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    stdout += `${line}\n`;
    const said = JSON.parse(line) as { readonly type: string };
    if (said.type === 'finding') found.push(said as Found & typeof said);
    if (said.type === 'event') noted.push(said as Noted & typeof said);
    news.emit('more');
  });
  const status = once(child, 'close').then(([code]) => {
    isOver = true;
    news.emit('more');
    return code as number | null;
  });
  const until = async (what: string, isSo: () => boolean): Promise<void> => {
    const patience = AbortSignal.timeout(PATIENCE_MS);
    while (!isSo()) {
      if (isOver || patience.aborted) {
        throw new Error(
          `tail ${isOver ? 'ended before' : 'never said'}: ${what}; findings: ${found.length}\n${stderr}`,
        );
      }
      await once(news, 'more', { signal: patience }).catch(() => undefined);
    }
  };
  await until('following', () => noted.some(({ event }) => event === 'following'));
  return {
    found,
    noted,
    get stdout() {
      return stdout;
    },
    get stderr() {
      return stderr;
    },
    hasFound: (count) => until(`${count} findings`, () => found.length >= count),
    stop() {
      child.kill('SIGTERM');
      return status;
    },
  };
}

/** What a scan finds in a directory. */
export function scanned(directory: string): Found[] {
  const { stdout } = runCli(['scan', ...OPTIONS, directory]);
  return objectsIn(stdout).filter(({ type }) => type === 'finding') as unknown as Found[];
}

/** Occurrences, wherever they stand now, in an order that does not depend on who reported them. */
export function occurrences(found: readonly Found[]): string[] {
  return found
    .map(({ code, id, source }) => `${code} ${id} line ${source.line} offset ${source.offset}`)
    .sort();
}
