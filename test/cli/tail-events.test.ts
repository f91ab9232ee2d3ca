// `oclog tail` as a process of its own, with the events of a real file system: nothing is timed, each step waits for what
// the program prints.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { MAIN } from '../helpers/cli.ts';
import { error, errors, info } from '../helpers/follow.ts';

jest.setTimeout(60_000);

interface Printed {
  readonly type: string;
  readonly event?: string;
  readonly record?: { readonly text: string };
}

class Tailing {
  readonly #child: ChildProcess;
  readonly #printed: string[] = [];
  #onPrint: () => void = () => {};

  constructor(path: string) {
    this.#child = spawn(
      process.execPath,
      [MAIN, 'tail', '--format', 'ndjson', '--advice', 'none', '--idle-flush', '200ms', path],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    createInterface({ input: this.#child.stdout as NonNullable<ChildProcess['stdout']> }).on(
      'line',
      (line) => {
        this.#printed.push(nameOf(JSON.parse(line) as Printed));
        this.#onPrint();
      },
    );
  }

  /** Waits until all of these were printed. */
  async until(...names: readonly string[]): Promise<void> {
    while (!names.every((name) => this.#printed.includes(name)))
      await new Promise<void>((resolve) => {
        this.#onPrint = resolve;
      });
  }

  /** Asks it to end, and returns all that it printed. */
  async end(): Promise<readonly string[]> {
    this.#child.kill('SIGTERM');
    const [status] = (await once(this.#child, 'close')) as [number | null];
    expect(status).toBe(0);
    return this.#printed;
  }

  /** Reads no more, and waits until it ends by itself; returns its status. */
  async turnAway(then: () => void): Promise<number | null> {
    const closed = once(this.#child, 'close');
    this.#child.stdout?.destroy();
    then();
    const [status] = (await closed) as [number | null];
    return status;
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

function nameOf({ type, event, record }: Printed): string {
  return event ?? /E\d\d/.exec(record?.text ?? '')?.[0] ?? type;
}

let folder: string;
let log: string;
let tailing: Tailing;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'oclog-tail-')), 'log');
  mkdirSync(folder);
  log = join(folder, 'oc.log');
});

afterEach(() => {
  tailing.kill();
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

async function follow(): Promise<void> {
  tailing = new Tailing(folder);
  await tailing.until('following');
}

test('F1 two lines, one after the other', async () => {
  writeFileSync(log, info(0));
  await follow();
  appendFileSync(log, error(1));
  await tailing.until('E01');
  appendFileSync(log, error(2));
  await tailing.until('E02');
  expect(await tailing.end()).toEqual(['following', 'E01', 'E02']);
});

test('F3 lines, a rotation and lines without a pause', async () => {
  writeFileSync(log, info(0));
  await follow();
  appendFileSync(log, errors(1, 2, 3));
  renameSync(log, `${log}.1`);
  writeFileSync(log, errors(4, 5, 6));
  await tailing.until('E06');
  const findings = (await tailing.end()).filter((name) => name.startsWith('E'));
  expect(findings).toEqual(['E01', 'E02', 'E03', 'E04', 'E05', 'E06']);
});

test('F5 copied and cut, then a shorter log', async () => {
  writeFileSync(log, info(0));
  await follow();
  appendFileSync(log, errors(1, 2, 3, 4));
  await tailing.until('E04');
  copyFileSync(log, `${log}.1`);
  truncateSync(log);
  appendFileSync(log, error(5));
  await tailing.until('E05');
  expect(await tailing.end()).toEqual(['following', 'E01', 'E02', 'E03', 'E04', 'truncated', 'E05']);
});

test('F8 a log that is not there yet', async () => {
  await follow();
  await tailing.until('missing');
  writeFileSync(log, error(1));
  await tailing.until('E01');
  appendFileSync(log, error(2));
  await tailing.until('E02');
  expect(await tailing.end()).toEqual(['following', 'missing', 'reappeared', 'E01', 'E02']);
});

test('F9 deleted and created again', async () => {
  writeFileSync(log, info(0));
  await follow();
  appendFileSync(log, error(1));
  await tailing.until('E01');
  rmSync(log);
  await tailing.until('missing');
  writeFileSync(log, error(2));
  await tailing.until('E02');
  appendFileSync(log, error(3));
  await tailing.until('E03');
  expect(await tailing.end()).toEqual(['following', 'E01', 'missing', 'reappeared', 'rotated', 'E02', 'E03']);
});

test('F12 the directory renamed and made anew', async () => {
  writeFileSync(log, info(0));
  await follow();
  appendFileSync(log, error(1));
  await tailing.until('E01');
  renameSync(folder, `${folder}.old`);
  mkdirSync(folder);
  writeFileSync(log, error(2));
  await tailing.until('E02');
  appendFileSync(log, error(3));
  await tailing.until('E03');
  expect(await tailing.end()).toEqual(['following', 'E01', 'rotated', 'E02', 'E03']);
});

test('a closed pipe ends it with status 0', async () => {
  writeFileSync(log, info(0));
  await follow();
  appendFileSync(log, error(1));
  await tailing.until('E01');
  expect(await tailing.turnAway(() => appendFileSync(log, error(2)))).toBe(0);
});
