// Which kernel is chosen, and that what it looks for stands in every literal.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { byteShares, type SampleCounts } from '../../src/kernel/byte-shares.ts';
import { KINDS, keyOf, kindOf } from '../../src/kernel/pair-kind.ts';
import { type Plan, planSearch } from '../../src/kernel/plan.ts';
import type { PairsPlan } from '../../src/kernel/plan-pairs.ts';
import { LONGEST_REACH } from '../../src/kernel/window.ts';
import { cleanLog } from '../helpers/vna-log.ts';
import { identifiers } from './identifiers.ts';

function countsOf(text: string): SampleCounts {
  const sample = Buffer.from(text, 'latin1');
  const bytes = new Uint32Array(256);
  for (const byte of sample) bytes[byte] = (bytes[byte] ?? 0) + 1;
  return {
    size: sample.length,
    bytes,
    pairs: (distance) => {
      const pairs = new Uint32Array(KINDS);
      for (let at = distance; at < sample.length; at++) {
        const kind = kindOf(sample[at - distance] ?? 0, sample[at] ?? 0);
        pairs[kind] = (pairs[kind] ?? 0) + 1;
      }
      return pairs;
    },
  };
}

function plan(literals: readonly string[], sample: string | null = null): Plan {
  const bytes = literals.map((literal) => Buffer.from(literal, 'latin1'));
  return planSearch(bytes, byteShares(sample === null ? null : countsOf(sample)));
}

function pairsPlan(literals: readonly string[], sample: string | null = null): PairsPlan {
  const chosen = plan(literals, sample);
  if (chosen.kernel !== 'pairs') throw new Error(`planned ${chosen.kernel}`);
  return chosen;
}

describe('pairs of bytes', () => {
  test('are one for one literal, of its rarest bytes', () => {
    const { pairs, distance, depth } = pairsPlan(['eeeQeeZe']);
    expect({ pairs: pairs.length, distance, depth }).toEqual({ pairs: 1, distance: 3, depth: 1 });
    expect(pairs[0]).toMatchObject({ offset: 3, first: 0x51, second: 0x5a });
  });

  test('are those that the sample seldom holds, whatever is rare elsewhere', () => {
    const { pairs, windows } = pairsPlan(['QZ-abcdef'], 'QZ-xyz QZ-xyz abc'.repeat(500));
    expect(windows[0]?.offset).toBeGreaterThan(2);
    expect(pairs[0]?.share).toBeLessThan(0.01);
  });

  test('are not those whose bytes are rare but stand together', () => {
    // `d` and `f` are in the sample as often as `q` and `z`, but never at a distance that the literal has.
    const { pairs } = pairsPlan(['qzdf'], 'qz d   f aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'.repeat(200));
    expect(pairs[0]).not.toMatchObject({ first: 0x71, second: 0x7a });
  });

  test('are shared by literals that have them in common', () => {
    expect(pairsPlan(['SQZ: a', 'SQZ: b', 'SQZ: c']).pairs).toHaveLength(1);
  });

  test.each([
    [16, 1],
    [32, 2],
    [64, 4],
  ])('serve %i literals with up to %i under a key', (count, most) => {
    const { pairs, windows, depth, distance } = pairsPlan(identifiers(count));
    expect(depth).toBe(most);
    const keys = new Map<number, number>();
    for (const pair of pairs) keys.set(keyOf(pair.first), (keys.get(keyOf(pair.first)) ?? 0) + 1);
    expect(Math.max(...keys.values())).toBeLessThanOrEqual(depth);
    for (const { literal, offset } of windows) {
      const kind = kindOf(literal[offset] ?? 0, literal[offset + distance] ?? 0);
      expect(pairs.some((pair) => pair.kind === kind)).toBe(true);
      expect(offset + distance).toBeLessThan(LONGEST_REACH);
    }
  });
});

