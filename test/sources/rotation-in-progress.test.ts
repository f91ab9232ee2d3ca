import { renameSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { locateSources } from '../../src/sources/locate.ts';
import { DEFAULT_INFLATE_LIMITS } from '../../src/sources/source.ts';
import { logOf, zipOf } from '../helpers/archives.ts';
import { readSource, scanPaths, type TempFolder, tempFolder } from '../helpers/sources.ts';

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder.remove());

const log = logOf('2026-11-23 04:00:00', 5000);
const other = logOf('2026-11-22 04:00:00', 3000);
const packed = gzipSync(log);

async function names(paths: readonly string[]) {
  const { readings, problems } = await scanPaths(paths);
  expect(problems).toEqual([]);
  expect(readings.filter(({ error }) => error !== null)).toEqual([]);
  return readings.map(({ path }) => path.slice(folder.path.length + 1));
}

const halfWritten: readonly (readonly [string, string, Buffer])[] = [
  ['a half-written gzip', 'oc.log.1.gz', packed.subarray(0, packed.length / 2)],
  ['a gzip without its checksum', 'oc.log.1.gz', packed.subarray(0, -8)],
  ['a gzip of which only the header stands', 'oc.log.1.gz', packed.subarray(0, 10)],
  ['a file created for a gzip', 'oc.log.1.gz', Buffer.alloc(0)],
  ['a finished gzip', 'oc.log.1.gz', packed],
  [
    'a half-written zip',
    'oc.log.1.zip',
    zipOf([{ name: 'oc.log', data: log, descriptor: true }]).subarray(0, 20000),
  ],
  [
    'a zip of which only the header stands',
    'oc.log.1.zip',
    zipOf([{ name: 'oc.log', data: log }]).subarray(0, 36),
  ],
  ['a finished zip', 'oc.log.1.zip', zipOf([{ name: 'oc.log', data: log }])],
  ['a copy of the beginning', 'oc.log.1', log.subarray(0, 10_000)],
  ['a copy of all', 'oc.log.1', log],
];

test.each(halfWritten)('%s beside the live log is read once', async (_, name, content) => {
  folder.write('oc.log', log);
  folder.write('oc.log.2.gz', gzipSync(other));
  folder.write(name, content);
  expect(await names([folder.path])).toEqual(['oc.log.2.gz', 'oc.log']);
});

test('files named one by one are compared, too', async () => {
  const live = folder.write('oc.log', log);
  const gz = folder.write('oc.log.1.gz', packed.subarray(0, 5000));
  expect(await names([gz, live])).toEqual(['oc.log']);
});

test('of a plain archive and its packed copy the plain one stays', async () => {
  folder.write('oc.log', other);
  folder.write('oc.log.1.gz', packed);
  folder.write('oc.log.1', log);
  expect(await names([folder.path])).toEqual(['oc.log', 'oc.log.1']);
});

test('a live log that is the beginning of an archive gives way to it', async () => {
  folder.write('oc.log', log.subarray(0, 7000));
  folder.write('oc.log.1.gz', packed);
  expect(await names([folder.path])).toEqual(['oc.log.1.gz']);
});

test('of nothing but empty files one stays', async () => {
  folder.write('oc.log', '');
  folder.write('oc.log.1.gz', '');
  folder.write('oc.log.2.gz', packed.subarray(0, 10));
  expect(await names([folder.path])).toEqual(['oc.log']);
});

test('logs that only begin alike are both read', async () => {
  folder.write('oc.log', Buffer.concat([log, Buffer.from('a\n')]));
  folder.write('oc.log.1', Buffer.concat([log, Buffer.from('b\n')]));
  expect(await names([folder.path])).toEqual(['oc.log.1', 'oc.log']);
});

test('a truncated archive with bytes of its own is an error', async () => {
  folder.write('oc.log', other);
  folder.write('oc.log.1.gz', packed.subarray(0, 5000));
  const { readings } = await scanPaths([folder.path]);
  expect(readings.map(({ error }) => error?.message.slice(0, 17))).toEqual([undefined, 'truncated archive']);
});

test('equal files of different directories are different logs', async () => {
  const paths = [folder.write('a/oc.log', log), folder.write('b/oc.log', log)];
  expect(await names(paths)).toEqual(['a/oc.log', 'b/oc.log']);
});

test('an encrypted zip is not taken for an empty one', async () => {
  folder.write('oc.log', log);
  folder.write('oc.log.1.zip', zipOf([{ name: 'oc.log', data: log, encrypted: true }]));
  const { readings } = await scanPaths([folder.path]);
  expect(readings.map(({ error }) => error?.message)).toEqual(['is encrypted', undefined]);
});

test('a rotation between finding and reading loses nothing', async () => {
  folder.write('oc.log.1', other);
  const live = folder.write('oc.log', log);
  const texts: string[] = [];
  for await (const source of locateSources([folder.path], DEFAULT_INFLATE_LIMITS, () => {})) {
    if (texts.length === 0) {
      renameSync(join(folder.path, 'oc.log.1'), join(folder.path, 'oc.log.2'));
      unlinkSync(live);
      folder.write('oc.log.1.gz', packed);
      folder.write('oc.log', 'new\n');
    }
    texts.push((await readSource(source)).text);
  }
  expect(texts).toEqual([other, log].map((bytes) => bytes.toString('latin1')));
});

test('a renamed file is found again by a source that was kept', async () => {
  const live = folder.write('oc.log', log);
  const sources = [];
  for await (const source of locateSources([live], DEFAULT_INFLATE_LIMITS, () => {})) sources.push(source);
  renameSync(live, `${live}.1`);
  folder.write('oc.log', 'new\n');
  for (const source of sources) expect((await readSource(source)).text).toBe(log.toString('latin1'));
  unlinkSync(`${live}.1`);
  for (const source of sources) {
    expect((await readSource(source)).error?.message).toBe('was removed or replaced after it was found');
  }
});
