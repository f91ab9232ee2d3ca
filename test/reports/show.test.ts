import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { show, showCommand, toAscii } from '../../src/reports/show.ts';

describe('show', () => {
  test.each([
    ['a\x1b[31mred\x1b[0m b', 'ared b'],
    ['\x1b]0;title\x07x', 'x'],
    ['\x1b]52;c;unfinished', '\ufffd]52;c;unfinished'],
    ['two\nlines\ttab\r\nmore', 'two lines tab more'],
    ['abc\u202etxt.exe\u2066', 'abc\ufffdtxt.exe\ufffd'],
    ['pass\u200bword\u00adx\ufeff', 'passwordx'],
    ['a\u{e0041}b\u{e000}c', 'ab\ufffdc'],
    ['nul\0', 'nul\ufffd'],
    [`e${'\u0301'.repeat(50)}!`, 'e\u0301\u0301!'],
    ['\u0301x \u0302y', '\ufffdx \ufffdy'],
    ['☎\ufe0f', '☎'],
    ['a\u00a0b\u3000c', 'a b c'],
    ['\ud800lone', '\ufffdlone'],
    ['<b>&amp;</b>', '<b>&amp;</b>'],
  ])('%j as %j', (text, shown) => {
    expect(show(text)).toBe(shown);
  });

  test('yields one line without a control, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(show(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

test('showCommand changes nothing of a command, and disarms what is none', () => {
  expect(showCommand("a  'b'\n\tc &&\n  d\n")).toEqual(["a  'b'", '\tc &&', '  d']);
  expect(showCommand('rm\u202e -rf\x1b[8m')).toEqual(['rm\ufffd -rf']);
});

test('toAscii writes what it cannot show as its code point', () => {
  expect(toAscii('ASIA…MPLE Zürich 🔥 \ufffd')).toBe('ASIA...MPLE Z\\u00fcrich \\ud83d\\udd25 ?');
});
