import { expect, test } from '@jest/globals';
import { NotifyingService, watchdogMs } from '../../src/cli/systemd.ts';
import { followEvent } from '../../src/lib/follow-event.ts';

function serviceOf(...paths: readonly string[]) {
  const told: string[] = [];
  const meter = { total: null, read: 0 };
  const service = new NotifyingService(paths, meter, (fields) => told.push(fields.join(' ')));
  const look = (path: string): void =>
    service.observe({ type: 'status', path, bytes: 0, lines: 0, behind: 0 });
  return { service, told, meter, look };
}

test('ready when every log was looked at', () => {
  const { told, look } = serviceOf('a', 'b');
  look('a');
  look('a');
  expect(told).toEqual([]);
  look('b');
  look('b');
  expect(told).toEqual(['READY=1 STATUS=follows 2 logs, 0 findings']);
});

test('a log that is missing is waited for', () => {
  const { service, told, look } = serviceOf('a');
  service.observe(followEvent('a', 'missing', 0, ''));
  look('a');
  service.observe(followEvent('a', 'reappeared', 0, ''));
  service.observe(followEvent('a', 'rotated', 0, ''));
  expect(told).toEqual(['READY=1 STATUS=follows a, waits for a, 0 findings', 'STATUS=follows a, 0 findings']);
});

test('alive only while every log is looked at', () => {
  const { service, told, look } = serviceOf('a', 'b');
  look('a');
  look('b');
  told.length = 0;
  service.beat();
  look('a');
  service.beat();
  expect(told).toEqual(['WATCHDOG=1']);
});

test('alive while a long log is read', () => {
  const { service, told, meter } = serviceOf('a');
  meter.read = 1;
  service.beat();
  service.beat();
  meter.read = 2;
  service.beat();
  expect(told.filter((fields) => fields.includes('WATCHDOG=1'))).toHaveLength(2);
});

test('the end is told', () => {
  const { service, told } = serviceOf('a');
  service.stopping();
  expect(told).toEqual(['STOPPING=1 STATUS=ending']);
});

test.each([
  [{ WATCHDOG_USEC: '4000000' }, 4000],
  [{ WATCHDOG_USEC: '4000000', WATCHDOG_PID: '7' }, 4000],
  [{ WATCHDOG_USEC: '4000000', WATCHDOG_PID: '8' }, null],
  [{ WATCHDOG_USEC: '0' }, null],
  [{ WATCHDOG_USEC: 'x' }, null],
  [{}, null],
])('%j', (env, ms) => {
  expect(watchdogMs(env, 7)).toBe(ms);
});
