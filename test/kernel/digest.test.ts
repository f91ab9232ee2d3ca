// The kernel's SHA-256 against that of Node.
import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LONGEST_TEXT, ShortDigest } from '../../src/kernel/digest.ts';

const digest = new ShortDigest();
const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

test('texts of every length around the ends of blocks have the digest that Node gives them', () => {
  for (let length = 0; length < 300; length += 1) {
    const text = Buffer.alloc(length, 'oc.log ');
    expect(digest.of(text)).toBe(sha256(text));
  }
});

test('so have any bytes, and any text, one after the other', () => {
  const text = fc.oneof(
    fc.uint8Array({ maxLength: LONGEST_TEXT, size: 'max' }),
    fc.string({ unit: 'grapheme' }),
  );
  fc.assert(
    fc.property(text, (any) => expect(digest.of(any)).toBe(sha256(any))),
    { numRuns: 500 },
  );
  expect(digest.of('\ud800 half a character')).toBe(sha256('\ud800 half a character'));
});

test('a text that is too long has none', () => {
  const longest = 'x'.repeat(LONGEST_TEXT);
  expect(digest.of(longest)).toBe(sha256(longest));
  expect(digest.of(`${longest}x`)).toBeNull();
  expect(digest.of('short')).toBe(sha256('short'));
});
