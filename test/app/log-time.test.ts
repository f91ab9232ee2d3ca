import { describe, expect, test } from '@jest/globals';
import { isTooOld } from '../../src/app/log-time.ts';
import { findZone } from '../../src/lib/find-zone.ts';

const NOON = Date.UTC(2026, 10, 26, 12);
const HOUR = 3_600_000;

describe('a log whose first record the wall dates 11:00, looked for from 12:00 UTC on', () => {
  const first = NOON - HOUR;
  test.each([
    ['UTC', true],
    // There it is 19:00 UTC: what stood in the log before may be of the time asked for.
    ['America/Los_Angeles', false],
    // There it is 10:00 UTC, but a log may print an offset of its own.
    ['Europe/Berlin', true],
  ])('%s: too old: %s', (zone, expected) => {
    expect(isTooOld(first, NOON, findZone(zone))).toBe(expected);
  });

  test('is never too old where the time is unknown', () => {
    expect(isTooOld(null, NOON, undefined)).toBe(false);
  });
});
