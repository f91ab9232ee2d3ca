// Whoever writes a log can make wordings of one hash: they are told apart by their bytes.
import { expect, test } from '@jest/globals';
import { RECOGNISED, Recogniser } from '../../src/kernel/recogniser.ts';

const ALL = 2n ** 64n - 1n;
const FACTOR = 0x9e3779b97f4a7c15n;
const STAMP = '2024-03-01 00:00:32,078';
/** No thread and no id: what stands behind the time is one stretch, of whole words of eight bytes, behind an empty one. */
const [HEAD, TAIL] = [' ERROR x', '.\n end.\n'];
const LENGTH = 4n * 8n;

/** As assembly/known/bytes.ts has it. */
const seeded = (seed: bigint, length: bigint): bigint => ((seed ^ length) * FACTOR) & ALL;

function mixed(hash: bigint, word: bigint): bigint {
  const product = ((hash ^ word) * FACTOR) & ALL;
  return ((product << 23n) | (product >> 41n)) & ALL;
}

const wordOf = (text: string): bigint => Buffer.from(text, 'latin1').readBigUInt64LE();

function textOf(word: bigint): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(word);
  return bytes.toString('latin1');
}

/** Two texts of 16 bytes that come to the same behind the head. */
function alike(): readonly [string, string] {
  const start = mixed(seeded(seeded(3n, 0n), LENGTH), wordOf(HEAD));
  const [first, second] = ['innocent', ' as such'];
  for (let number = 100; number < 1000; number += 1) {
    const other = `guilt${number}`;
    const difference = mixed(start, wordOf(first)) ^ mixed(start, wordOf(other));
    const behind = textOf(wordOf(second) ^ difference);
    if (!behind.includes('\n')) return [first + second, other + behind];
  }
  throw new Error('found none');
}

test('wordings of one hash are told apart', () => {
  const recogniser = new Recogniser(Buffer.from('["h","'));
  const lookAt = (text: string): number => {
    const record = Buffer.from(STAMP + HEAD + text + TAIL, 'latin1');
    return recogniser.recognise(record, 0, record.length, 0);
  };
  const [one, other] = alike();
  expect(lookAt(one)).toBe(RECOGNISED.unknownWording);
  const { hash } = recogniser.facts;
  recogniser.keepWording(1);
  expect(lookAt(other)).toBe(RECOGNISED.unknownWording);
  expect(recogniser.facts.hash).toBe(hash);
  recogniser.keepWording(2);
  for (const [number, text] of [
    [1, one],
    [2, other],
  ] as const) {
    expect(lookAt(text)).toBe(RECOGNISED.known);
    expect(recogniser.facts.wordingNumber).toBe(number);
  }
});
