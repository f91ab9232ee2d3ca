// `oclog tail` behind JBoss LogManager itself, one handler after the other of those that WildFly offers: what it reported
// while the log was written and rotated is what a scan of the same directory finds afterwards.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Follower, type Found, follow, occurrences, scanned } from './follower.ts';
import { BOOTS, ROWS } from './rows.ts';
import { type Settings, startWriter, type Writer } from './writer.ts';

const TIMEOUT_MS = 60_000;
let writer: Writer;

// Made and started once: a new handler is a new log.
beforeAll(() => {
  writer = startWriter();
}, 5 * TIMEOUT_MS);
afterAll(() => writer.quit());

test.each(ROWS)(
  'tail follows what JBoss rotates: $title',
  async ({ settings, rotate, names }) => {
    await inDirectory(settings, async (directory, begin) => {
      let turns = 0;
      const turn = (): string => rotate[turns++ % rotate.length] as string;
      const tail = await begin();
      await writer.tell('fault SignatureDoesNotMatch v2', 'log 3', 'flush');
      await tail.hasFound(2);
      await writer.tell(turn(), 'fault AccessDenied nested', 'log 1', 'flush');
      await tail.hasFound(3);
      // From here on nobody waits for the follower.
      for (const flavour of ['v1', 'v2', 'nested']) {
        await writer.tell(
          `fault InvalidClientTokenId ${flavour}`,
          turn(),
          `fault Unreachable ${flavour}`,
          turn(),
        );
      }
      await writer.tell('log 2', 'fault SignatureDoesNotMatch v1', 'flush');
      await tail.hasFound(10);
      await expectSameAsScan(tail, directory, [], 10);
      expectNames(directory, names, 7);
    });
  },
  TIMEOUT_MS,
);

// Long enough that archives are renamed, packed and read at the same time.
test.each(
  ROWS.filter(({ title }) => ['size', 'size, gz', 'size, zip', 'period and size, gz'].includes(title)),
)(
  'tail keeps up with two dozen rotations in a row: $title',
  async ({ settings, rotate, names }) => {
    await inDirectory(settings, async (directory, begin) => {
      const tail = await begin();
      for (let turns = 0; turns < 24; turns += 1) {
        const flavour = turns % 3 === 0 ? 'nested' : 'v2';
        await writer.tell(`fault InvalidClientTokenId ${flavour}`, rotate[turns % rotate.length] as string);
      }
      await writer.tell('fault SignatureDoesNotMatch v1');
      await tail.hasFound(26);
      await expectSameAsScan(tail, directory, [], 26);
      expectNames(directory, names, 24);
    });
  },
  TIMEOUT_MS,
);

test.each(BOOTS)(
  'tail follows what JBoss rotates: $title',
  async ({ settings, names }) => {
    await inDirectory(settings, async (directory, begin) => {
      const tail = await begin();
      for (const flavour of ['v1', 'v2', 'nested']) {
        await writer.tell(`fault ExpiredToken ${flavour}`, 'log 20');
        await writer.open(join(directory, 'oc.log'), settings);
      }
      await writer.tell('fault SignatureDoesNotMatch v2', 'log 1');
      await tail.hasFound(5);
      await expectSameAsScan(tail, directory, [], 5);
      expectNames(directory, names, 3);
    });
  },
  TIMEOUT_MS,
);

test(
  'tail follows a log that a start of the server empties',
  async () => {
    const settings = { kind: 'file', append: false };
    await inDirectory(settings, async (directory, begin) => {
      const tail = await begin();
      await writer.tell('log 5', 'fault AccessDenied v2', 'log 1');
      await tail.hasFound(2);
      const emptied = scanned(directory);
      await writer.open(join(directory, 'oc.log'), settings);
      // Longer than what was there.
      await writer.tell('log 30', 'fault InvalidClientTokenId v2', 'fault SignatureDoesNotMatch v1', 'log 1');
      await tail.hasFound(4);
      await expectSameAsScan(tail, directory, emptied, 4);
    });
  },
  TIMEOUT_MS,
);

test(
  'tail has reported what rotation deletes',
  async () => {
    const settings = { kind: 'size-rotating', 'rotate-size': 20_000, 'max-backup-index': 2 };
    await inDirectory(settings, async (directory, begin) => {
      const tail = await begin();
      for (const count of [2, 3, 4, 5, 6]) {
        await writer.tell('fault InvalidClientTokenId v1', 'rotate');
        await tail.hasFound(count);
      }
      const left = scanned(directory);
      expect(left).toHaveLength(2);
      await expectSameAsScan(tail, directory, tail.found.filter(isNotIn(left)), 6);
      expectNames(directory, /^oc\.log\.[12]$/, 2);
    });
  },
  TIMEOUT_MS,
);

test(
  'tail reports a fault once whose record arrives in two parts, far apart',
  async () => {
    await inDirectory({ kind: 'file', autoflush: false }, async (directory, begin) => {
      const log = join(directory, 'oc.log');
      const tail = await begin();
      // JBoss empties its buffer when it is full, wherever in a record that is.
      do await writer.tell('fault InvalidClientTokenId v1', 'log 1');
      while (
        !/ERROR \[AWS_PLUGIN\][^\n]*\n(\tat [^\n]*\n){2,}\tat [^\n]*$/.test(readFileSync(log, 'latin1'))
      );
      const half = scanned(directory);
      await tail.hasFound(half.length);
      await writer.tell('flush', 'fault SignatureDoesNotMatch v2', 'log 1', 'flush');
      const all = scanned(directory);
      await tail.hasFound(all.length);
      await expectSameAsScan(tail, directory, [], all.length);
    });
  },
  TIMEOUT_MS,
);

/** Runs a test in a directory whose log holds one fault; the directory of a test that fails is kept. */
async function inDirectory(
  settings: Settings,
  body: (directory: string, begin: () => Promise<Follower>) => Promise<void>,
): Promise<void> {
  const around = mkdtempSync(join(tmpdir(), 'oclog-java-'));
  const directory = mkdtempSync(join(around, 'log-'));
  let tail: Follower | undefined;
  try {
    await writer.open(join(directory, 'oc.log'), settings);
    await writer.tell('log 5', 'fault InvalidClientTokenId v1', 'log 1', 'flush');
    await body(directory, async () => {
      tail = await follow(directory);
      return tail;
    });
    rmSync(around, { recursive: true });
  } catch (error) {
    await tail?.stop();
    writeFileSync(join(around, 'tail.stdout'), tail?.stdout ?? '');
    writeFileSync(join(around, 'tail.stderr'), tail?.stderr ?? '');
    if (error instanceof Error) error.message += `\nkept: ${around}`;
    throw error;
  }
}

/** `gone`: what was found in content that is no more. */
async function expectSameAsScan(
  tail: Follower,
  directory: string,
  gone: readonly Found[],
  count: number,
): Promise<void> {
  expect(await tail.stop()).toBe(0);
  expect(occurrences(tail.found)).toEqual(occurrences([...gone, ...scanned(directory)]));
  expect(tail.found).toHaveLength(count);
  expect(tail.noted.filter(({ event }) => event === 'gap')).toEqual([]);
}

function isNotIn(others: readonly Found[]): (found: Found) => boolean {
  const ids = new Set(others.map(({ id }) => id));
  return ({ id }) => !ids.has(id);
}

function expectNames(directory: string, names: RegExp, count: number): void {
  const archives = readdirSync(directory).filter((name) => name !== 'oc.log');
  expect(archives.filter((name) => !names.test(name))).toEqual([]);
  expect(archives).toHaveLength(count);
}
