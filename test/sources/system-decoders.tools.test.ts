import { execFileSync } from 'node:child_process';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { locateSources } from '../../src/sources/locate.ts';
import { DEFAULT_INFLATE_LIMITS, RATIO_FLOOR } from '../../src/sources/source.ts';
import { stdinSource } from '../../src/sources/stdin.ts';
import { logOf, zipOf } from '../helpers/archives.ts';
import { readSource, scanPaths, type TempFolder, tempFolder } from '../helpers/sources.ts';

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder.remove());

const log = logOf('2026-11-23 04:00:00', 40_000);
const text = log.toString('latin1');
const tools = ['xz', 'bzip2', 'zstd'];

function pack(tool: string, content: Buffer): Buffer {
  return execFileSync(tool, ['-c'], { input: content, maxBuffer: 2 ** 30 });
}

test.each(tools)('%s is unpacked from a file, from standard input and from within a zip', async (tool) => {
  const packed = pack(tool, log);
  const path = folder.write('oc.log.1', packed);
  expect((await scanPaths([path])).readings).toEqual([{ path, text, error: null }]);
  const piped = stdinSource(DEFAULT_INFLATE_LIMITS, Readable.from([packed]));
  expect(await readSource(piped)).toEqual({ path: '-', text, error: null });
  const zip = folder.write('a.zip', zipOf([{ name: 'oc.log.1', data: packed, stored: true }]));
  expect((await scanPaths([zip])).readings).toEqual([{ path: `${zip}!oc.log.1`, text, error: null }]);
});

test.each(tools)('a truncated %s yields what comes out and then an error', async (tool) => {
  const packed = pack(tool, log);
  const { readings } = await scanPaths([folder.write('oc.log.1', packed.subarray(0, packed.length - 20))]);
  expect(text.startsWith(readings[0]?.text ?? 'x')).toBe(true);
  expect(readings[0]?.error?.message).toMatch(/^truncated archive/);
});

test.each(tools)('a corrupt %s is an error', async (tool) => {
  const packed = Buffer.from(pack(tool, log));
  const middle = Math.floor(packed.length / 2);
  packed.fill(0x55, middle, middle + 50);
  const { readings } = await scanPaths([folder.write('oc.log.1', packed)]);
  expect(readings[0]?.error?.message).toMatch(/^corrupt archive/);
});

test.each(tools)('leaving a %s early ends its tool, and it can be read again', async (tool) => {
  const path = folder.write('oc.log.1', pack(tool, log));
  for await (const source of locateSources([path], DEFAULT_INFLATE_LIMITS, () => {})) {
    for await (const chunk of source.open()) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect((await readSource(source)).text).toBe(text);
  }
});

test.each(tools)('a %s bomb is stopped', async (tool) => {
  const path = folder.write('oc.log.1', pack(tool, Buffer.alloc(RATIO_FLOOR * 3)));
  const { readings } = await scanPaths([path]);
  expect(readings[0]?.error?.hint).toContain('--max-ratio');
});
