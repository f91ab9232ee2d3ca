import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { scan } from '../../src/app/scan.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { zipOf } from '../helpers/archives.ts';
import { CORPUS } from '../helpers/corpus.ts';
import { builtInRules, scanPaths, scanText } from '../helpers/scan.ts';
import { cleanLog, cleanRecords, recordAt } from '../helpers/vna-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'oclog-app-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FAULT = recordAt(
  new Date('2024-03-01T10:15:30.123Z'),
  'ERROR',
  'AWS_PLUGIN',
  'default task-1',
  'Failed: com.amazonaws.services.ec2.model.AmazonEC2Exception: AWS was not able to validate the provided access credentials (Service: AmazonEC2; Status Code: 401; Error Code: AuthFailure; Request ID: x)',
);

/** What must not depend on how the bytes were stored. */
const essence = ({ id, code, variant, source: { path: _, ...source } }: Finding): object => ({
  id,
  code,
  variant,
  source,
});

/** Pieces of logs that end in a line feed, each with a thread name of its own. */
const logPiece = fc
  .tuple(
    fc.integer({ min: 1, max: 1_000_000 }),
    fc.array(fc.nat(CORPUS.length - 1), { maxLength: 4 }),
    fc.boolean(),
  )
  .map(([seed, cases, json]) => {
    const ordinary = [...cleanRecords({ seed, lines: 8 })];
    const faults = cases.map((at) => `${CORPUS[at]?.lines.join('\n')}\n`);
    const event = {
      timestamp: '2024-03-01T10:15:30Z',
      loggerName: 'AWS_PLUGIN',
      level: 'ERROR',
      message: FAULT.slice(70),
      threadName: 't',
    };
    const parts = [...ordinary, ...faults, ...(json ? [`${JSON.stringify(event, null, 2)}\n`] : [])];
    return parts.join('').replaceAll(/ \(([^()]*)\) /g, ` ($1 of ${seed}) `);
  })
  .map((log) => (/^\d{4}-/.test(log) ? log : FAULT + log));

