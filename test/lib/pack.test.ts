import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pack } from '../../src/lib/pack.ts';
import { SEED } from '../helpers/seed.ts';

test('what was packed is the same again, halves of characters included', () => {
  const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('\ud83d'), fc.string());
  fc.assert(
    fc.property(fc.oneof(anyText, fc.array(anyText)), (data) => {
      const unpack = pack(data);
      expect(unpack()).toEqual(data);
      expect(unpack()).toEqual(data);
    }),
    { seed: SEED },
  );
});
