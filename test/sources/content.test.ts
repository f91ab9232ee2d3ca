import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from '@jest/globals';
import { scanPaths, tempFolder } from '../helpers/sources.ts';

const folder = tempFolder();
afterAll(() => folder.remove());

const LOG = '2024-03-01 10:15:30,123 INFO  [a] (t) x\n';

/** One file in a tar archive: a header block and the content, padded. */
function tarOf(name: string, content: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000644\0', 100);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  return Buffer.concat([header, Buffer.from(content), Buffer.alloc(1536 - (content.length % 512))]);
}

test.each([
  ['tar', tarOf('oc.log', LOG)],
  ['tar.gz', gzipSync(tarOf('oc.log', LOG))],
])('a %s is one error, not a log', async (kind, bytes) => {
  const { readings } = await scanPaths([folder.write(`case.${kind}`, bytes)]);
  expect(readings).toMatchObject([{ text: '', error: { message: 'is a tar archive' } }]);
});

const FAULT = `${LOG}ÄÖ € 😀\n`.repeat(300);
const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

test.each([
  ['little endian', Buffer.from(`\ufeff${FAULT}`, 'utf16le'), FAULT],
  ['big endian', swapped(`\ufeff${FAULT}`), FAULT],
  ['little endian of one character', Buffer.from('\ufeffx', 'utf16le'), 'x'],
  [
    'cut in a character',
    Buffer.from(`\ufeff${LOG}`, 'utf16le').subarray(0, -1),
    LOG.replace(/\n$/, '\ufffd'),
  ],
])('UTF-16, %s, is read as UTF-8', async (name, bytes, expected) => {
  const { readings } = await scanPaths([folder.write(`${name}.log`, bytes)]);
  // Readings show bytes.
  const text = Buffer.from(expected).toString('latin1');
  expect(readings).toMatchObject([{ text, error: null }]);
});

test.each([0, 1, 200, 256, 257, 261, 262, 263, 600])(
  'a log of %d bytes comes through as it is',
  async (length) => {
    const text = LOG.repeat(20).slice(0, length);
    const { readings } = await scanPaths([folder.write(`x${length}.log`, text)]);
    expect(readings).toMatchObject([{ text, error: null }]);
  },
);
