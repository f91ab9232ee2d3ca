import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { closeJson } from '../../src/records/json-repair.ts';
import { recordsOf } from '../helpers/records.ts';

const HEAD = '2024-03-01 10:15:30,123 ERROR [AWS_PLUGIN] (t) ';
const MESSAGE =
  'com.amazonaws.AmazonServiceException: no (Service: AmazonEC2; Status Code: 401; Error Code: AuthFailure)';
const EVENT = {
  timestamp: '2026-11-23T04:09:26.62+01:00',
  sequence: 242,
  loggerClassName: 'x.Y',
  loggerName: 'AWS_PLUGIN',
  level: 'ERROR',
  message: 'AWSPluginConfigHandler: Failed',
  threadName: 'default task-1',
  threadId: 1,
  mdc: {},
  ndc: '',
};
const EXCEPTION = {
  refId: 1,
  exceptionType: 'java.lang.RuntimeException',
  message: 'outer',
  frames: [{ class: 'a.T$1', method: 'main', line: 27 }],
  causedBy: {
    exception: { exceptionType: 'com.amazonaws.AmazonServiceException', message: 'inner', frames: [] },
  },
};

describe('JSON formatter', () => {
  test('reads a one-line object', async () => {
    const line = JSON.stringify({ ...EVENT, exception: EXCEPTION });
    const [record, next] = await recordsOf(`${line}\n${HEAD}x\n`);
    expect(record?.header).toEqual({
      level: 'ERROR',
      plugin: 'AWS_PLUGIN',
      category: 'AWS_PLUGIN',
      thread: 'default task-1',
      timestamp: { date: '2026-11-23', time: '04:09:26.62', zone: '+01:00' },
    });
    expect(record?.text).toBe(
      'AWSPluginConfigHandler: Failed: java.lang.RuntimeException: outer\n\tat a.T$1.main(T.java:27)\nCaused by: com.amazonaws.AmazonServiceException: inner',
    );
    expect(record?.position).toEqual({ line: 1, endLine: 1, offset: 0, bytes: line.length + 1 });
    expect(next?.position.line).toBe(2);
  });

  test('reads a formatted stack trace', async () => {
    const [record] = await recordsOf(
      JSON.stringify({ ...EVENT, stackTrace: `: ${MESSAGE}\n\tat a.B.c(B.java:1)\n` }),
    );
    expect(record?.text).toBe(`AWSPluginConfigHandler: Failed: ${MESSAGE}\n\tat a.B.c(B.java:1)`);
  });

  test('takes a pretty-printed object as one record from its first to its last line', async () => {
    const pretty = JSON.stringify({ ...EVENT, exception: EXCEPTION }, null, 4);
    const log = `${HEAD}before\n${pretty}\n\n${pretty}\n${HEAD}after\n`;
    const lines = pretty.split('\n').length;
    const records = await recordsOf(log);
    expect(records.map(({ position: { line, endLine, offset } }) => [line, endLine, offset])).toEqual([
      [1, 1, 0],
      [2, lines + 1, log.indexOf('{')],
      [lines + 3, 2 * lines + 2, log.indexOf(pretty, log.indexOf('{') + 1)],
      [2 * lines + 3, 2 * lines + 3, log.lastIndexOf(HEAD)],
    ]);
    expect(records[1]?.headerLine).toBe(pretty);
    expect(records[1]?.header.plugin).toBe('AWS_PLUGIN');
  });

  test('survives frames that are none', async () => {
    const frames = [{ class: 'T', method: { toString: 1 } }, { class: 'T', method: [[[]]] }, 7, null];
    const [record] = await recordsOf(
      JSON.stringify({ ...EVENT, exception: { exceptionType: 'a.B', frames } }),
    );
    expect(record?.text).toBe(`${EVENT.message}: a.B`);
  });

  test('finds renamed keys by their place', async () => {
    const { timestamp, loggerName, level, message, threadName } = EVENT;
    const [record] = await recordsOf(
      JSON.stringify({ when: timestamp, cat: loggerName, lvl: level, said: message, who: threadName }),
    );
    expect(record).toMatchObject({
      header: {
        level: 'ERROR',
        plugin: 'AWS_PLUGIN',
        thread: 'default task-1',
        timestamp: { date: '2026-11-23' },
      },
      text: message,
    });
  });

  test('takes the plugin from the tag that leads the message', async () => {
    const [record] = await recordsOf(
      JSON.stringify({ ...EVENT, loggerName: 'com.ca.oc.X', message: '[AWS_PLUGIN] y' }),
    );
    expect(record?.header).toMatchObject({ plugin: 'AWS_PLUGIN', category: 'com.ca.oc.X' });
  });

  test.each([
    ['a JavaScript dump', "{ InvalidClientTokenId: The security token\n  message: 'x',\n  code: 'ERROR' }"],
    ['an object of another kind', '{"name":"ERROR"}'],
    ["a service's reply", '{"status":"ERROR","message":"config not saved"}'],
    ["a service's reply, pretty", '{\n  "status": "ERROR",\n  "message": "x"\n}'],
    ['a pretty object without level', '{\n  "a": 1,\n  "b": "x"\n}'],
    ['a brace that never closes', '{\n  "level": "nothing'],
    ['braces only', '{\n{\n{\n}\n}'],
    ['a brace and a plain line', '{\nplain\n}'],
  ])('leaves %s to the record before it', async (_, text) => {
    const log = `${HEAD}x\n${text}\n${HEAD}y\n`;
    const records = await recordsOf(log);
    expect(records.map(({ text: read }) => read)).toEqual([`${HEAD}x\n${text}`, `${HEAD}y`]);
  });

  test('a pretty object that a header cuts short is a record all the same', async () => {
    const pretty = JSON.stringify(EVENT, null, 2).split('\n').slice(0, -3).join('\n');
    const records = await recordsOf(`${pretty}\n${HEAD}y\n`);
    expect(records.map(({ text }) => text)).toEqual([EVENT.message, `${HEAD}y`]);
  });

  test('reads a pretty object at the end of the input though its end is missing', async () => {
    const pretty = JSON.stringify(EVENT, null, 2).split('\n').slice(0, -3).join('\n');
    const [record] = await recordsOf(pretty);
    expect(record?.text).toBe(EVENT.message);
  });

  test.each([0, 2])(
    'cuts an object over the limits and keeps the next record whole (indent %d)',
    async (indent) => {
      const big = JSON.stringify(
        { ...EVENT, message: `${EVENT.message} ${'x'.repeat(9000)}`, tail: ['y', 'z'] },
        null,
        indent,
      );
      const [record, next] = await recordsOf(`${big}\n${HEAD}y\n`, [], { maxBytes: 4096, maxLines: 100 });
      expect(record).toMatchObject({
        truncated: true,
        header: { plugin: 'AWS_PLUGIN' },
        position: { offset: 0, bytes: big.length + 1 },
      });
      expect(record?.text.startsWith(`${EVENT.message} xxx`)).toBe(true);
      expect(next?.text).toBe(`${HEAD}y`);
    },
  );
});

describe('closeJson', () => {
  test('makes any beginning of a JSON text complete, and changes no complete one', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, at) => {
        expect(closeJson(json)).toBe(
          json.trimEnd() === json && /[\]}"]$/.test(json) ? json : closeJson(json),
        );
        const cut = closeJson(json.slice(0, at % (json.length + 1)));
        if (cut !== '') expect(() => JSON.parse(cut)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});
