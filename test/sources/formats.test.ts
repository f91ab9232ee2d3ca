import { readFile } from 'node:fs/promises';
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

const log = logOf('2026-11-23 04:00:00', 20_000);
const text = log.toString('latin1');

async function only(path: string) {
  const { readings, problems } = await scanPaths([path]);
  expect(problems).toEqual([]);
  expect(readings).toHaveLength(1);
  return readings[0];
}

test('a plain log is read byte by byte, whatever its name says', async () => {
  const path = folder.write('oc.log.1.gz', log);
  expect(await only(path)).toEqual({ path, text, error: null });
});

test('gzip is known by its content, not by its name', async () => {
  const path = folder.write('anything', gzipSync(log));
  expect(await only(path)).toEqual({ path, text, error: null });
});

test('all members of a gzip are read, and zeros behind them are padding', async () => {
  const halves = [log.subarray(0, 5000), log.subarray(5000)];
  const path = folder.write(
    'a.gz',
    Buffer.concat([...halves.map((half) => gzipSync(half)), Buffer.alloc(600)]),
  );
  expect(await only(path)).toEqual({ path, text, error: null });
});

test('a gzip header with name, comment, extra field and checksum is passed over', async () => {
  const bare = gzipSync(log);
  const header = Buffer.from(bare.subarray(0, 10));
  header[3] = 2 | 4 | 8 | 16;
  const fields = Buffer.from('\x03\x00abcoc.log\0a comment\0\x12\x34', 'latin1');
  const path = folder.write('a.gz', Buffer.concat([header, fields, bare.subarray(10)]));
  expect(await only(path)).toEqual({ path, text, error: null });
});

test('every file of a zip is a source, in the order of the directory', async () => {
  const path = folder.write(
    'logs.zip',
    zipOf([
      { name: 'b/oc.log', data: log },
      { name: 'b/', data: Buffer.alloc(0), stored: true },
      { name: 'a.log', data: Buffer.from('stored\n'), stored: true },
      { name: 'java.log', data: Buffer.from('described\n'), descriptor: true },
    ]),
  );
  const { readings } = await scanPaths([path]);
  expect(readings).toEqual([
    { path: `${path}!b/oc.log`, text, error: null },
    { path: `${path}!a.log`, text: 'stored\n', error: null },
    { path: `${path}!java.log`, text: 'described\n', error: null },
  ]);
});

test.each([
  ['stored in a zip', 'logs.zip', (data: Buffer) => zipOf([{ name: 'oc.log', data, stored: true }])],
  ['packed in a zip', 'logs.zip', (data: Buffer) => zipOf([{ name: 'oc.log', data }])],
  ['packed with gzip', 'a.gz', (data: Buffer) => gzipSync(data)],
] as const)('a log %s keeps each of its bytes for a reader who takes its time', async (_, name, pack) => {
  const path = folder.write(name, pack(log));
  const chunks: string[] = [];
  for await (const source of locateSources([path], DEFAULT_INFLATE_LIMITS, () => {})) {
    for await (const chunk of source.open()) {
      const before = chunk.toString('latin1');
      // Whatever was read or inflated ahead is done by then.
      await readFile(path);
      expect(chunk.toString('latin1') === before).toBe(true);
      chunks.push(before);
    }
  }
  expect(chunks.length).toBeGreaterThan(2);
  expect(chunks.join('') === text).toBe(true);
});

test('a zip member that is packed itself is inflated once more', async () => {
  const path = folder.write('logs.zip', zipOf([{ name: 'oc.log.1.gz', data: gzipSync(log), stored: true }]));
  expect(await only(path)).toEqual({ path: `${path}!oc.log.1.gz`, text, error: null });
});

test('a zip within a zip is named and the others go on', async () => {
  const inner = zipOf([{ name: 'x', data: log }]);
  const path = folder.write(
    'logs.zip',
    zipOf([
      { name: 'inner.zip', data: inner },
      { name: 'oc.log', data: log },
    ]),
  );
  const { readings } = await scanPaths([path]);
  expect(readings.map(({ error }) => error?.message)).toEqual([
    'a zip within a zip is not opened',
    undefined,
  ]);
  expect(readings[1]?.text).toBe(text);
});

test('encrypted and unknown members are errors with a remedy, and the others go on', async () => {
  const path = folder.write(
    'logs.zip',
    zipOf([
      { name: 'secret', data: log, encrypted: true },
      { name: 'odd', data: log, method: 14 },
      { name: 'oc.log', data: log },
    ]),
  );
  const { readings } = await scanPaths([path]);
  expect(readings.map(({ error }) => error && [error.path, error.message, error.hint])).toEqual([
    [`${path}!secret`, 'is encrypted', 'unpack it with its password and scan the result'],
    [
      `${path}!odd`,
      'is packed by a zip method that oclog does not know (14)',
      'unpack it elsewhere and scan the result',
    ],
    null,
  ]);
  expect(readings[2]?.text).toBe(text);
});

test('control characters in a member name do not get through', async () => {
  const path = folder.write('logs.zip', zipOf([{ name: '\x1b[2Joc.log', data: log }]));
  expect((await only(path))?.path).toBe(`${path}!?[2Joc.log`);
});

test('an empty file and an empty zip are empty inputs', async () => {
  const empty = folder.write('empty.gz', '');
  const zip = folder.write('empty.zip', zipOf([]));
  const { readings, problems } = await scanPaths([empty, zip]);
  expect(problems).toEqual([]);
  expect(readings.map(({ text, error }) => [text, error])).toEqual([
    ['', null],
    ['', null],
  ]);
});

test('a source can be opened again and left early', async () => {
  const paths = [
    folder.write('plain', log),
    folder.write('a.gz', gzipSync(log)),
    folder.write('a.zip', zipOf([{ name: 'oc.log', data: log }])),
  ];
  for await (const source of locateSources(paths, DEFAULT_INFLATE_LIMITS, () => {})) {
    expect(source.rereadable).toBe(true);
    for await (const chunk of source.open()) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect((await readSource(source)).text).toBe(text);
    expect((await readSource(source)).text).toBe(text);
  }
});

test('sources may be collected first and read later', async () => {
  const path = folder.write('a.gz', gzipSync(log));
  const sources = [];
  for await (const source of locateSources([path], DEFAULT_INFLATE_LIMITS, () => {})) sources.push(source);
  expect(sources).toHaveLength(1);
  for (const source of sources) expect((await readSource(source)).text).toBe(text);
});
