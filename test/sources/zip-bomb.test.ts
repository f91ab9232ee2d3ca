import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { DEFAULT_INFLATE_LIMITS, RATIO_FLOOR } from '../../src/sources/source.ts';
import { logOf, zipOf } from '../helpers/archives.ts';
import { scanPaths, type TempFolder, tempFolder } from '../helpers/sources.ts';

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder.remove());

const log = logOf('2026-11-23 04:00:00', 2000);

test('a gzip that inflates past the ratio is stopped', async () => {
  const path = folder.write('a.gz', gzipSync(Buffer.alloc(RATIO_FLOOR + 8 * 1024 ** 2)));
  const { readings } = await scanPaths([path]);
  expect(readings[0]?.text.length).toBeGreaterThan(RATIO_FLOOR);
  expect(readings[0]?.error?.message).toMatch(/more than 200 times its size; stopped after 32/);
  expect(readings[0]?.error?.hint).toContain('--max-ratio');
});

test('below the floor no ratio is suspicious', async () => {
  const path = folder.write('a.gz', gzipSync(Buffer.alloc(RATIO_FLOOR)));
  const { readings } = await scanPaths([path]);
  expect(readings[0]?.error).toBeNull();
});

test('the members of a zip share one limit of bytes', async () => {
  const path = folder.write(
    'a.zip',
    zipOf([
      { name: 'a', data: log },
      { name: 'b', data: log },
    ]),
  );
  const limits = { ...DEFAULT_INFLATE_LIMITS, maxInflated: log.length + 1000 };
  const { readings } = await scanPaths([path], limits);
  expect(readings.map(({ text, error }) => [text.length, error?.hint])).toEqual([
    [log.length, undefined],
    [1000, 'if it is a real log, raise the limit with --max-inflated'],
  ]);
});

test('many small bombs in one zip are one bomb', async () => {
  const data = Buffer.alloc(12 * 1024 ** 2);
  const path = folder.write('a.zip', zipOf(['a', 'b', 'c', 'd'].map((name) => ({ name, data }))));
  const { readings } = await scanPaths([path], { ...DEFAULT_INFLATE_LIMITS, maxRatio: 100 });
  expect(readings.map(({ error }) => error?.hint?.split(' ').at(-1))).toEqual([
    undefined,
    undefined,
    '--max-ratio',
    '--max-ratio',
  ]);
});

test('a half-written bomb cannot hold up the listing of a zip', async () => {
  const data = Buffer.alloc(1024 ** 2);
  const path = folder.write('a.zip', zipOf([{ name: 'a', data, descriptor: true }], { directory: false }));
  const { readings } = await scanPaths([path], { ...DEFAULT_INFLATE_LIMITS, maxInflated: 5000 });
  expect(readings.map(({ text, error }) => [text.length, error?.message])).toEqual([
    [5000, 'the archive inflates to more than 4.9 KiB; stopped there'],
  ]);
});

test('a bomb within a zipped gzip is measured by what comes out in the end', async () => {
  const gz = gzipSync(Buffer.alloc(RATIO_FLOOR * 2));
  const path = folder.write('a.zip', zipOf([{ name: 'a.gz', data: gz }]));
  const { readings } = await scanPaths([path]);
  expect(readings[0]?.error?.hint).toContain('--max-ratio');
});
