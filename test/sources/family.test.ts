import { afterEach, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareArchiveNames, parseArchiveName } from '../../src/sources/family.ts';
import { firstTime } from '../../src/sources/first-time.ts';
import { orderFamily } from '../../src/sources/order.ts';
import { logOf } from '../helpers/archives.ts';
import { scanPaths, type TempFolder, tempFolder } from '../helpers/sources.ts';

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder.remove());

function byName(names: readonly string[]): string[] {
  const parsed = names.map((name) => parseArchiveName(name)).filter((name) => name !== null);
  return parsed.sort(compareArchiveNames).map(({ name }) => name);
}

// One row of names for each way in which a rotation handler names archives, the oldest first.
test.each([
  [['oc.log.2026-11-22', 'oc.log.2026-11-23', 'oc.log']],
  [['oc.log.2026-11-23-04', 'oc.log.2026-11-23-05', 'oc.log']],
  [['oc.log-2026-11-23.log', 'oc.log-2026-11-24.log', 'oc.log']],
  [['oc.log.2026-11-22.gz', 'oc.log.2026-11-23.zip', 'oc.log']],
  [['oc.log.10', 'oc.log.9', 'oc.log.2', 'oc.log.1', 'oc.log']],
  [['oc.log.2026-11-22.1', 'oc.log.2026-11-23.10', 'oc.log.2026-11-23.9', 'oc.log.2026-11-23.1', 'oc.log']],
  [['oc.log.10.gz', 'oc.log.9.zip', 'oc.log.1.GZ', 'oc.log']],
  [['oc.log.2026-11-23.2.gz', 'oc.log.2026-11-23.1.gz', 'oc.log']],
  [
    [
      'oc.log.2026-11-23T04-09.2.zip',
      'oc.log.2026-11-23T04-09.1.zip',
      'oc.log.2026-11-23T04-10.1.zip',
      'oc.log',
    ],
  ],
  [['oc.log.2026-11-23.2', 'oc.log.2026-11-23.1', 'oc.log.2026-11-23', 'oc.log']],
  [['oc.log.2026-11-23.2.gz', 'oc.log.2026-11-23.1.gz', 'oc.log.2026-11-23.gz', 'oc.log']],
  [['oc.log-20261122.xz', 'oc.log-20261123.bz2', 'oc.log']],
])('%j is the order of age', (names) => {
  expect(byName(names.toReversed())).toEqual(names);
});

test.each([
  ['oc.log', null],
  ['oc.log.1', null],
  ['oc.log.2026-11-23', '2026-11-23'],
  ['oc.log.2026-11-23-04', '2026-11-23'],
  ['oc.log-2026-11-23.log', '2026-11-23'],
  ['oc.log.2026-11-23.12.gz', '2026-11-23'],
  ['oc.log.2026-11-23T04-09.1.zip', '2026-11-23'],
  ['oc.log.20261123', '2026-11-23'],
  ['oc.log.2026112304', '2026-11-23'],
  ['oc.log.2026.11.23', '2026-11-23'],
  ['oc.log.2026_11_23.1', '2026-11-23'],
  ['oc.log.23112026', null],
  ['oc.log.20112026', null],
  ['oc.log.2026-13-01', null],
  ['oc.log.2026-02-29', null],
  ['oc.log.2028-02-29', '2028-02-29'],
  ['oc.log.20261123456', null],
  ['oc.log.Mon', null],
  ['oc.log.gz', null],
])('%s is of the family and its date is %s', (name, date) => {
  expect(parseArchiveName(name)?.date).toBe(date);
});

test.each([
  'oc.logger',
  'oc.log4j.xml',
  'oc.log.lck',
  'oc.log.swp',
  '.oc.log.swp',
  'oc.log~',
  'oc.log.~1~',
  'oc.log.1.gz.tmp',
  'oc.log.1.part',
  'oc.log.bak',
  'oc.log.properties',
  'server.log',
  'OC.LOG',
  'noc.log',
  '',
])('%j is not of the family', (name) => {
  expect(parseArchiveName(name)).toBeNull();
});

