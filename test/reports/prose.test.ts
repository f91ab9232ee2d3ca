import { expect, test } from '@jest/globals';
import { render } from '../helpers/report.ts';
import { type Scanned, scanText } from '../helpers/scan.ts';
import { faultyLog } from './faulty-log.ts';
import { labRules } from './lab-rules.ts';

const rules = await labRules();
const checked = rules.rules;

/** The log scanned as `oc.log`, beside one that cannot be read; what differs from run to run is fixed. */
async function scanned(): Promise<Scanned> {
  const { findings, summary } = await scanText(faultyLog(), { rules });
  const error = {
    type: 'error',
    schemaVersion: 1,
    path: 'oc.log.2026-11-20.gz',
    message: 'compressed data end in the middle; 1.2 MiB of it were read',
  } as const;
  return {
    findings: findings.map((finding) => ({ ...finding, source: { ...finding.source, path: 'log/oc.log' } })),
    errors: [error],
    summary: { ...summary, durationMs: 120, interrupted: false, inputs: 2, errors: 1 },
  };
}

test.each([
  ['pretty', { columns: 40 }],
  ['pretty', { columns: 60, color: true }],
  ['pretty', { columns: 80 }],
  ['pretty', { columns: 100, color: true }],
  ['pretty', { columns: 100, unicode: false }],
  ['text', { columns: 40, unicode: false }],
  ['text', { columns: 60 }],
  ['text', { columns: 80, unicode: false }],
  ['text', { columns: 100, color: true }],
  ['brief', { columns: 80 }],
] as const)('%s with %j', async (format, options) => {
  expect(await render(format, await scanned(), { ...options, checked })).toMatchSnapshot();
});

test('is never wider than a hundred cells', async () => {
  const found = await scanned();
  for (const format of ['pretty', 'text'] as const)
    expect(await render(format, found, { columns: 160 })).toBe(await render(format, found, { columns: 100 }));
});
