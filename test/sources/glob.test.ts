import { mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { logOf } from '../helpers/archives.ts';
import { scanPaths, type TempFolder, tempFolder } from '../helpers/sources.ts';

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder.remove());

async function names(...patterns: string[]) {
  const { readings, problems } = await scanPaths(patterns.map((pattern) => join(folder.path, pattern)));
  expect(problems).toEqual([]);
  return readings.map(({ path }) => relative(folder.path, path));
}

test('files of one family in one directory come in the order of time, others by path', async () => {
  folder.write('b/oc.log', logOf('2026-11-23 00:00:00', 5));
  folder.write('b/oc.log.1', logOf('2026-11-22 00:00:00', 5));
  folder.write('b/oc.log.2', logOf('2026-11-21 00:00:00', 5));
  folder.write('b/zz.log', 'z\n');
  folder.write('a/oc.log', logOf('2026-11-25 00:00:00', 5));
  folder.write('a/aa.log', 'a\n');
  expect(await names('*/*log*')).toEqual([
    'a/aa.log',
    'a/oc.log',
    'b/oc.log.2',
    'b/oc.log.1',
    'b/oc.log',
    'b/zz.log',
  ]);
});

test('a path that exists is never a pattern', async () => {
  folder.write('oc[1].log', 'brackets\n');
  folder.write('oc1.log', 'one\n');
  expect(await names('oc[1].log')).toEqual(['oc[1].log']);
});

test('arguments keep their order', async () => {
  folder.write('b.log', 'b\n');
  folder.write('a.log', 'a\n');
  folder.write('logs/oc.log', 'live\n');
  expect(await names('b.log', 'logs', 'a.log')).toEqual(['b.log', 'logs/oc.log', 'a.log']);
});

test('linked files match, linked directories are not entered by **', async () => {
  folder.write('real/x/oc.log', 'x\n');
  folder.write('outside/oc.log', 'out\n');
  folder.write('elsewhere/linked', 'linked\n');
  mkdirSync(join(folder.path, 'root'));
  symlinkSync('../elsewhere/linked', join(folder.path, 'root/oc.log'));
  symlinkSync('../outside', join(folder.path, 'root/dir'));
  symlinkSync('..', join(folder.path, 'root/circle'));
  expect(await names('root/**/oc.log')).toEqual(['root/oc.log']);
  expect(await names('root/dir/*.log')).toEqual(['root/dir/oc.log']);
});

test('paths begin as the pattern does', async () => {
  folder.write('logs/oc.log', 'x\n');
  const pattern = `${relative(process.cwd(), folder.path)}/logs/../logs/{oc,other}.log`;
  const { readings } = await scanPaths([pattern]);
  expect(readings.map(({ path }) => path)).toEqual([pattern.replace('{oc,other}', 'oc')]);
});
