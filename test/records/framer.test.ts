import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { LogRecord } from '../../src/records/record.ts';
import { recordsOf } from '../helpers/records.ts';
import { cleanLog } from '../helpers/vna-log.ts';

const HEAD = '2024-03-01 10:15:30,123 ERROR [AWS_PLUGIN] (default task-1) ';

const shape = ({ position, text, header, truncated }: LogRecord): object => ({
  position,
  text,
  header,
  truncated,
});

describe('frameRecords', () => {
  test('joins a stack trace with blank lines inside, up to the next header', async () => {
    const log = `${HEAD}first\n\n\tat a.B.c(B.java:1)\nCaused by: x\n\n${HEAD}second\n`;
    const [first, second, ...none] = await recordsOf(log);
    expect(first?.position).toEqual({ line: 1, endLine: 4, offset: 0, bytes: log.indexOf(HEAD, 1) });
    expect(first?.text).toBe(`${HEAD}first\n\n\tat a.B.c(B.java:1)\nCaused by: x`);
    expect(second?.position).toEqual({
      line: 6,
      endLine: 6,
      offset: log.indexOf(HEAD, 1),
      bytes: HEAD.length + 7,
    });
    expect(none).toEqual([]);
  });

  test('leaves what stands before the first header to no record', async () => {
    const records = await recordsOf(`left over\n\tat x\n${HEAD}x`);
    expect(records.map(({ position }) => position)).toEqual([
      { line: 3, endLine: 3, offset: 16, bytes: HEAD.length + 1 },
    ]);
    expect(await recordsOf('nothing\nhere\n')).toEqual([]);
  });

  test.each([
    ['CRLF', (log: string) => Buffer.from(log.replaceAll('\n', '\r\n'))],
    ['a byte-order mark', (log: string) => Buffer.from(`\ufeff${log}`)],
    ['no line feed at the end', (log: string) => Buffer.from(log.trimEnd())],
    ['a NUL hole in front', (log: string) => Buffer.concat([Buffer.alloc(5000), Buffer.from(log)])],
    ['colours', (log: string) => Buffer.from(log.replaceAll(/^2024.*$/gm, '\x1b[31m$&\x1b[0m'))],
  ])('offsets point at headers with %s', async (_, damage) => {
    const bytes = damage(`${HEAD}é one\n\tat x\n\n${HEAD}two\n`);
    const records = await recordsOf(bytes);
    expect(records.map(({ text }) => text)).toEqual([`${HEAD}é one\n\tat x`, `${HEAD}two`]);
    for (const { position } of records) {
      const found = bytes.toString('utf8', position.offset, position.offset + 60);
      expect(found.replace('\x1b[31m', '')).toMatch(/^2024-03-01 10:15:30,123 ERROR/);
    }
    const [first, second] = records;
    expect((first?.position.offset ?? 0) + (first?.position.bytes ?? 0)).toBe(second?.position.offset);
    expect((second?.position.offset ?? 0) + (second?.position.bytes ?? 0)).toBe(bytes.length);
  });

  test('shows invalid UTF-8 as U+FFFD and counts its bytes', async () => {
    const bytes = Buffer.concat([Buffer.from(`${HEAD}a`), Buffer.from([0xff, 0xc3]), Buffer.from('b\n')]);
    const [record] = await recordsOf(bytes);
    expect(record?.text).toBe(`${HEAD}a\ufffd\ufffdb`);
    expect(record?.position.bytes).toBe(bytes.length);
  });

  test.each([
    ['bytes', { maxBytes: 2000, maxLines: 5000 }],
    ['lines', { maxBytes: 1_000_000, maxLines: 20 }],
  ])('cuts a record at the limit of %s and keeps the next one whole', async (_, limits) => {
    const trace = '\tat a.B.c(B.java:1)\n'.repeat(500);
    const log = `${HEAD}big\n${trace}${HEAD}next\n`;
    const [big, next] = await recordsOf(log, [777], limits);
    expect(big).toMatchObject({
      truncated: true,
      position: { line: 1, endLine: 501, offset: 0, bytes: HEAD.length + 4 + trace.length },
    });
    expect(big?.text.length).toBeLessThanOrEqual(2000);
    expect(next).toMatchObject({ truncated: false, text: `${HEAD}next`, position: { line: 502 } });
  });

  test('blank lines beyond the limit lose nothing', async () => {
    const [record] = await recordsOf(`${HEAD}x\n${'\n'.repeat(50)}`, [], { maxBytes: 5000, maxLines: 10 });
    expect(record).toMatchObject({ truncated: false, position: { endLine: 1 } });
  });

  test('any chunking gives the same records', async () => {
    const log = Buffer.from(cleanLog({ seed: 7, lines: 120 }));
    const whole = (await recordsOf(log)).map(shape);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(log.length), { maxLength: 20 }), async (cuts) => {
        expect((await recordsOf(log, cuts)).map(shape)).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  test('records, put together, are the whole input behind its first header', async () => {
    const log = cleanLog({ seed: 11, lines: 300 });
    const records = await recordsOf(log);
    const total = records.reduce((sum, { position }) => sum + position.bytes, 0);
    expect(total).toBe(Buffer.byteLength(log));
  });
});
