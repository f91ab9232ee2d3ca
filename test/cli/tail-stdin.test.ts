// Standard input as a live log, and its messages confirmed, with real processes.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from '@jest/globals';
import { startOclog } from '../helpers/child.ts';
import { objectsIn, runCli } from '../helpers/cli.ts';
import { escaped, faultRecord, plainRecord, requestsIn } from '../helpers/fault.ts';

const dir = mkdtempSync(join(tmpdir(), 'oclog-stdin-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('the end of the input ends it, and what is open is reported', () => {
  const { status, stdout, stderr } = runCli(['tail', '-', '--format', 'ndjson'], {
    input: plainRecord(1) + faultRecord(2),
  });
  expect([status, stderr]).toEqual([0, '']);
  expect(objectsIn(stdout)).toMatchObject([{ type: 'finding', source: { path: '-', line: 2 } }]);
});

test('a record is reported when nothing more comes for a while, and once', async () => {
  const oclog = startOclog(['tail', '-', '--format', 'ndjson', '--idle-flush', '50ms']);
  const record = faultRecord(1);
  oclog.send(record.slice(0, 100));
  oclog.send(record.slice(100));
  await oclog.until('stdout', /\n/);
  oclog.send(plainRecord(2));
  oclog.process.stdin?.end();
  expect(await oclog.ended()).toBe(0);
  expect(requestsIn(oclog.said.stdout)).toEqual([1]);
});

test.each([
  ['gzip', gzipSync(faultRecord(1)), 'is packed, and nothing is added to it'],
  [
    'UTF-16',
    Buffer.from(`\ufeff${faultRecord(1)}`, 'utf16le'),
    'is written in UTF-16, which is not followed',
  ],
])('an input of which no finding would ever come is refused: %s', (_, input, message) => {
  for (const more of [[], ['--confirm']]) {
    const { status, stderr } = runCli(['tail', '-', ...more], { input });
    expect(status).toBe(3);
    expect(stderr).toBe(`oclog: standard input ${message}; read it with oclog scan -\n`);
  }
});

test('SIGTERM reports what was read', async () => {
  const oclog = startOclog(['tail', '-', '--format', 'ndjson', '--idle-flush', '1h']);
  oclog.send(faultRecord(1) + faultRecord(2));
  // The first is reported because of the second, which is still open.
  await oclog.until('stdout', /\n/);
  oclog.process.kill('SIGTERM');
  expect(await oclog.ended()).toBe(0);
  expect(requestsIn(oclog.said.stdout)).toEqual([1, 2]);
});

test('a message is confirmed when its finding is on the disk', async () => {
  const output = join(dir, 'found.ndjson');
  const oclog = startOclog(['tail', '-', '--confirm', '--format', 'ndjson', '--output', output]);
  await oclog.until('stdout', /^OK\n$/);
  for (const number of [1, 2, 3]) {
    oclog.send(escaped(faultRecord(number)));
    await oclog.until('stdout', new RegExp(`^(?:OK\n){${number + 1}}$`));
    expect(requestsIn(readFileSync(output, 'utf8'))).toHaveLength(number);
  }
  oclog.process.stdin?.end();
  expect(await oclog.ended()).toBe(0);
});

test('without a file findings go to standard error', () => {
  const { status, stdout, stderr } = runCli(['tail', '-', '--confirm', '--format', 'ndjson'], {
    input: escaped(faultRecord(1)),
  });
  expect([status, stdout, requestsIn(stderr)]).toEqual([0, 'OK\nOK\n', [1]]);
});

test('a message whose finding cannot be delivered is not confirmed', async () => {
  const folder = join(dir, 'there');
  mkdirSync(folder);
  const oclog = startOclog(['tail', '-', '--confirm', '--output', join(folder, 'found')]);
  await oclog.until('stdout', /^OK\n$/);
  rmSync(folder, { recursive: true });
  oclog.send(plainRecord(1));
  await oclog.until('stdout', /^OK\nOK\n$/);
  oclog.send(escaped(faultRecord(2)));
  expect(await oclog.ended()).toBe(4);
  expect(oclog.said).toEqual({
    stdout: 'OK\nOK\n',
    stderr: expect.stringContaining('there/found could not be written: there is no directory'),
  });
});

test('a file that cannot be written is known before the first OK', () => {
  const { status, stdout } = runCli(['tail', '-', '--confirm', '--output', join(dir, 'none/found')]);
  expect([status, stdout]).toEqual([4, '']);
});

test('a message that was cut off is neither judged nor confirmed', () => {
  const output = join(dir, 'cut');
  const { status, stdout } = runCli(['tail', '-', '--confirm', '--output', output], {
    input: escaped(faultRecord(1)).trimEnd(),
  });
  expect([status, stdout, existsSync(output) && readFileSync(output, 'utf8')]).toEqual([0, 'OK\n', '']);
});

test.each([
  [['-', '--confirm', '--stdin-format', 'raw'], '--confirm is no use with --stdin-format raw'],
  [['oc.log', '--confirm'], '--confirm is for standard input alone'],
  [['-', 'oc.log', '--stdin-format', 'json'], '--stdin-format is for standard input alone'],
  [['-', '--output', ''], '--output needs a file name'],
])('%j is wrong usage', (args, problem) => {
  const { status, stdout, stderr } = runCli(['tail', ...args]);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(problem);
});

test('findings are never added to the log that is followed', () => {
  const log = join(dir, 'oc.log');
  writeFileSync(log, plainRecord(1));
  const { status, stderr } = runCli(['tail', log, '--output', log]);
  expect(status).toBe(2);
  expect(stderr).toContain('is one of the logs to follow');
});
