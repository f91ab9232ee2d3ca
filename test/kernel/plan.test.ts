// Which kernel is chosen, and that what it looks for stands in every literal.
import { describe, expect, test } from '@jest/globals';
import { byteShares, type SampleCounts } from '../../src/kernel/byte-shares.ts';
import { KINDS, keyOf, kindOf } from '../../src/kernel/pair-kind.ts';
import { type Plan, planSearch } from '../../src/kernel/plan.ts';
import type { PairsPlan } from '../../src/kernel/plan-pairs.ts';
import { LONGEST_REACH } from '../../src/kernel/window.ts';
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

test('Teddy serves literals of one byte, and what has no pair in common', () => {
  expect(plan(['#', 'Error Code: ']).kernel).toBe('teddy');
  const all = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte, (byte * 37) & 255));
  expect(plan(all).kernel).toBe('teddy');
});
