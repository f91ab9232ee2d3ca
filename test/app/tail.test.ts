// Records as they are written: in pieces, with pauses, unfinished, too long, and read by somebody who is busy.
import { appendFileSync, copyFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { error, errors, followTest, headOfError, info, TAIL_OF_ERROR } from '../helpers/follow.ts';

const TRACE = '\tat com.ca.oc.plugin.Poller.poll(Poller.java:403)\n';
const plain = (number: number): string =>
  `${headOfError(number)}inventory failed: java.lang.IllegalStateException: no answer\n`;
const CAUSE = `Caused by: com.amazonaws.AmazonServiceException: ${TAIL_OF_ERROR}\n`;

followTest('lines that come after an idle flush are no second finding', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.pass(1500);
  expect(t.reported).toEqual([1]);
  for (let line = 0; line < 3; line += 1) {
    await t.write(TRACE);
    await t.pass(1500);
  }
  await t.write(error(2));
  await t.expect({ findings: [1, 2] });
});

followTest('S70 a code that comes after an idle flush is the first finding of its record', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(plain(1) + TRACE);
  await t.pass(1500);
  expect(t.reported).toEqual([]);
  await t.write(CAUSE + TRACE);
  await t.pass(1500);
  await t.write(TRACE);
  await t.pass(1500);
  await t.expect({ findings: [1] });
});

followTest('S67 a trace in many writes is one record, complete when the log is idle', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(plain(1));
  for (let line = 0; line < 5; line += 1) {
    await t.write(TRACE);
    await t.pass(300);
  }
  await t.write(CAUSE);
  await t.pass(800);
  expect(t.reported).toEqual([]);
  await t.expect({ findings: [1] });
});

followTest('S58, S66 a record a byte at a time', async (t) => {
  await t.create(info(0));
  await t.follow();
  const bytes = Buffer.from(`${plain(1)}\täöü € 🔑\r\n${CAUSE}${error(2)}`);
  for (const byte of bytes) await t.step(() => appendFileSync(t.log, Buffer.of(byte)));
  await t.expect({ findings: [1, 2] });
  expect(t.findings[0]?.record.text).toContain('äöü € 🔑');
});

followTest('S63 bytes that are no UTF-8', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(
    Buffer.concat([Buffer.from(plain(1)), Buffer.of(0xff, 0xc3, 0x28, 0x0a), Buffer.from(CAUSE)]),
  );
  await t.write(error(2));
  await t.expect({ findings: [1, 2] });
  expect(t.findings[0]?.record.text).toContain('\ufffd');
});

followTest('S59, S61 line ends of Windows, empty lines, a byte-order mark', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(`\r\n\n\r\n${error(1).replace('\n', '\r\n')}\r\n`);
  await t.step(() => t.rotate());
  await t.create(`\ufeff${error(2)}`);
  await t.expect({ findings: [1, 2], events: ['rotated'] });
  expect(t.findings.map(({ source: { line, offset } }) => [line, offset])).toEqual([
    [5, Buffer.byteLength(info(0)) + 5],
    [1, 3],
  ]);
});

followTest('S64 lines below, at and over the limit', async (t) => {
  const recordLimits = { maxBytes: 1000, maxLines: 10 };
  await t.create(info(0));
  await t.follow({ recordLimits });
  const sized = (number: number, length: number): string =>
    `${error(number).trimEnd().padEnd(length, '.')}\n`;
  await t.write(sized(1, 999) + sized(2, 1000) + sized(3, 1001) + sized(4, 70_000));
  await t.write(error(5));
  await t.expect({ findings: [1, 2, 3, 4, 5], scanOptions: { recordLimits } });
  expect(t.findings.map(({ truncated }) => truncated)).toEqual([false, false, true, true, false]);
});

followTest('S69 a trace over the limit of lines', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1) + TRACE.repeat(2500));
  await t.write(error(2));
  await t.expect({ findings: [1, 2] });
  expect(t.findings.map(({ truncated }) => truncated)).toEqual([true, false]);
});

followTest('S57 what is there when it is told to stop is still reported', async (t) => {
  await t.create(info(0));
  await t.follow();
  appendFileSync(t.log, errors(1, 2) + error(3).trimEnd());
  await t.stop();
  expect(t.reported).toEqual([1, 2, 3]);
});

followTest('a record that was begun before following, and ended after', async (t) => {
  await t.create(error(8) + plain(9));
  await t.follow();
  await t.pass(2000);
  expect(t.reported).toEqual([]);
  await t.write(CAUSE);
  await t.expect({ findings: [9], old: [8] });
});

followTest('half a line that was there before, and its rest', async (t) => {
  await t.create(info(0) + headOfError(1));
  await t.follow();
  await t.write(`${TAIL_OF_ERROR}\n`);
  await t.expect({ findings: [1] });
});

followTest('from its start, the archives aside', async (t) => {
  await t.create(errors(1, 2));
  await t.create(error(9), t.path('oc.log.1'));
  await t.follow({ from: 'start' });
  await t.write(error(3));
  await t.expect({ findings: [1, 2, 3], old: [9] });
});

followTest('archives first, then the log, then what comes', async (t) => {
  await t.create(errors(1, 2), t.path('oc.log.2'));
  await t.create(error(3).trimEnd(), t.path('oc.log.1'));
  await t.create(errors(4, 5));
  await t.follow({ from: 'archives' });
  await t.write(error(6));
  await t.step(() => t.rotate());
  await t.create(error(7));
  const { findings } = t;
  await t.expect({ findings: [1, 2, 3, 4, 5, 6, 7], events: ['rotated'] });
  expect(findings[2]?.source.path).toBe(t.path('oc.log.1'));
});

followTest('S22 its reader is busy over a rotation', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.blocked(5000, () => {
    appendFileSync(t.log, error(2));
    renameSync(t.log, t.path('oc.log.1'));
    writeFileSync(t.log, error(3));
  });
  await t.expect({ findings: [1, 2, 3], events: ['rotated'] });
});

followTest('S30 its reader is busy while the log is copied and cut', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1));
  await t.blocked(5000, () => {
    appendFileSync(t.log, error(2));
    copyFileSync(t.log, t.path('oc.log.1'));
    truncateSync(t.log);
  });
  await t.write(error(3));
  await t.expect({ findings: [1, 2, 3], events: ['truncated'] });
});

followTest('a busy reader is no idle log: half a record is not judged for a whole one', async (t) => {
  await t.create(info(0));
  await t.follow();
  appendFileSync(t.log, `${headOfError(1)}com.amazonaws.AmazonServiceException: (Service: AmazonEC2; `);
  appendFileSync(t.log, 'Status Code: 400; Error Code: Whatever; Request ID: null)\n');
  await t.blocked(5000, () => appendFileSync(t.log, CAUSE));
  await t.write(error(2));
  await t.expect({ findings: [1, 2] });
});

followTest('a writer that ends a half line in the rotated log', async (t) => {
  await t.create(info(0));
  await t.follow();
  await t.write(error(1) + headOfError(2));
  await t.step(() => t.rotate());
  await t.create(info(1));
  await t.pass(500);
  expect(t.reported).toEqual([1]);
  await t.write(`${TAIL_OF_ERROR}\n${error(3)}`, t.path('oc.log.1'));
  await t.expect({ findings: [1, 2, 3], events: ['rotated'] });
});
