// Log text that tries to steer a terminal, a browser, a spreadsheet or a wiki: through the program, in every format.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { FORMATS } from '../../src/reports/report.ts';
import { objectsIn, runCli } from '../helpers/cli.ts';

const dir = mkdtempSync(join(tmpdir(), 'oclog-hostile-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const CONTROLS =
  '\x1b[31m \x1b]0;owned\x07 \x1b]52;c;aGk=\x1b\\ \x9b2J \u202eevil\u2066 \u2028x \ufeff \u200b \0';
const MARKUP = `=cmd|'/c calc'!A1 | **md** | <script>window.pwned=1</script> <img src=x onerror=pwned()>`;
const LONG = '/x'.repeat(3000);
const INVALID = Buffer.from([0xff, 0xfe, 0xc3, 0x28]);

const LOG = Buffer.concat([
  Buffer.from(
    `2026-11-21 09:00:00,000 ERROR [AWS_PLUGIN] (t${CONTROLS}) Failed: ${CONTROLS} ${MARKUP} ${LONG} com.amazonaws.AmazonServiceException: The security ${CONTROLS} ${MARKUP} token included in the request is invalid. (Service: Amazon\x1b[5m\u202eSNS; Status Code: 403; Error Code: InvalidClientTokenId; Request ID: \x9bx)\n\tat `,
  ),
  INVALID,
  Buffer.from(`${CONTROLS}${MARKUP}\n`),
]);
const path = join(dir, 'oc.log');
writeFileSync(path, LOG);

/** What no format may hold: controls, and signs that turn or hide what follows. */
const STEERING = /[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u;

describe.each(FORMATS)('%s of hostile text', (format) => {
  const { status, stdout, stderr } = runCli(['scan', '--host', 'h', '--format', format, path]);

  test('holds the finding, and nothing that steers', () => {
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout).toContain('VNA1001');
    expect(stdout).not.toMatch(STEERING);
    expect(Buffer.from(stdout).toString()).toBe(stdout);
    if (format === 'html') expect(stdout).not.toMatch(/<(?:img|script>window)/);
  });
});

test('programs get whole objects, people whole lines', () => {
  const textOf = (format: string): string => runCli(['scan', '--host', 'h', '--format', format, path]).stdout;
  expect(objectsIn(textOf('ndjson')).map(({ type }) => type)).toEqual(['finding', 'summary']);
  expect(JSON.parse(textOf('json'))).toMatchObject({ findings: [{ code: 'VNA1001' }] });
  expect(textOf('brief').trimEnd().split('\n')).toHaveLength(2);
  for (const format of ['text', 'pretty'])
    for (const line of textOf(format).split('\n')) expect(line.length).toBeLessThan(130);
});

test('a paste of it says what it is about, and nothing that steers', () => {
  const { status, stdout } = runCli(['explain', '-'], { input: LOG });
  expect([status, stdout.split(' ', 2)]).toEqual([0, ['CRITICAL', 'VNA1001']]);
  expect(stdout).not.toMatch(STEERING);
});
