import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../../src/findings/finding.ts';
import type { ScanError, ScanSummary } from '../../src/findings/scan-event.ts';
import { render, renderEvents } from '../helpers/report.ts';
import { builtInRules, type Scanned, scanText } from '../helpers/scan.ts';
import { cleanLog } from '../helpers/vna-log.ts';
import { faultyLog } from './faulty-log.ts';

const found: Scanned = await scanText(faultyLog());

/** Which of its regions a fault's commands name does not matter. */
const withoutRegion = (text: string): string => text.replace(/[a-z]{2}-[a-z]+-\d\b/g, 'REGION').trim();

/** Of the steps and checks of all findings. */
const commands = new Set(
  found.findings.flatMap(({ advice }) =>
    [...(advice?.steps ?? []), ...(advice?.verify ?? [])].flatMap(
      ({ run }) => run?.split('\n').map(withoutRegion) ?? [],
    ),
  ),
);

describe.each(['text', 'pretty'] as const)('the %s report', (format) => {
  test.each([40, 80, 100])('at %i columns has every command whole, on a line of its own', async (columns) => {
    const lines = (await render(format, found, { columns })).split('\n').map(withoutRegion);
    for (const command of commands) expect(lines).toContain(command);
    expect(commands.size).toBeGreaterThan(10);
  });

  test('has the expectation of each step below its text, however long its number', async () => {
    const lines = (await render(format, found, { columns: 80 })).split('\n');
    let text = 0;
    let steps = 0;
    for (const line of lines) {
      const [, before = '', number] = /^(.*?)(\d+\. )\S/.exec(line.replace(/^[│|╵]/, ' ')) ?? [];
      if (number !== undefined && before.trim() === '') text = before.length + number.length;
      const at = line.indexOf('expect: ');
      if (at < 0 || text === 0) continue;
      if (/^\W*expect/.test(line) && at >= 15) {
        expect(at).toBe(text);
        steps += 1;
      }
    }
    expect(steps).toBeGreaterThan(10);
  });

  test('has its labels in their order', async () => {
    const output = await render(format, found);
    const [first = ''] = output.split('\n\n');
    const labels = Array.from(first.matchAll(/^(?:[│╵] | {2})([a-z]+):? /gm), ([, label]) => label);
    expect(labels).toEqual([
      'what',
      'seen',
      'regions',
      'evidence',
      'why',
      'fix',
      'verify',
      'or',
      'fix',
      'verify',
      'more',
    ]);
  });

  test('shows the record that proves the surest variant among three, and counts the others', async () => {
    const output = await render(format, found);
    expect(output).toMatch(/oc\.log:21 [^"]*key ASIA…MPLE/);
    expect(output).toContain('18 further records like these');
  });

  test('says so where a record was cut or a date is not from the log', async () => {
    expect(await render(format, found)).toContain('truncated: only its beginning was examined');
    const inferred = (await scanText(faultyLog().replaceAll('2026-11-21 ', ''))).findings;
    const output = await renderEvents(format, inferred);
    expect(output.match(/date inferred/g)?.length).toBeGreaterThan(3);
  });

  test('does without times, an AWS answer and advice', async () => {
    const [finding] = found.findings;
    if (finding === undefined) throw new Error('the log has no fault');
    const { advice: _, ...bare }: Finding = {
      ...finding,
      time: null,
      aws: null,
      record: { ...finding.record, text: finding.record.text.replace(/^.*?AWSPlugin/, '$&') },
    };
    const output = await renderEvents(format, [bare]);
    expect(output).toContain('time unknown');
    expect(output).toContain('AWS_PLUGIN reports ERROR');
    expect(output).toContain('"AWSPluginConfigHandler: Failed to connect');
    expect(output).not.toMatch(/fix|verify/);
    expect(output).toContain('oclog explain VNA1001');
  });
});

describe.each(['text', 'pretty', 'brief'] as const)('the end of the %s report', (format) => {
  const error: ScanError = {
    type: 'error',
    schemaVersion: 1,
    path: 'oc.log.gz',
    message: 'compressed data end in the middle',
  };
  const summaryOf = (changes: Partial<ScanSummary>): ScanSummary => ({
    ...found.summary,
    findings: 0,
    byCode: {},
    lines: 500,
    ...changes,
  });

  test('says of a clean log how much was checked', async () => {
    const clean = await scanText(cleanLog({ seed: 4, lines: 300 }));
    const { rules } = await builtInRules();
    expect(await render(format, clean)).toMatch(
      new RegExp(`no fault found: ${rules.length} rules\\s+checked\\s+against \\d+ lines`),
    );
  });

  test('does not call a log clean that could not be read', async () => {
    const partly = await renderEvents(format, [error, summaryOf({ errors: 1 })]);
    expect(partly).toMatch(/no fault found in what was read.*\s.*1\s+problem/);
    expect(partly).toContain('oc.log.gz: compressed data end in the middle');
    const nothing = await renderEvents(format, [
      error,
      summaryOf({ errors: 1, lines: 0, recognised: false }),
    ]);
    expect(nothing).not.toContain('no fault found');
    expect(nothing).toContain('nothing was checked');
  });

  test('is there for a scan that was ended before its summary, too', async () => {
    expect(await renderEvents(format, [])).toBe('');
  });
});

test('errors beyond those that are kept are counted', async () => {
  const events = Array.from({ length: 1200 }, (_, index) => ({
    type: 'error' as const,
    schemaVersion: 1 as const,
    path: `oc.log.${index}`,
    message: 'no permission to read it',
  }));
  const output = await renderEvents('text', [...events, { ...found.summary, errors: 1200 }]);
  expect(output).toContain('oc.log.999: no permission');
  expect(output).not.toContain('oc.log.1000: ');
  expect(output).toContain('200 more problems');
});
