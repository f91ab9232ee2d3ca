import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cellsOf, clip, splitAtCells } from '../../src/reports/cells.ts';

describe('cellsOf', () => {
  test.each([
    ['plain', 5],
    ['', 0],
    ['日本語', 6],
    ['한국', 4],
    ['ｆｕｌｌ', 8],
    ['e\u0301a\u0308\u0323', 2],
    ['🔥', 2],
    ['╷ ▁█…×', 6],
    ['\ufffd', 1],
  ])('%j takes %i', (text, cells) => {
    expect(cellsOf(text)).toBe(cells);
  });
});

const anyText = fc.string({
  unit: fc.constantFrom('a', ' ', '語', 'e\u0301', '🔥', '\u0301'),
  maxLength: 40,
});

test('splitAtCells loses nothing and takes no more than fits, but always something', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 20 }), (text, cells) => {
      const [taken, rest] = splitAtCells(text, cells);
      expect(taken + rest).toBe(text);
      expect(cellsOf(taken)).toBeLessThanOrEqual(Math.max(2, cells));
      expect(taken === '' && text !== '').toBe(false);
    }),
  );
});

test('clip leaves what fits and cuts the rest with an ellipsis', () => {
  expect(clip('日本', 4)).toBe('日本');
  expect(clip('日本語日本語', 8)).toBe('日本...');
  fc.assert(fc.property(anyText, (text) => cellsOf(clip(text, 12)) <= 12));
});
