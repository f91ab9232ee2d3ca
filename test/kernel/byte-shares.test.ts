import { expect, test } from '@jest/globals';
import { byteShares, type SampleCounts } from '../../src/kernel/byte-shares.ts';
import { KINDS, kindOf } from '../../src/kernel/pair-kind.ts';
import { cleanLog } from '../helpers/vna-log.ts';

const A = 0x61;
const Z = 0x7a;
/** Half of them `a`, and half of those with a `z` behind them. */
const SAMPLE: SampleCounts = {
  size: 2048,
  bytes: new Uint32Array(256).fill(1024, A, A + 1),
  pairs: (distance) => {
    const counts = new Uint32Array(KINDS);
    if (distance === 1) counts[kindOf(A, Z)] = 512;
    return counts;
  },
};

test('without a sample a log is expected', () => {
  const { single, ofPairs } = byteShares(null);
  expect(single).toHaveLength(256);
  expect(single.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 1);
  expect(Math.min(...single)).toBe(2 ** -14);
  expect(ofPairs(1)(A, Z)).toBe((single[A] ?? 0) * (single[Z] ?? 0));
});

test('what is expected is about what a log holds', () => {
  const { single } = byteShares(null);
  const log = Buffer.from(cleanLog({ seed: 1, lines: 2000, pace: 2000 }));
  const counts = new Uint32Array(256);
  for (const byte of log) counts[byte] = (counts[byte] ?? 0) + 1;
  // Bits that a byte takes, with what is expected and with what is.
  let [bits, least] = [0, 0];
  for (const [byte, count] of counts.entries()) {
    if (count === 0) continue;
    bits -= (count / log.length) * Math.log2(single[byte] ?? 0);
    least -= (count / log.length) * Math.log2(count / log.length);
  }
  expect(bits - least).toBeLessThan(0.5);
});

test('a sample of 2 KiB weighs as much as what is expected', () => {
  const [expected, found] = [byteShares(null), byteShares(SAMPLE)];
  expect(found.single[A]).toBeCloseTo(((expected.single[A] ?? 0) + 0.5) / 2, 12);
  expect(found.single[Z]).toBeCloseTo((expected.single[Z] ?? 0) / 2, 12);
  const byChance = (found.single[A] ?? 0) * (found.single[Z] ?? 0);
  expect(found.ofPairs(1)(A, Z)).toBeCloseTo((byChance + 0.25) / 2, 12);
  expect(found.ofPairs(1)(Z, A)).toBeCloseTo(byChance / 2, 12);
  expect(found.ofPairs(2)(A, Z)).toBeCloseTo(byChance / 2, 12);
});
