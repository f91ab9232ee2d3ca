import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cellsOf } from '../../src/reports/cells.ts';
import { together, whole, wrap } from '../../src/reports/wrap.ts';

describe('wrap', () => {
  test.each([
    ['one two  three', 8, ['one two', 'three']],
    ['', 8, []],
    ['日本 語', 6, ['日本', '語']],
    ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['see /opt/CA/VNA/log for', 10, ['see', '/opt/CA/VNA/log', 'for']],
    ['see /opt/CA now', 10, ['see', '/opt/CA', 'now']],
  ])('%j at %i', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });

  test('keeps whole what must be copied, and together what may be', () => {
    expect(wrap(['at', whole('a path of blanks:12'), 'end'], 8)).toEqual([
      'at',
      'a path of blanks:12',
      'end',
    ]);
    expect(wrap(['request', together('id 12')], 9)).toEqual(['request', 'id 12']);
    expect(wrap([together('far too long')], 8)).toEqual(['far too', 'long']);
  });

  test('sets all lines but the first further in', () => {
    expect(wrap('aaa bbb ccc', 7, 4)).toEqual(['aaa bbb', 'ccc']);
    expect(wrap('aaaa bbb ccc', 7, 4)).toEqual(['aaaa', 'bbb', 'ccc']);
  });

  test('loses no word and exceeds no width, unless for a path', () => {
    const word = fc.string({ unit: fc.constantFrom('a', '語', 'é', '-'), minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.array(word), fc.integer({ min: 4, max: 30 }), (words, width) => {
        const lines = wrap(words.join(' '), width);
        expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''));
        for (const line of lines) expect(cellsOf(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});