describe('scan', () => {
  test('finds nothing in 100,000 lines of ordinary traffic', async () => {
    const { findings, errors, summary } = await scanText(cleanLog({ seed: 2024, lines: 100_000 }));
    expect(findings).toEqual([]);
    expect(errors).toEqual([]);
    expect(summary.lines).toBeGreaterThanOrEqual(100_000);
    expect(summary.notes).toEqual([]);
  });

  test('gives the same findings, ids included, whichever way the bytes are stored', async () => {
    const log = Buffer.from(
      cleanLog({ seed: 5, lines: 200 }) + FAULT + cleanLog({ seed: 6, lines: 50 }) + FAULT,
    );
    const plain = (await scanText(log)).findings.map(essence);
    expect(plain).toHaveLength(2);
    const forms: Record<string, Buffer> = {
      'oc.log.1.gz': gzipSync(log),
      'oc.log.2': Buffer.concat([gzipSync(log.subarray(0, 1000)), gzipSync(log.subarray(1000))]),
      'oc.log.3.zip': zipOf([{ name: 'oc.log', data: log }]),
    };
    for (const [name, content] of Object.entries(forms)) {
      expect((await scanText(content, { name })).findings.map(essence)).toEqual(plain);
    }
  });

  test('finds in logs put together what it finds in each', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(logPiece, { minLength: 1, maxLength: 3 }), async (pieces) => {
        const apart: object[] = [];
        let offset = 0;
        let lines = 0;
        for (const piece of pieces) {
          for (const { code, variant, source } of (await scanText(piece)).findings) {
            apart.push({
              code,
              variant,
              line: source.line + lines,
              endLine: source.endLine + lines,
              offset: source.offset + offset,
              bytes: source.bytes,
            });
          }
          offset += Buffer.byteLength(piece);
          lines += piece.split('\n').length - 1;
        }
        const { findings } = await scanText(pieces.join(''));
        expect(
          findings.map(({ code, variant, source: { path: _, ...at } }) => ({ code, variant, ...at })),
        ).toEqual(apart);
      }),
      { numRuns: 60 },
    );
  });

  test('reports a family in the order of time and counts what it read', async () => {
    const family = join(folder, 'family');
    const { mkdirSync } = await import('node:fs');
    mkdirSync(family);
    const day = (date: string): string => FAULT.replace('2024-03-01', date);
    const parts: Record<string, string> = {
      'oc.log': day('2024-03-05'),
      'oc.log.2024-03-01.10': day('2024-03-01'),
      'oc.log.2024-03-01.9': day('2024-03-02'),
      'oc.log.2024-03-01': day('2024-03-03'),
    };
    for (const [name, text] of Object.entries(parts)) writeFileSync(join(family, name), text);
    writeFileSync(join(family, 'oc.log.2024-03-04.gz'), gzipSync(day('2024-03-04')));
    // A rotation caught in the act.
    writeFileSync(join(family, 'oc.log.2024-03-05.gz'), gzipSync(day('2024-03-05')).subarray(0, 60));
    const { findings, errors, summary } = await scanPaths([family]);
    expect(findings.map(({ time }) => time?.slice(0, 10))).toEqual(
      [1, 2, 3, 4, 5].map((n) => `2024-03-0${n}`),
    );
    expect(errors).toEqual([]);
    expect(summary).toMatchObject({
      inputs: 5,
      lines: 5,
      bytes: 5 * FAULT.length,
      findings: 5,
      byCode: { VNA1004: 5 },
    });
  });

  test('reports what can be read of a truncated archive, then the error', async () => {
    const log = FAULT + cleanLog({ seed: 9, lines: 3000 });
    const packed = gzipSync(log);
    const { findings, errors, summary } = await scanText(packed.subarray(0, packed.length >> 1), {
      name: 'oc.log.1.gz',
    });
    expect(findings).toHaveLength(1);
    expect(errors).toMatchObject([
      { type: 'error', schemaVersion: 1, message: expect.stringMatching(/truncated/) },
    ]);
    expect(summary).toMatchObject({ errors: 1, findings: 1 });
  });

  test('does not call a log healthy of which nothing lies in the time asked for', async () => {
    const old = FAULT.replace('ERROR', 'INFO');
    const { summary } = await scanText(old, { since: Date.parse('2030-01-01T00:00:00Z') });
    expect(summary).toMatchObject({ lines: 1, recognised: false });
    expect(summary.notes).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(/^no record of the time asked for: the newest is of 2\d{3}-/),
      }),
    ]);
    const early = await scanText(old, { until: Date.parse('2000-01-01T00:00:00Z') });
    expect(early.summary.notes).toEqual([
      expect.objectContaining({ message: expect.stringContaining('the oldest is of') }),
    ]);
    expect((await scanText(old, { since: 0 })).summary).toMatchObject({ recognised: true, notes: [] });
  });

  test('notes an input in which no header could be recognised', async () => {
    const { summary } = await scanText('hello\nworld\n');
    expect(summary.notes).toEqual([
      {
        path: expect.stringMatching(/oc\.log$/),
        message: expect.stringContaining('no record header recognised in 2 lines'),
      },
    ]);
    expect((await scanText('')).summary.notes).toEqual([]);
  });

  test('leaves out what is below the least severity', async () => {
    const throttled = FAULT.replace('AuthFailure', 'RequestLimitExceeded');
    const { findings, summary } = await scanText(throttled + FAULT, { minSeverity: 'warning' });
    expect(findings.map(({ code }) => code)).toEqual(['VNA1004']);
    expect(summary.byCode).toEqual({ VNA1004: 1 });
  });

  test('judges no record that an abort cut in two', async () => {
    const path = join(folder, 'cut.log');
    // Records of one kind whose beginnings are of another: a part of one would be another finding.
    writeFileSync(path, FAULT.repeat(40_000));
    for (const after of [1, 200, 700, 1500]) {
      const abort = new AbortController();
      const codes = new Set<string>();
      let findings = 0;
      for await (const event of scan([path], { rules: await builtInRules(), signal: abort.signal })) {
        if (event.type !== 'finding') continue;
        codes.add(`${event.code} ${event.source.bytes}`);
        findings += 1;
        if (findings === after) abort.abort();
      }
      expect([...codes]).toEqual([`VNA1004 ${FAULT.length}`]);
    }
  });

  test('ends early when aborted, with the summary of what it read', async () => {
    const path = join(folder, 'abort.log');
    writeFileSync(path, FAULT.repeat(20_000));
    const abort = new AbortController();
    const types: string[] = [];
    for await (const event of scan([path], {
      rules: await builtInRules(),
      advice: false,
      signal: abort.signal,
    })) {
      types.push(event.type);
      if (types.length === 10) abort.abort();
    }
    expect(types.at(-1)).toBe('summary');
    expect(types.length).toBeLessThan(20_000);
  });
});
