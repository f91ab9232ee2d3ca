// What docs/service.md lets a shipper start is what oclog takes, and prints what the page says.
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { startOclog } from '../helpers/child.ts';
import { objectsIn } from '../helpers/cli.ts';
import { faultRecord, plainRecord } from '../helpers/fault.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/service.md'), 'utf8');
const LOG = '/opt/CA/VNA/wildfly/standalone/log';
const dir = mkdtempSync(join(tmpdir(), 'oclog-service-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

interface Vector {
  readonly sources: { readonly oclog: { readonly command: readonly string[] } };
}

test('the command of Vector prints one object a line, each whole in one read', async () => {
  const [, block = ''] = /^```yaml\n(.*?)^```$/ms.exec(page) ?? [];
  const [program, ...words] = (parse(block) as Vector).sources.oclog.command;
  expect(program).toBe('/usr/local/bin/oclog');
  expect(words).toContain(LOG);
  const log = join(dir, 'oc.log');
  writeFileSync(log, plainRecord(0));
  const oclog = startOclog(words.map((word) => (word === LOG ? dir : word)));
  const reads: string[] = [];
  oclog.process.stdout?.on('data', (text: string) => reads.push(text));
  await oclog.until('stdout', /"following"/);
  for (let number = 1; number <= 5; number += 1) {
    appendFileSync(log, faultRecord(number) + plainRecord(number));
    await oclog.until('stdout', new RegExp(`"requestId":"[0-9-]*0{11}${number}"`));
  }
  oclog.process.kill('SIGTERM');
  expect(await oclog.ended()).toBe(0);
  expect(objectsIn(oclog.said.stdout).map(({ type }) => type)).toEqual([
    'event',
    ...Array(5).fill('finding'),
  ]);
  expect(reads.filter((text) => !text.endsWith('\n'))).toEqual([]);
  // The buffers that the page asks for are large enough by far.
  expect(Math.max(...reads.map((text) => text.length))).toBeLessThan(64 * 1024);
});
