import { closeSync, createReadStream, openSync } from 'node:fs';
import { Readable } from 'node:stream';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { locateSources } from '../../src/sources/locate.ts';
import { DEFAULT_INFLATE_LIMITS } from '../../src/sources/source.ts';
import { stdinSource } from '../../src/sources/stdin.ts';
import { logOf, zipOf } from '../helpers/archives.ts';
import { readSource, type TempFolder, tempFolder } from '../helpers/sources.ts';

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder.remove());

const log = logOf('2026-11-23 04:00:00', 5000);
const text = log.toString('latin1');

function piped(content: Buffer, step = 1000): Readable {
  const slices: Buffer[] = [];
  for (let at = 0; at < content.length; at += step) slices.push(content.subarray(at, at + step));
  return Readable.from(slices);
}

function read(content: Buffer, step?: number) {
  return readSource(stdinSource(DEFAULT_INFLATE_LIMITS, piped(content, step)));
}

test.each([
  ['plain', log],
  ['gzip', gzipSync(log)],
  ['zip', zipOf([{ name: 'oc.log', data: log }])],
  ['a zip as Java writes it', zipOf([{ name: 'oc.log', data: log, descriptor: true }])],
])('%s is read', async (_, content) => {
  expect(await read(content)).toEqual({ path: '-', text, error: null });
  expect(await read(content, 17)).toEqual({ path: '-', text, error: null });
});

test('the members of a zip follow one another', async () => {
  const parts = [
    { name: 'a', data: log, descriptor: true },
    { name: 'b', data: Buffer.from('stored\n'), stored: true },
    { name: 'empty', data: Buffer.alloc(0), descriptor: true },
    { name: 'c', data: Buffer.from('last\n') },
  ];
  expect((await read(zipOf(parts))).text).toBe(`${text}stored\nlast\n`);
});

test('an encrypted member is passed over and named at the end', async () => {
  const parts = [
    { name: 'a', data: log, encrypted: true },
    { name: 'b', data: log },
  ];
  const { text: got, error } = await read(zipOf(parts));
  expect(got).toBe(text);
  expect(error?.path).toBe('-!a');
});

test('truncated input yields what inflates', async () => {
  const { text: got, error } = await read(gzipSync(log).subarray(0, 5000));
  expect(text.startsWith(got)).toBe(true);
  expect(error?.message).toMatch(/^truncated archive/);
});

test('what zlib drops in front of corrupt data is won back', async () => {
  const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
  const good = deflateRawSync(log, { finishFlush: 2 });
  const { text: got, error } = await read(Buffer.concat([header, good, Buffer.alloc(5000, 0xff)]), 64 * 1024);
  expect(got).toBe(text);
  expect(error?.message).toMatch(/^corrupt archive/);
});

test('the limits hold here, too', async () => {
  const limits = { ...DEFAULT_INFLATE_LIMITS, maxInflated: 1000 };
  const { text: got, error } = await readSource(stdinSource(limits, piped(gzipSync(log))));
  expect(got.length).toBe(1000);
  expect(error?.hint).toContain('--max-inflated');
});

test('it stands where the user put it and is read once', async () => {
  const path = folder.write('a.log', 'a\n');
  const seen: (readonly [string, string])[] = [];
  for await (const source of locateSources(
    ['-', path, '-'],
    DEFAULT_INFLATE_LIMITS,
    () => {},
    () => piped(log),
  )) {
    const { text: got } = await readSource(source);
    seen.push([source.path, got]);
  }
  expect(seen).toEqual([
    ['-', text],
    [path, 'a\n'],
  ]);
});

test('a pipe has no last change, a redirected file has its own', async () => {
  expect(stdinSource(DEFAULT_INFLATE_LIMITS, piped(log)).modified).toBeNull();
  const fd = openSync(folder.write('a.log', log), 'r');
  const stream = Object.assign(createReadStream('', { fd, autoClose: false }), { fd });
  const source = stdinSource(DEFAULT_INFLATE_LIMITS, stream);
  expect(source.modified?.getTime()).toBeGreaterThan(0);
  expect(source.rereadable).toBe(false);
  expect((await readSource(source)).text).toBe(text);
  closeSync(fd);
});

test('a failing stream is a known error after the data', async () => {
  async function* failing(): AsyncGenerator<Buffer> {
    yield Buffer.from('a line\n');
    throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' });
  }
  const { text: got, error } = await readSource(
    stdinSource(DEFAULT_INFLATE_LIMITS, Readable.from(failing())),
  );
  expect(got).toBe('a line\n');
  expect(error?.message).toBe('input/output error after 7 bytes');
});

test('leaving early frees the stream', async () => {
  const stream = piped(log);
  for await (const chunk of stdinSource(DEFAULT_INFLATE_LIMITS, stream).open()) {
    expect(chunk.length).toBeGreaterThan(0);
    break;
  }
  expect(stream.destroyed).toBe(true);
});
