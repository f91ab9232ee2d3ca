import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { scan } from '../../src/app/scan.ts';
import type { ScanContext } from '../../src/findings/scan-event.ts';
import { builtInRules } from '../helpers/scan.ts';

const line = (second: number, message: string, level = 'INFO '): string =>
  `2024-03-01 10:00:0${second},000 ${level} [AWS_PLUGIN] (t) ${message}\n`;
const FAULT =
  'com.amazonaws.AmazonServiceException: no (Service: AmazonEC2; Status Code: 401; Error Code: AuthFailure)';

async function contextsOf(log: string, context: number): Promise<readonly ScanContext[]> {
  const dir = mkdtempSync(join(tmpdir(), 'oclog-context-'));
  try {
    const path = join(dir, 'oc.log');
    writeFileSync(path, log);
    const contexts: ScanContext[] = [];
    for await (const event of scan([path], { rules: await builtInRules(), host: 'h', context })) {
      if (event.type === 'context') contexts.push(event);
    }
    return contexts;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const tails = (texts: readonly string[]): readonly string[] => texts.map((text) => text.slice(-1));

describe('the records around a finding', () => {
  test('are handed out, as many as there are', async () => {
    const log =
      line(1, 'a') +
      line(2, 'b') +
      line(3, FAULT, 'ERROR') +
      line(4, 'c') +
      line(5, FAULT, 'ERROR') +
      line(6, 'd');
    const contexts = await contextsOf(log, 2);
    expect(contexts.map(({ before, after }) => [tails(before), tails(after)])).toEqual([
      [
        ['a', 'b'],
        ['c', ')'],
      ],
      [[')', 'c'], ['d']],
    ]);
  });

  test('are redacted and cut', async () => {
    const secret = 'secretKey=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    const [context] = await contextsOf(
      line(1, `${secret} ${'x '.repeat(1000)}`) + line(2, FAULT, 'ERROR'),
      3,
    );
    expect(context?.before[0]).toContain('secretKey=[redacted]');
    expect(context?.before[0]?.length).toBeLessThanOrEqual(401);
  });

  test('are not looked for unless asked for', async () => {
    expect(await contextsOf(line(1, FAULT, 'ERROR'), 0)).toEqual([]);
  });

  test('come with five findings of a fault, not with all', async () => {
    expect(await contextsOf(line(1, FAULT, 'ERROR').repeat(50), 1)).toHaveLength(5);
  });
});
