import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nextKey } from '../../../src/findings/redaction/keys.ts';
import { viewOf } from '../../../src/findings/redaction/view.ts';
import { SEED } from '../../helpers/seed.ts';

/** The same in one pattern, which is slow to compile. */
const NAME =
  /[\w.:-]*token[\w.]*(?:-+[\w.]+)*(?:[ _](?:access[ _.-]?key|key|phrase|id|header|value|string|text|is|was)\b){0,3}/i;

test('a name goes on for three words that belong to one, and no more', () => {
  let held = 0;
  const part = fc.constantFrom(
    ...[
      'Access Key',
      'access_key',
      'accessKey',
      'key',
      'phrase',
      'ID',
      'header',
      'Value',
      'is',
      'was',
      'isnt',
    ],
    ...['x', '.', '-', '--', '-a', '_', ' ', '  '],
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(' ', '_', ''), part), { maxLength: 6 }), (parts) => {
      const text = `token${parts.flat().join('')}`;
      const key = nextKey(viewOf(`${text}=s`), 0);
      if (NAME.exec(text)?.[0] !== text) return;
      held += 1;
      expect(key).toMatchObject({ name: text, value: text.length + 1 });
    }),
    { numRuns: 2000, seed: SEED },
  );
  expect(held).toBeGreaterThan(100);
});
