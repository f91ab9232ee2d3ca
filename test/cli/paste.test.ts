import { PassThrough, Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { readPaste } from '../../src/cli/paste.ts';
import { SourceError } from '../../src/lib/errors.ts';

const MIB = 1024 ** 2;
const { signal } = new AbortController();
const silent = { say: () => undefined, signal };

test('a text is read whole, without its mark', async () => {
  const stream = Readable.from([Buffer.from('\ufeffgr\u00fc'), Buffer.from('ße')], { objectMode: true });
  expect(await readPaste(silent, stream)).toEqual({ text: 'grüße', cut: false });
});

test('of a longer one the lines within a MiB count, and reading ends', async () => {
  const line = `${'x'.repeat(99)}\n`;
  let asked = 0;
  const endless = new Readable({
    read() {
      asked += 1;
      this.push(line.repeat(1000));
    },
  });
  const { text = '', cut } = (await readPaste(silent, endless)) ?? {};
  expect([cut, text.length <= MIB, text.length > MIB - 200, text.endsWith('x')]).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(asked).toBeLessThan(20);
});

test('one line without end has no text', async () => {
  const stream = Readable.from([Buffer.alloc(MIB + 1, 'x')]);
  expect(await readPaste(silent, stream)).toEqual({ text: '', cut: true });
});

test('at a terminal it says what to do', async () => {
  const said: string[] = [];
  const terminal = Object.assign(Readable.from([Buffer.from('x')]), { isTTY: true });
  await readPaste({ say: (message) => said.push(message), signal }, terminal);
  expect(said).toEqual(['oclog: paste the record, then press Enter and Ctrl-D']);
});

test('what cannot be read is named', async () => {
  const stream = new PassThrough();
  const reading = readPaste(silent, stream);
  stream.destroy(new Error('EIO'));
  await expect(reading).rejects.toThrow(SourceError);
});

test('an interrupted run has no text', async () => {
  const abort = new AbortController();
  const stream = new PassThrough();
  const reading = readPaste({ say: () => undefined, signal: abort.signal }, stream);
  abort.abort();
  stream.destroy(new Error('closed'));
  expect(await reading).toBeNull();
});
