import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cleanLine, cleanText } from '../../src/findings/clean.ts';

const ESC = '\u001b';

test.each([
  ['colours', `${ESC}[31;1mERROR${ESC}[0m text`, 'ERROR text'],
  ['a C1 introducer', '\u009b31mred', 'red'],
  ['a window title', `${ESC}]0;owned\u0007text`, 'text'],
  ['a link', `${ESC}]8;;https://example.com${ESC}\\text${ESC}]8;;${ESC}\\`, 'text'],
  ['a clipboard write ended by C1 ST', `a${ESC}]52;c;AAAA\u009cb`, 'ab'],
  ['DCS, APC, PM, SOS', `${ESC}Pq#0${ESC}\\a${ESC}_x${ESC}\\b${ESC}^x${ESC}\\c${ESC}Xx${ESC}\\d`, 'abcd'],
  ['C1 OSC', 'a\u009d0;x\u0007b', 'ab'],
  ['short escapes', `a${ESC}cb${ESC}(Bc${ESC}7d`, 'abcd'],
])('removes %s whole', (_name, text, expected) => {
  expect(cleanText(text)).toBe(expected);
});

test('an unfinished sequence loses its introducer only', () => {
  expect(cleanText(`${ESC}]0;rest of the log\nnext`)).toBe('\ufffd]0;rest of the log\nnext');
  expect(cleanText(`end${ESC}[31`)).toBe('end\ufffd[31');
});

test('what cannot be seen is not there, and a blank is a blank', () => {
  expect(cleanText('pass\u200bword\u00ad=\ufeffS3\u2060cr3t\u{e0041}')).toBe('password=S3cr3t');
  expect(cleanText('password\u00a0=\u3000x')).toBe('password = x');
});

test('a sequence hidden in another one does not come to life', () => {
  expect(cleanText(`${ESC}${ESC}[0m[31mred`)).toBe('\ufffd[31mred');
});

test.each([
  '\u0000',
  '\u0007',
  '\b',
  '\u000b',
  '\r',
  '\u007f',
  '\u0080',
  '\u0085',
  '\u061c',
  '\u200e',
  '\u200f',
  '\u2028',
  '\u2029',
  '\u202a',
  '\u202e',
  '\u2066',
  '\u2069',
  '\ud800',
  '\udfff',
])('replaces %j', (control) => {
  expect(cleanText(`a${control}b`)).toBe('a\ufffdb');
});

test('keeps what is text', () => {
  const text = 'tab\there\nüñí 漢字 😀 … —';
  expect(cleanText(text)).toBe(text);
});

test('drops the CR of a CRLF, no other one', () => {
  expect(cleanText('a\r\nb\r\r\nc\rd')).toBe('a\nb\ufffd\nc\ufffdd');
});

test('a line has neither line ends nor tabs', () => {
  expect(cleanLine(`a\tb\r\nc\n${ESC}[0md`)).toBe('a b c d');
});

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom(ESC, '[', ']', 'P', '0', ';', 'm', '\\', '\u0007', '\u009b', '\u009c', '\r', '\n'))
    .map((parts) => parts.join('')),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);

test('nothing unsafe is left, and cleaning twice changes nothing', () => {
  const unsafe =
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/u;
  fc.assert(
    fc.property(hostile, (text) => {
      const clean = cleanText(text);
      expect(clean).not.toMatch(unsafe);
      expect(cleanText(clean)).toBe(clean);
      expect(cleanLine(text)).not.toMatch(/[\n\t]/);
    }),
    { numRuns: 500 },
  );
});
