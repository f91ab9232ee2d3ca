// oclog as a stage of a real rsyslogd: whatever happens to the stage, every finding arrives.
import { appendFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { faultRecord, plainRecord, requestsIn } from '../helpers/fault.ts';
import { type Shipper, startShipper } from '../helpers/rsyslog.ts';

jest.setTimeout(120_000);

let shipper: Shipper | null = null;
afterEach(async () => {
  await shipper?.stop();
  shipper = null;
});

/** Each fault with a plain record before and behind it. */
function write(to: Shipper, from: number, count: number): void {
  const numbers = Array.from({ length: count }, (_, index) => from + index);
  appendFileSync(to.log, numbers.map((n) => plainRecord(n) + faultRecord(n) + plainRecord(n)).join(''));
}

/** The whole line: what is watched comes in pieces. */
const arrival = (number: number): RegExp => new RegExp(`${String(number).padStart(12, '0')}[^\\n]*\\n`);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const distinct = (numbers: readonly number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b);

describe.each(['rsyslog, escaped', 'rsyslog, JSON'])('%s', (title) => {
  test('every record is one message, the last one too', async () => {
    shipper = startShipper(title);
    write(shipper, 1, 3);
    appendFileSync(shipper.log, faultRecord(4));
    await shipper.watcher.until('stdout', arrival(4));
    expect(requestsIn(shipper.watcher.said.stdout)).toEqual([1, 2, 3, 4]);
  });

  test('a record of some 100 KB is one message', async () => {
    shipper = startShipper(title);
    const frames = '\tat com.ca.oc.plugin.Poller.poll(Poller.java:403)\n'.repeat(1900);
    const [header = '', ...rest] = faultRecord(1).split('\n');
    appendFileSync(shipper.log, `${header}\n${frames}${rest.join('\n')}`);
    await shipper.watcher.until('stdout', arrival(1));
  });

  test('a stage that is killed again and again loses nothing', async () => {
    shipper = startShipper(title);
    const all = 200;
    write(shipper, 1, all);
    for (const number of [1, 60, 120]) {
      await shipper.watcher.until('stdout', arrival(number));
      process.kill(shipper.stages().at(-1) ?? 0, 'SIGKILL');
    }
    await shipper.watcher.until('stdout', arrival(all));
    expect(distinct(requestsIn(shipper.watcher.said.stdout))).toEqual(upTo(all));
    expect(shipper.stages()).toHaveLength(4);
  });
});

test('a message that was delivered but not confirmed comes again, with the same name', async () => {
  // The first stage's fourth OK, for the third message, goes nowhere.
  shipper = startShipper(
    'rsyslog, escaped',
    'if mkdir once; then $OCLOG "$@" | for n in 1 2 3; do read -r ok; echo "$ok"; done; else exec $OCLOG "$@"; fi',
  );
  appendFileSync(shipper.log, [1, 2, 3, 4, 5].map(faultRecord).join(''));
  await shipper.watcher.until('stdout', arrival(5));
  const { stdout } = shipper.watcher.said;
  expect(requestsIn(stdout)).toEqual([1, 2, 3, 3, 4, 5]);
  const ids = stdout.match(/"id":"[0-9a-f]{16}"/g) ?? [];
  expect(ids).toHaveLength(6);
  expect(new Set(ids).size).toBe(5);
});

test('a stage that cannot deliver refuses until it can', async () => {
  // Each stage that ends says so; the third one mends what is wrong.
  shipper = startShipper(
    'rsyslog, escaped',
    'if mkdir first; then :; elif mkdir second; then :; elif mkdir third; then mv away out; fi; exec $OCLOG "$@"',
  );
  appendFileSync(shipper.log, plainRecord(0) + faultRecord(1) + plainRecord(1));
  await shipper.watcher.until('stdout', arrival(1));
  renameSync(join(shipper.dir, 'out'), join(shipper.dir, 'away'));
  write(shipper, 2, 20);
  await shipper.watcher.until('stdout', arrival(21));
  expect(distinct(requestsIn(shipper.watcher.said.stdout))).toEqual(upTo(21));
  expect(shipper.stages().length).toBeGreaterThanOrEqual(3);
});
