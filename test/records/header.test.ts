import { describe, expect, test } from '@jest/globals';
import { parseHeader } from '../../src/records/header.ts';

const HEADERS: readonly (readonly [string, object])[] = [
  [
    '2026-11-23 04:09:26,190 INFO  [AWS_PLUGIN] (EE-ManagedExecutorService-default-Thread-12) plain info',
    {
      level: 'INFO',
      plugin: 'AWS_PLUGIN',
      category: 'AWS_PLUGIN',
      thread: 'EE-ManagedExecutorService-default-Thread-12',
      timestamp: { date: '2026-11-23', time: '04:09:26.190', zone: null },
    },
  ],
  [
    '2026-11-23T04:09:26.190Z ERROR [a.b.C] (t) x',
    { timestamp: { date: '2026-11-23', time: '04:09:26.190', zone: 'Z' } },
  ],
  [
    '2026-11-23T04:09:26+0100 ERROR [a.b.C] x',
    { timestamp: { date: '2026-11-23', time: '04:09:26', zone: '+01:00' } },
  ],
  [
    '2026-11-23 04:09:26.123456 -05:30 FATAL x',
    { level: 'FATAL', timestamp: { date: '2026-11-23', time: '04:09:26.123456', zone: '-05:30' } },
  ],
  [
    '04:09:26,190 WARN  [AWS_PLUGIN] (t) x',
    { level: 'WARN', timestamp: { date: null, time: '04:09:26.190', zone: null } },
  ],
  ['04:09:26 SEVERE [jul.cat] (t) x', { level: 'SEVERE', category: 'jul.cat', plugin: null }],
  [
    'ERROR [AWS_PLUGIN] AWSPluginConfigHandler: x',
    { level: 'ERROR', plugin: 'AWS_PLUGIN', thread: null, timestamp: null },
  ],
  ['WARNING [DNAC_PLUGIN] x', { level: 'WARNING', plugin: 'DNAC_PLUGIN' }],
  ['ERROR [AWS_PLUGIN_X] x', { plugin: 'AWS_PLUGIN_X' }],
  [
    '2026-11-23 04:09:26,190 ERROR [com.ca.oc.Aws] (t) [AWS_PLUGIN] x',
    { plugin: 'AWS_PLUGIN', category: 'com.ca.oc.Aws' },
  ],
  ['2026-11-23 04:09:26,190 ERROR [AWS_PLUGIN] [DNAC_PLUGIN] x', { plugin: 'AWS_PLUGIN' }],
  ['2026-11-23 04:09:26,190 ERROR (t) [AWS_PLUGIN] x', { plugin: 'AWS_PLUGIN', thread: 't' }],
  ['2026-11-23 04:09:26,190 ERROR [AWS_PLUGIN] (pool (7) thread) x', { thread: 'pool (7) thread' }],
  [
    '2026-11-23 04:09:26,190 INFO  [com.ca.oc.audit] (t) user searched for "[AWS_PLUGIN] x"',
    { plugin: null },
  ],
  ['2026-11-23 04:09:26,190 INFO  [com.ca.oc.audit] (t) found [AWS_PLUGIN] x', { plugin: null }],
  ['2026-11-23 04:09:26,190 ERROR', { level: 'ERROR', category: null, plugin: null, thread: null }],
  [
    '\x1b[31m04:09:26,190 ERROR [AWS_PLUGIN] (t) x\x1b[0m',
    { level: 'ERROR', plugin: 'AWS_PLUGIN', thread: 't' },
  ],
  ['\x1b[0m\x1b[31m2026-11-23 04:09:26,190 ERROR [AWS_PLUGIN] (t) x', { plugin: 'AWS_PLUGIN' }],
  ['2026-11-23 04:09:26,190 ERROR [AWS_PLUGIN] (d\xc3\xa9p\xc3\xb4t) x', { thread: 'dépôt' }],
];

const CONTINUATIONS = [
  '',
  '\tat com.amazonaws.http.AmazonHttpClient.execute(AmazonHttpClient.java:403)',
  'Caused by: java.net.SocketTimeoutException: connect timed out',
  'ERROR [com.ca.oc.Core] no timestamp and no plugin tag',
  'ERROR: [AWS_PLUGIN] x',
  ' ERROR [AWS_PLUGIN] not in column 1',
  'INFO: Unable to execute HTTP request: connect timed out',
  '[2021-02-03 14:50:35,420] DEBUG Received error response',
  '2022-01-25 16:14:56 [main] DEBUG org.apache.http.wire:73',
  'Jul 26, 2016 19:01:02:538 PM - ERROR [qtp63001505-14] x',
  ' 2026-11-23 04:09:26,190 ERROR [AWS_PLUGIN] indented',
  '2026-13-23 04:09:26,190 ERROR [AWS_PLUGIN] no such month',
  '2026-11-23 24:09:26,190 ERROR [AWS_PLUGIN] no such hour',
  '2026-11-23 04:09:26,190 ERRORS [AWS_PLUGIN] no level',
  '2026-11-23 04:09:26,190ERROR [AWS_PLUGIN] no blank',
  '123e4567-e89b-12d3-a456-426614174000',
];

describe('parseHeader', () => {
  test.each(HEADERS)('reads %s', (line, expected) => {
    expect(parseHeader(line)).toMatchObject(expected);
  });

  test.each(CONTINUATIONS)('takes "%s" for no header', (line) => {
    expect(parseHeader(line)).toBeNull();
  });

  test.each([
    ['brackets', '['],
    ['parentheses', '('],
    ['pairs of parentheses', '()'],
    ['closing parentheses', ')'],
    ['escapes', '\x1b['],
    ['digits', '2026-11-23 '],
  ])('reads a header followed by a flood of %s in time that grows with its length', (_, piece) => {
    const timeFor = (count: number): number => {
      const line = `2026-11-23 04:09:26,190 ERROR ${piece.repeat(count)}`;
      // The quickest of a few: the machine may be busy.
      const times = Array.from({ length: 5 }, () => {
        const started = performance.now();
        for (let i = 0; i < 20; i += 1) parseHeader(line);
        return performance.now() - started;
      });
      return Math.min(...times);
    };
    timeFor(1000);
    // Sixteen times as much; quadratic time would be 256 times as long.
    expect(timeFor(64_000)).toBeLessThan(64 * timeFor(4_000) + 100);
  });
});
