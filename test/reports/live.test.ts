import { describe, expect, test } from '@jest/globals';
import { openLiveReport } from '../../src/reports/live.ts';
import type { LiveFormat } from '../../src/reports/live-format.ts';
import { findingOf } from '../helpers/html-report.ts';

const OPTIONS = { color: false, columns: 80, unicode: true, repeatMs: 3_600_000 };

/** What is printed for one finding again and again, `ms` apart. */
function printed(format: LiveFormat, times: number, ms = 0): readonly string[] {
  const report = openLiveReport(format, OPTIONS);
  return Array.from({ length: times }, (_, index) => report.finding(findingOf(), index * ms));
}

describe('a live report for people', () => {
  test.each(['pretty', 'text'] as const)('%s: a block, then a line at 2, 10, 100, …', (format) => {
    const texts = printed(format, 1000);
    const spoken = texts.flatMap((text, index) => (text === '' ? [] : [index + 1]));
    expect(spoken).toEqual([1, 2, 10, 100, 1000]);
    expect(texts[0]?.split('\n').length).toBeGreaterThan(10);
    expect(texts[9]).toMatch(/^CRITICAL VNA1001.*: 10 times since .*, last .*:\d+\n$/);
  });

  test('counts a fault out that goes on', () => {
    const texts = printed('text', 40, 600_000);
    const spoken = texts.flatMap((text, index) => (text === '' ? [] : [index + 1]));
    // Every hour, that is every sixth, from the last time on.
    expect(spoken).toEqual([1, 2, 8, 10, 16, 22, 28, 34, 40]);
  });

  test('tells each fault apart', () => {
    const report = openLiveReport('text', OPTIONS);
    report.finding(findingOf(), 0);
    expect(report.finding(findingOf({ fingerprint: 'other' }), 0).split('\n').length).toBeGreaterThan(10);
  });

  test('remembers no more than so many faults', () => {
    const report = openLiveReport('text', OPTIONS);
    for (let count = 0; count < 1200; count += 1) report.finding(findingOf({ fingerprint: `f${count}` }), 0);
    expect(report.finding(findingOf({ fingerprint: 'f1199' }), 0)).toMatch(/: 2 times/);
    expect(report.finding(findingOf({ fingerprint: 'f0' }), 0)).not.toMatch(/: 2 times/);
  });

  test('brief: a line each', () => {
    expect(printed('brief', 3).map((text) => text.split('\n').length)).toEqual([2, 2, 2]);
  });
});

test('a live report for programs has every finding and every event', () => {
  const report = openLiveReport('ndjson', OPTIONS);
  expect(JSON.parse(report.finding(findingOf(), 0))).toMatchObject({ type: 'finding', code: 'VNA1001' });
  const event = {
    type: 'event',
    schemaVersion: 1,
    event: 'rotated',
    path: 'a\u202eb',
    offset: 1,
    detail: 'x',
  } as const;
  expect(report.event(event)).toBe(`${JSON.stringify(event).replace('\u202e', '\\u202e')}\n`);
});
