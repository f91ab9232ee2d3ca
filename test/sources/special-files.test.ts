import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, symlinkSync, truncateSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { locateSources } from '../../src/sources/locate.ts';
import { DEFAULT_INFLATE_LIMITS } from '../../src/sources/source.ts';
import { logOf } from '../helpers/archives.ts';
import { readSource, scanPaths, type TempFolder, tempFolder } from '../helpers/sources.ts';

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder.remove());

const log = logOf('2026-11-23 04:00:00', 50);

/** What is said about a path from which nothing can be read. */
async function said(path: string) {
  const { readings, problems } = await scanPaths([path]);
  expect(readings).toEqual([]);
  expect(problems.map((problem) => problem.path)).toEqual([path]);
  return [problems[0]?.message, problems[0]?.hint];
}

test('a missing path', async () => {
  expect(await said(join(folder.path, 'oc.log'))).toEqual(['no such file or directory', 'check the path']);
});

test('a path through a file', async () => {
  const file = folder.write('oc.log', log);
  expect((await said(join(file, 'oc.log')))[0]).toBe('a part of the path is a file, not a directory');
});

test('a directory without a family', async () => {
  folder.write('server.log', log);
  folder.write('oc.logger', log);
  folder.write('oc.log.lck', '');
  mkdirSync(join(folder.path, 'oc.log.1'));
  expect((await said(folder.path))[0]).toBe('no oc.log and no archive of one in this directory');
});

test('a glob without a match', async () => {
  expect((await said(join(folder.path, '*.log')))[0]).toBe('no file matches this pattern');
});

test('a named pipe does not hang', async () => {
  const fifo = join(folder.path, 'oc.log');
  execFileSync('mkfifo', [fifo]);
  expect(await said(fifo)).toEqual(['is a named pipe (FIFO)', `read it with: cat ${fifo} | oclog scan -`]);
});

test('a named pipe in a directory leaves the other logs readable', async () => {
  const fifo = join(folder.path, 'oc.log');
  execFileSync('mkfifo', [fifo]);
  folder.write('oc.log.1', log);
  const { readings, problems } = await scanPaths([folder.path]);
  expect(readings.map(({ text }) => text.length)).toEqual([log.length]);
  expect(problems.map((problem) => problem.message)).toEqual(['is a named pipe (FIFO)']);
});

test('a socket', async () => {
  const path = join(folder.path, 'oc.log');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  try {
    expect((await said(path))[0]).toBe('is a socket, not a file');
  } finally {
    server.close();
  }
});

test('a device', async () => {
  expect((await said('/dev/zero'))[0]).toBe('is a device, not a file');
});

test('links in a circle', async () => {
  const path = join(folder.path, 'oc.log');
  symlinkSync('oc.log', path);
  expect((await said(path))[0]).toBe('symbolic links that lead in a circle');
});

test('a link to nowhere in a directory', async () => {
  symlinkSync('gone', join(folder.path, 'oc.log'));
  const { problems } = await scanPaths([folder.path]);
  expect(problems.map(({ path, message }) => [path, message])).toEqual([
    [join(folder.path, 'oc.log'), 'no such file or directory'],
  ]);
});

test('an I/O error in mid read comes after the data as one line', async () => {
  // Its size is 0 and its first page is not mapped: the read itself fails.
  const { readings, problems } = await scanPaths(['/proc/self/mem']);
  expect(readings).toEqual([]);
  expect(problems.map(({ message }) => message)).toEqual(['input/output error after 0 bytes']);
});

test('a file that shrinks while it is read says so after the data', async () => {
  const path = folder.write('oc.log', Buffer.alloc(1024 ** 2, 'x\n'));
  for await (const source of locateSources([path], DEFAULT_INFLATE_LIMITS, () => {})) {
    truncateSync(path, 300_000);
    const { text, error } = await readSource(source);
    expect(text.length).toBe(300_000);
    expect(error?.message).toBe('shrank while it was read, from 1048576 to 300000 bytes');
  }
});

test('a file that grew since it was found is read to its present end', async () => {
  const path = folder.write('oc.log', 'a\n');
  for await (const source of locateSources([path], DEFAULT_INFLATE_LIMITS, () => {})) {
    folder.write('oc.log', 'a\nb\n');
    expect((await readSource(source)).text).toBe('a\nb\n');
  }
});

test('a file is read once, however often and by whatever name it is met', async () => {
  const path = folder.write('oc.log', log);
  symlinkSync('oc.log', join(folder.path, 'oc.log.1'));
  linkSync(path, join(folder.path, 'hard.log'));
  const { readings, problems } = await scanPaths([
    join(folder.path, 'hard.log'),
    folder.path,
    path,
    join(folder.path, '*.log'),
  ]);
  expect(problems).toEqual([]);
  expect(readings.map((reading) => reading.path)).toEqual([join(folder.path, 'hard.log')]);
});

test('permission denied is one line, and the other logs are read', async () => {
  folder.write('oc.log', log);
  const closed = folder.write('oc.log.1', log);
  chmodSync(closed, 0);
  chmodSync(folder.path, 0o755);
  const isRoot = process.geteuid?.() === 0;
  // Root may read everything: for the test it becomes someone else.
  if (isRoot) process.seteuid?.(65534);
  try {
    const { readings, problems } = await scanPaths([folder.path]);
    expect(readings.map(({ text }) => text.length)).toEqual([log.length]);
    expect(problems.map(({ path, message }) => [path, message])).toEqual([[closed, 'permission denied']]);
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
});
