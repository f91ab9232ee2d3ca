import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Timeline } from '../../src/findings/timeline.ts';

const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 23);
const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

describe('Timeline', () => {
  test('spreads occurrences evenly over the time they cover', () => {
    const timeline = new Timeline();
    for (const time of ['10:00:00', '10:00:30', '10:30:00', '11:00:00']) timeline.add(`2024-03-01T${time}`);
    expect(timeline.spread(4)).toEqual({
      from: Date.UTC(2024, 2, 1, 10),
      to: Date.UTC(2024, 2, 1, 11),
      counts: [2, 0, 1, 1],
    });
  });

  test('leaves offsets aside: the log has one wall clock', () => {
    const timeline = new Timeline();
    timeline.add('2024-03-01T10:00:00.5+01:00');
    timeline.add('2024-03-01T10:00:00.5Z');
    expect(timeline.spread(1)).toMatchObject({ counts: [2], from: timeline.spread(1)?.to });
  });

  test('has nothing to show of what has no time', () => {
    const timeline = new Timeline();
    expect(timeline.spread(10)).toBeNull();
    timeline.add('nonsense');
    expect(timeline.spread(10)).toBeNull();
  });

  test('never loses a count, whatever is added and merged', () => {
    const times = fc.array(fc.integer({ min: 0, max: 4_000_000_000_000 }), { maxLength: 3000 });
    fc.assert(
      fc.property(times, times, fc.integer({ min: 1, max: 200 }), (some, others, columns) => {
        const timeline = new Timeline();
        const other = new Timeline();
        for (const time of some) timeline.add(iso(time));
        for (const time of others) other.add(iso(time));
        timeline.merge(other);
        const spread = timeline.spread(columns);
        expect(total(spread?.counts ?? [])).toBe(some.length + others.length);
        if (spread !== null) {
          expect(spread.from).toBe(Math.min(...some, ...others));
          expect(spread.to).toBe(Math.max(...some, ...others));
        }
      }),
      { numRuns: 50 },
    );
  });
});
