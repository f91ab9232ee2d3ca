import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../../src/findings/finding.ts';
import type { ScanEvent } from '../../src/findings/scan-event.ts';
import { openReport } from '../../src/reports/report.ts';
import { renderEvents, reportOptions } from '../helpers/report.ts';
import { type Scanned, scanText } from '../helpers/scan.ts';
import { faultyLog } from './faulty-log.ts';

const found: Scanned = await scanText(faultyLog());
const [sample] = found.findings;

function* manyFindings(count: number, faults: number): Generator<ScanEvent> {
  if (sample === undefined) throw new Error('the log has no fault');
  for (let i = 0; i < count; i += 1) {
    const fault = i % faults;
    const time = new Date(Date.UTC(2026, 10, 1) + i * 7000).toISOString().slice(0, 23);
    const finding: Finding = {
      ...sample,
      id: i.toString(16).padStart(16, '0'),
      rule: `lab.rule-${fault}`,
      fingerprint: fault.toString(16).padStart(12, '0'),
      time,
      // Not where it was written: a long name of a temporary folder takes a line more.
      source: { ...sample.source, path: 'log/oc.log', line: i + 1 },
    };
    yield finding;
  }
  yield { ...found.summary, findings: count, byCode: { [sample.code]: count } };
}

describe.each(['text', 'pretty'] as const)('the %s report', (format) => {
  test('of 100,000 findings of 50 faults is no longer than that of 5,000', async () => {
    const few = await renderEvents(format, manyFindings(5000, 50));
    const many = await renderEvents(format, manyFindings(100_000, 50));
    const linesOf = (text: string): number => text.split('\n').length;
    // Longer numbers may need another line here and there.
    expect(linesOf(many)).toBeLessThan(linesOf(few) + 60);
    expect(many.length).toBeLessThan(few.length * 1.1);
    expect(many).toContain('100,000 findings');
    expect(many.match(/2,000 times/g)?.length).toBeGreaterThanOrEqual(50);
  }, 30_000);

  test('tells the advice of a rule once, and of its other faults what differs', async () => {
    const events = [...manyFindings(60, 30)].map(
      (event): ScanEvent =>
        event.type === 'finding'
          ? {
              ...event,
              rule: 'lab.one',
              aws: event.aws && { ...event.aws, service: `S${event.fingerprint}` },
            }
          : event,
    );
    const output = await renderEvents(format, events);
    expect(output.match(/^ +aws sts get-caller-identity$/gm)).toHaveLength(1);
    expect(output.match(/as steps 1-\d+ in the first VNA1001/g)).toHaveLength(29);
    expect(output.split('\n').length).toBeLessThan(30 * 20 + 150);
  });

  test('has a hundred blocks at most, and names the other faults', async () => {
    const output = await renderEvents(format, manyFindings(1200, 1200));
    expect(output.match(/^(?:[│╵] | {2})more\b/gm)).toHaveLength(100);
    expect(output).toContain('900 more faults, in short:');
    expect(output.match(/CRITICAL/g)).toHaveLength(1000);
    expect(output).toContain('200 more findings of further faults');
  });
});

test('a JSON document is made of as many pieces as it has faults, and reads as if made at once', async () => {
  const report = await openReport('json', await reportOptions());
  for (const event of manyFindings(100, 20)) report.take(event);
  const pieces = [...report.end()];
  expect(pieces).toHaveLength(22);
  const document = pieces.join('');
  expect(document).toBe(`${JSON.stringify(JSON.parse(document), null, 2)}\n`);
  expect(JSON.parse(document)).toMatchObject({ findings: Array(20).fill({ count: 5 }), errors: [] });
  const empty = await renderEvents('json', []);
  expect(empty).toBe(`${JSON.stringify(JSON.parse(empty), null, 2)}\n`);
});
