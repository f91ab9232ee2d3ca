import { describe, expect, test } from '@jest/globals';
import { readMessage } from '../../src/records/message.ts';

describe('rsyslog-escaped', () => {
  const textOf = (line: string): string | undefined =>
    readMessage(line, 'rsyslog-escaped')?.bytes.toString('utf8');

  test('a backslash and an n are a line feed', () => {
    expect(textOf('a\\n\tat b\\nCaused by: c')).toBe('a\n\tat b\nCaused by: c');
  });

  test('bytes pass as they are', () => {
    expect(textOf(Buffer.from('Zürich\\n€').toString('latin1'))).toBe('Zürich\n€');
  });

  test("a JSON formatter's record keeps its own escapes", () => {
    const record =
      '{"timestamp":"2026-11-21T09:00:00.000Z","loggerName":"AWS_PLUGIN","level":"ERROR","message":"a\\nb"}';
    expect(textOf(record)).toBe(record);
  });
});

describe('json', () => {
  const read = (value: unknown) => {
    const message = readMessage(Buffer.from(JSON.stringify(value)).toString('latin1'), 'json');
    return message === null ? null : { ...message, bytes: message.bytes.toString('utf8') };
  };

  test.each([
    ['Vector', { message: 'a\nb', file: '/v/oc.log', host: 'x' }, '/v/oc.log', null],
    ['Fluent Bit', { log: 'a\nb', offset: 17 }, null, 17],
    ['rsyslog', { msg: 'a\nb', path: '/v/oc.log', offset: '4096' }, '/v/oc.log', 4096],
    ['an offset that is none', { message: 'a\nb', offset: -1 }, null, null],
  ])('%s', (_, object, path, offset) => {
    expect(read(object)).toEqual({ bytes: 'a\nb', path, offset });
  });

  test('a backslash in the log stays one', () => {
    expect(read({ message: 'C:\\new\nb é' })?.bytes).toBe('C:\\new\nb é');
  });

  test.each([[null], [[]], ['text'], [{}], [{ message: 3 }]])('%j holds no message', (value) => {
    expect(read(value)).toBeNull();
  });

  test('what is no JSON holds none', () => {
    expect(readMessage('{"message":"a', 'json')).toBeNull();
  });
});