test('the order of names is total', () => {
  const names = fc.constantFrom(
    ...['oc.log', 'oc.log.1', 'oc.log.2', 'oc.log.1.gz', 'oc.log.2026-11-23', 'oc.log.2026-11-23.1'],
    ...['oc.log.20261123', 'oc.log.2026-11-23-04', 'oc.log.Mon', 'oc.log.gz', 'oc.log.2026-11-24.1.gz'],
  );
  fc.assert(
    fc.property(fc.uniqueArray(names), fc.func(fc.integer()), (set, key) => {
      const shuffled = set.toSorted((a, b) => key(a) - key(b));
      expect(byName(shuffled)).toEqual(byName(set));
    }),
  );
});

test('the order in time does not depend on the order of finding', () => {
  const log = fc.record({
    name: fc.constantFrom(
      'oc.log',
      'oc.log.1',
      'oc.log.2',
      'oc.log.3.gz',
      'oc.log.2026-11-23',
      'oc.log.2026-11-23.1',
    ),
    time: fc.option(fc.integer({ min: 0, max: 3 })),
  });
  fc.assert(
    fc.property(fc.uniqueArray(log, { selector: ({ name }) => name }), (logs) => {
      const aged = logs.flatMap(({ name, time }) => {
        const parsed = parseArchiveName(name);
        return parsed === null ? [] : [{ name: parsed, time }];
      });
      const order = orderFamily(aged);
      expect(orderFamily(aged.toReversed())).toEqual(order);
      const times = order.flatMap(({ time }) => (time === null ? [] : [time]));
      expect(times).toEqual(times.toSorted());
    }),
  );
});

test('a family is ordered by what its logs say, against their names', async () => {
  folder.write('oc.log.1', logOf('2026-11-21 00:00:00', 5));
  folder.write('oc.log.2', logOf('2026-11-22 00:00:00', 5));
  folder.write('oc.log', logOf('2026-11-23 00:00:00', 5));
  const { readings } = await scanPaths([folder.path]);
  expect(readings.map(({ path }) => path.slice(folder.path.length + 1))).toEqual([
    'oc.log.1',
    'oc.log.2',
    'oc.log',
  ]);
});

test('a log without a time sits beside its neighbour by name', async () => {
  folder.write('oc.log.3', logOf('2026-11-22 00:00:00', 5));
  folder.write('oc.log.2', '\tat a.b.C(D.java:1)\n');
  folder.write('oc.log.1', logOf('2026-11-21 00:00:00', 5));
  folder.write('oc.log', 'no time here\n');
  const { readings } = await scanPaths([folder.path]);
  expect(readings.map(({ path }) => path.slice(folder.path.length + 1))).toEqual([
    'oc.log.1',
    'oc.log.3',
    'oc.log.2',
    'oc.log',
  ]);
});

test.each([
  ['2026-11-23 04:09:26,190 INFO  [A] (t) x', '2026-11-23T04:09:26.190Z'],
  ['\tat x\n2026-11-23T04:09:26.190123Z ERROR [A] (t) x', '2026-11-23T04:09:26.190Z'],
  ['2026-11-23 04:09:26+0100 WARN  [A] (t) x', '2026-11-23T03:09:26.000Z'],
  ['\u00ef\u00bb\u00bf2026-11-23 04:09:26,190 INFO  [A] x', '2026-11-23T04:09:26.190Z'],
  ['\x1b[31m2026-11-23 04:09:26,190 ERROR [A] x', '2026-11-23T04:09:26.190Z'],
  ['{"timestamp":"2026-11-23T04:09:26.19+01:00","level":"INFO"}', '2026-11-23T03:09:26.190Z'],
  ['{\n    "sequence": 1,\n    "timestamp": "2026-11-23T04:09:26.190Z"', '2026-11-23T04:09:26.190Z'],
  ['04:09:26,190 INFO  [A] x', null],
  ['Signed at 2026-11-23 04:09:26,190 INFO', null],
  ['2026-13-23 04:09:26,190 INFO  [A] x', null],
  ['', null],
])('the first time of %j is %s', (head, expected) => {
  const time = firstTime(Buffer.from(head, 'latin1'));
  expect(time === null ? null : new Date(time).toISOString()).toBe(expected);
});
