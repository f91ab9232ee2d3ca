import { describe, expect, test } from '@jest/globals';
import { sparkline } from '../../src/reports/spark.ts';
import { countOf, showSpan, showTime, showTimes } from '../../src/reports/words.ts';

test.each([
  [0, ''],
  [499, ''],
  [42_000, '42 s'],
  [60_000, '1 min'],
  [754_000, '12 min 34 s'],
  [3_600_000, '1 h'],
  [7_500_000, '2 h 5 min'],
  [90_000_000, '1 d 1 h'],
])('a span of %i ms is "%s"', (milliseconds, shown) => {
  expect(showSpan(milliseconds)).toBe(shown);
});

test.each([
  ['2024-03-01T10:15:30.123', '2024-03-01 10:15:30'],
  ['2024-03-01T10:15:30.5+01:00', '2024-03-01 10:15:30+01:00'],
  ['2024-03-01T10:15:30Z', '2024-03-01 10:15:30Z'],
])('the time %s is "%s"', (time, shown) => {
  expect(showTime(time)).toBe(shown);
});

test('counts have separators, and one is one', () => {
  expect([countOf(1, 'line'), countOf(12_345, 'line'), showTimes(1), showTimes(1000)]).toEqual([
    '1 line',
    '12,345 lines',
    'once',
    '1,000 times',
  ]);
});

describe('sparkline', () => {
  test('fills the highest column, leaves none blank that has a count', () => {
    expect(sparkline([0, 1, 4, 8, 1000], true)).toBe(' ▁▁▁█');
    expect(sparkline([8, 0, 4, 1, 2], true)).toBe('█ ▄▁▂');
    expect(sparkline([8, 0, 4, 1, 2], false)).toMatch(/^[ -~]{5}$/);
  });

  test('of nothing is blank', () => {
    expect(sparkline([0, 0], true)).toBe('  ');
    expect(sparkline([], true)).toBe('');
  });
});