/** Places of the rarest pair by a look at each, as far into the literal as a window reaches. */
function rarestPair(literal: string): number {
  const bytes = Buffer.from(literal, 'latin1');
  const { single } = byteShares(null);
  let least = 1;
  for (let offset = 0; offset < LONGEST_REACH; offset++) {
    for (let behind = offset + 1; behind < Math.min(bytes.length, LONGEST_REACH, offset + 13); behind++)
      least = Math.min(least, (single[bytes[offset] ?? 0] ?? 0) * (single[bytes[behind] ?? 0] ?? 0));
  }
  return least;
}

describe('the choice is good:', () => {
  test('for one literal, the rarest pair that it has', () => {
    const { single } = byteShares(null);
    // Their low nibbles differ, so no two pairs are of a kind.
    const literal = fc.string({
      unit: fc.constantFrom(...'eeeeeaot-.3P8fZLI'),
      minLength: 2,
      maxLength: 90,
    });
    fc.assert(
      fc.property(literal, (text) => {
        const [pair] = pairsPlan([text]).pairs;
        expect((single[pair?.first ?? 0] ?? 0) * (single[pair?.second ?? 0] ?? 0)).toBe(rarestPair(text));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    [`${'e'.repeat(58)}QZ`, { first: 0x51, second: 0x5a }],
    [`${'e'.repeat(59)}QZ`, { first: 0x65, second: 0x51 }],
  ])('of %s what a window reaches', (literal, pair) => {
    expect(pairsPlan([literal]).pairs[0]).toMatchObject(pair);
  });

  test('a literal without alternative comes first', () => {
    // `ab` and `QZ` have the same key.
    const { depth, windows } = pairsPlan(['QZb', 'ab']);
    expect({ depth, offsets: windows.map(({ offset }) => offset) }).toEqual({ depth: 1, offsets: [1, 0] });
  });

  test.each([
    [8, 1, 81],
    [20, 2, 155],
    [32, 2, 638],
    [49, 4, 694],
    [64, 4, 2605],
    [80, 4, 3042],
    [88, 4, 4291],
    [94, 4, 2641],
  ])('for %i names %i under a key, in a million places %i at most', (count, most, places) => {
    const { depth, pairs } = pairsPlan(identifiers(count));
    expect(depth).toBe(most);
    expect(pairs.reduce((sum, { share }) => sum + share, 0) * 1e6).toBeLessThan(places);
  });
});

describe('Teddy looks for the rarest three bytes', () => {
  test.each([
    ['eeeQZJ', 3],
    ['QZJeee', 0],
    ['eeeQZJeeeQZJ', 3],
    // No farther in than a window reaches.
    [`${'e'.repeat(59)}QZJ`, 59],
    [`${'e'.repeat(61)}QZJ`, 59],
    ['eQ', 0],
  ])('of %s', (literal, offset) => {
    const { kernel, windows } = plan(['#', literal]);
    expect({ kernel, offset: windows[1]?.offset }).toEqual({ kernel: 'teddy', offset });
  });
});

test('Teddy puts literals together that are alike, so that few other places pass', () => {
  const literals = identifiers(150);
  const chosen = plan(literals);
  if (chosen.kernel !== 'teddy') throw new Error(`planned ${chosen.kernel}`);
  const { tables } = chosen;
  const buckets = (place: number, byte: number): number =>
    (tables[place * 32 + (byte & 15)] ?? 0) & (tables[place * 32 + 16 + (byte >> 4)] ?? 0);
  const log = Buffer.from(cleanLog({ seed: 1, lines: 2000, pace: 2000 }));
  let passed = 0;
  for (let at = 0; at + 2 < log.length; at++) {
    const [first = 0, second = 0, third = 0] = log.subarray(at, at + 3);
    if ((buckets(0, first) & buckets(1, second) & buckets(2, third)) !== 0) passed += 1;
  }
  expect(passed / log.length).toBeLessThan(0.175);
});

test('Teddy serves literals of one byte, and what has no pair in common', () => {
  expect(plan(['#', 'Error Code: ']).kernel).toBe('teddy');
  const all = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte, (byte * 37) & 255));
  expect(plan(all).kernel).toBe('teddy');
});
