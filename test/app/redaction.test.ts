// No secret leaves a scan, wherever in a log it stands: whole runs over planted secrets, every format.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { scan } from '../../src/app/scan.ts';
import type { ScanEvent } from '../../src/findings/scan-event.ts';
import { FORMATS, openReport, type ReportOptions } from '../../src/reports/report.ts';
import { ENCODINGS, FOLDABLE, folded, leak, PASSWORD, SECRETS, SHAPES } from '../findings/redact-samples.ts';
import { runCli } from '../helpers/cli.ts';
import { builtInRules } from '../helpers/scan.ts';

const REPORT_OPTIONS: ReportOptions = {
  color: true,
  columns: 80,
  unicode: true,
  checked: [],
  host: 'vna-test',
  version: '0',
  now: new Date(0),
};
const dir = mkdtempSync(join(tmpdir(), 'oclog-redact-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const FAULT =
  'com.amazonaws.AmazonServiceException: The security token included in the request is invalid. (Service: AWSSecurityTokenService; Status Code: 403; Error Code: InvalidClientTokenId; Request ID: x)';
const HEAD = '2024-03-01 10:15:30,123 ERROR [AWS_PLUGIN] (default task-1) ';

async function eventsOf(path: string): Promise<readonly ScanEvent[]> {
  const events: ScanEvent[] = [];
  const options = { rules: await builtInRules(), host: 'h', advice: false };
  for await (const event of scan([path], options)) events.push(event);
  expect(events.some(({ type }) => type === 'finding')).toBe(true);
  return events;
}

async function everyFormat(path: string): Promise<string> {
  const events = await eventsOf(path);
  const texts: string[] = [];
  for (const format of FORMATS) {
    const report = await openReport(format, REPORT_OPTIONS);
    texts.push(...events.map((event) => report.take(event)), ...report.end());
  }
  return texts.join('');
}

/** A record of the log in which `text` stands before the fault, behind it, and in the frames. */
const PLACES: Readonly<Record<string, (text: string) => string>> = {
  'in the message': (text) => `${HEAD}${text} ${FAULT}\n`,
  'on a line of its own': (text) => `${HEAD}Failed: ${FAULT}\n${text}\n\tat a.B.c(B.java:1)\n`,
  'in a JSON record': (text) =>
    `${JSON.stringify({ timestamp: '2024-03-01T10:15:30Z', loggerName: 'AWS_PLUGIN', level: 'ERROR', message: `${text}\n${FAULT}`, threadName: 't' })}\n`,
  'before it in the thread': (text) => `${HEAD.replace('ERROR', 'INFO ')}${text}\n${HEAD}${FAULT}\n`,
};

describe('redaction', () => {
  test.each(Object.entries(PLACES))('hides every kind of secret %s', async (_, write) => {
    const planted = Object.entries({ ...SECRETS, password: PASSWORD }).flatMap(([kind, make]) =>
      Object.entries(ENCODINGS).flatMap(([encoding, encode]) =>
        Object.entries(SHAPES).map(([shape, put], at) => {
          const secret = make(at * 7919 + kind.length);
          return {
            name: `${kind}, ${encoding}, ${shape}`,
            forms: [secret, encode(secret)],
            text: put(encode(secret)),
          };
        }),
      ),
    );
    const path = join(dir, 'oc.log');
    writeFileSync(path, planted.map(({ text }) => write(text)).join(''));
    const findings = (await eventsOf(path)).filter(({ type }) => type === 'finding');
    expect(findings).toHaveLength(planted.length);
    const leaks = planted.filter(({ forms }, at) => leak(JSON.stringify(findings[at]), forms) !== undefined);
    expect(leaks.map(({ name }) => name)).toEqual([]);
  });

  test('hides secrets that are folded over lines', async () => {
    const secret = SECRETS['session token']?.(5) ?? Object.values(SECRETS)[0]?.(5) ?? '';
    for (const shape of FOLDABLE) {
      const path = join(dir, 'oc.log');
      const text = folded(SHAPES[shape]?.(secret) ?? '', 60, '\n');
      writeFileSync(path, `${HEAD}Failed: ${FAULT}\n${text}\n`);
      expect([shape, leak(await everyFormat(path), [secret])]).toEqual([shape, undefined]);
    }
  });

  test('hides secrets in file names, in reports and in our own messages', () => {
    const secret = 'wJalrXUtnFEMI%2FK7MDENG%2FbPxRfiCYEXAMPLEKEY';
    const names = [
      `secret=${secret}`,
      'AKIAIOSFODNN7EXAMPLE',
      'wJalrXUtnFEMIxK7MDENGxbPxRfiCYEXAMPLEKEY',
      'x\u001b[31m\u202e',
    ];
    for (const name of names) {
      const folder = join(dir, name);
      mkdirSync(folder);
      writeFileSync(join(folder, 'oc.log'), `${HEAD}${FAULT}\n`);
      for (const format of FORMATS) {
        const { stdout, stderr } = runCli(['scan', '--format', format, folder, join(folder, 'missing.log')]);
        expect(stdout + stderr).not.toMatch(/IOSFODNN7EXA|XUtnFEMI|bPxRfiCY/);
        expect(stdout.replaceAll('\n', '') + stderr.replaceAll('\n', '')).not.toMatch(
          /[\u0000-\u001f\u007f-\u009f\u202e]/,
        );
      }
    }
    const { stderr } = runCli(['scan', '--rules', join(dir, 'AKIAIOSFODNN7EXAMPLE', 'none.yaml'), '-']);
    expect(stderr).toContain('AKIA…MPLE');
  });

  test('what is masked is said to be: the rest of the record stays readable', async () => {
    const path = join(dir, 'oc.log');
    writeFileSync(
      path,
      `${HEAD}accessKey=AKIAIOSFODNN7EXAMPLE secretKey=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY region=us-east-1 ${FAULT}\n`,
    );
    const output = await everyFormat(path);
    expect(output).toContain('accessKey=AKIA…MPLE secretKey=[redacted] region=us-east-1');
  });
});
