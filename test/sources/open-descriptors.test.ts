import { readdirSync, readlinkSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { locateSources } from '../../src/sources/locate.ts';
import { DEFAULT_INFLATE_LIMITS } from '../../src/sources/source.ts';
import { logOf, zipOf } from '../helpers/archives.ts';
import { readSource, scanPaths, type TempFolder, tempFolder } from '../helpers/sources.ts';

let folder: TempFolder;
const log = logOf('2026-11-23 04:00:00', 5000);

beforeEach(() => {
  folder = tempFolder();
  folder.write('oc.log', log);
  folder.write('oc.log.1.gz', gzipSync(logOf('2026-11-22 04:00:00', 5000)));
  folder.write('oc.log.2.zip', zipOf([{ name: 'oc.log', data: logOf('2026-11-21 04:00:00', 5000) }]));
  folder.write('oc.log.3.gz', gzipSync(log).subarray(0, 5000));
  folder.write('oc.log.4.zip', zipOf([{ name: 'oc.log', data: log }]).subarray(0, 5000));
});
afterEach(() => folder.remove());

function openInFolder(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${fd}`);
      return target.startsWith(folder.path) ? [target] : [];
    } catch {
      return [];
    }
  });
}

test('nothing stays open after a scan', async () => {
  expect((await scanPaths([folder.path])).readings).toHaveLength(3);
  expect(openInFolder()).toEqual([]);
});

test('nothing stays open when locating and reading end early', async () => {
  for await (const source of locateSources([folder.path], DEFAULT_INFLATE_LIMITS, () => {})) {
    for await (const chunk of source.open()) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    break;
  }
  expect(openInFolder()).toEqual([]);
});

test('nothing stays open after reading sources that were kept', async () => {
  const kept = [];
  for await (const source of locateSources([folder.path], DEFAULT_INFLATE_LIMITS, () => {}))
    kept.push(source);
  await Promise.all(kept.flatMap((source) => [readSource(source), readSource(source)]));
  expect(openInFolder()).toEqual([]);
});

test('a family of more files than are held open is read whole', async () => {
  for (let index = 10; index < 200; index += 1) folder.write(`oc.log.${index}`, `only line of ${index}\n`);
  const { readings, problems } = await scanPaths([folder.path]);
  expect(problems).toEqual([]);
  expect(readings.filter(({ text }) => text.startsWith('only line'))).toHaveLength(190);
  expect(openInFolder()).toEqual([]);
});
