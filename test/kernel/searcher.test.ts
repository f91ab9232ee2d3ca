// The kernel against a search that looks at each byte in turn.

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { allHits } from '../../src/kernel/literal-search.ts';
import { createSearcher, type Searcher } from '../../src/kernel/searcher.ts';
import { identifiers } from './identifiers.ts';

const LF = 0x0a;

interface Found {
  readonly hits: readonly number[];
  /** Line feeds from `from` to each of them. */
  readonly linesBefore: readonly number[];
  readonly newlines: number;
}

function naive(text: string, literals: readonly string[], from: number, to: number): Found {
  const hits: number[] = [];
  const linesBefore: number[] = [];
  let newlines = 0;
  for (let at = from; at < to; at++) {
    if (literals.some((literal) => at + literal.length <= to && text.startsWith(literal, at))) {
      hits.push(at);
      linesBefore.push(newlines);
    }
    if (text.charCodeAt(at) === LF) newlines += 1;
  }
  return { hits, linesBefore, newlines };
}

/** Searches on from each place where the searcher stopped. */
function searchAll(searcher: Searcher, base: number, from: number, to: number): Found & { stops: number } {
  const hits: number[] = [];
  const linesBefore: number[] = [];
  let newlines = 0;
  let stops = 0;
  for (let at = base + from; ; stops++) {
    const result = searcher.search(at, base + to);
    for (const hit of searcher.hits.subarray(0, result.count)) hits.push(hit - base);
    for (const lines of searcher.linesBefore.subarray(0, result.count)) linesBefore.push(newlines + lines);
    newlines += result.newlines;
    if (result.stoppedAt === base + to) return { hits, linesBefore, newlines, stops };
    // Or it would go on for ever.
    expect(result.stoppedAt).toBeGreaterThan(at);
    at = result.stoppedAt;
  }
}

const small = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), minLength: 0, maxLength: 700 });
const wide = fc.string({
  unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
  maxLength: 700,
});
const literalOf = (unit: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit, minLength: 1, maxLength });
const letters = literalOf(fc.constantFrom('a', 'b'), 40);

/** Text that holds some of the literals, whole or cut. */
function textWith(literals: readonly string[], filler: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const piece = fc.oneof(
    fc.constantFrom(...literals),
    fc.constantFrom(...literals).chain((literal) => fc.nat(literal.length).map((cut) => literal.slice(cut))),
    filler,
  );
  return fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
}

interface Case {
  readonly literals: readonly string[];
  readonly text: string;
  /** Where the text begins behind the start of the input, or, below 0, before it. */
  readonly shift: number;
  readonly cuts: readonly [number, number];
  readonly sample: string | null;
}

/** Longer than the kernel counts newlines without adding them up. */
function long(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return text.map((piece) => piece.repeat(Math.ceil(9000 / (piece.length + 1))));
}

function cases(literals: fc.Arbitrary<readonly string[]>, filler: fc.Arbitrary<string>): fc.Arbitrary<Case> {
  return literals.chain((list) =>
    fc.record({
      literals: fc.constant(list),
      text: fc.oneof(textWith(list, filler), filler, long(textWith(list, filler))),
      shift: fc.integer({ min: -200, max: 200 }),
      cuts: fc.tuple(fc.nat(100), fc.nat(100)),
      sample: fc.option(filler),
    }),
  );
}

/** Room that 200 dense bytes do not need, and longer texts overflow. */
const HITS = 150;

function check({ literals, text, shift, cuts, sample }: Case): void {
  const bytes = sample === null ? null : Buffer.from(sample, 'latin1');
  const searcher = createSearcher(literals, bytes, { inputSize: 65536, carrySize: 4096, hits: HITS });
  const base = searcher.inputAt + shift;
  // What was there before must not be found.
  searcher.memory.fill(literals[0] ?? '', base - 300, base + text.length + 300, 'latin1');
  searcher.memory.write(text, base, 'latin1');
  const from = Math.min(text.length, cuts[0]);
  const to = Math.max(from, text.length - cuts[1]);
  const { hits, linesBefore, newlines } = searchAll(searcher, base, from, to);
  const expected = naive(text, literals, from, to);
  expect(hits).toEqual(expected.hits);
  expect(linesBefore).toEqual(expected.linesBefore);
  expect(newlines).toBe(expected.newlines);
  expect(searcher.countNewlines(base + from, base + to)).toBe(expected.newlines);
}

describe('finds what a search byte by byte finds, and counts its newlines,', () => {
  const some = { numRuns: 150 };

  test('for one literal', () => {
    fc.assert(fc.property(cases(fc.tuple(letters), small), check), some);
    fc.assert(
      fc.property(cases(fc.tuple(literalOf(fc.constantFrom('a', 'b', '\n', '\xe4'), 3)), wide), check),
      some,
    );
  });

  test('for a few that overlap, share beginnings or lie in one another', () => {
    const few = fc.array(letters, { minLength: 2, maxLength: 5 });
    fc.assert(fc.property(cases(few, small), check), some);
  });

  test('for many', () => {
    const many = fc.array(letters, { minLength: 6, maxLength: 40 });
    fc.assert(fc.property(cases(many, small), check), some);
  });

  test('for many of any bytes and lengths', () => {
    const unit = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code));
    const any = fc.array(literalOf(unit, 90), { minLength: 2, maxLength: 30 });
    fc.assert(fc.property(cases(any, wide), check), some);
  });

  test('for single bytes', () => {
    const unit = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code));
    fc.assert(fc.property(cases(fc.array(unit, { minLength: 1, maxLength: 20 }), wide), check), some);
  });

  test.each([8, 16, 32, 64])('for %i names', (count) => {
    const names = fc.constant(identifiers(count));
    fc.assert(fc.property(cases(names, wide), check), { numRuns: 100 });
  });

  test('for hundreds', () => {
    const words = literalOf(fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz_.:'), 30);
    const hundreds = fc.array(words, { minLength: 200, maxLength: 500 });
    fc.assert(fc.property(cases(hundreds, wide), check), { numRuns: 60 });
  });
});

describe('a searcher', () => {
  test('searches for its other literals in between, and neither search takes the other for its own', () => {
    const unit = fc.constantFrom('a', 'b', 'c', '\n');
    const lists = fc.array(literalOf(unit, 20), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(
        lists,
        lists,
        fc.string({ unit, maxLength: 500 }),
        fc.nat(100),
        (own, others, text, cut) => {
          const searcher = createSearcher(
            own,
            null,
            { inputSize: 65536, carrySize: 4096, hits: HITS },
            others,
          );
          const base = searcher.inputAt;
          searcher.memory.write(text, base, 'latin1');
          const middle = Math.min(cut, text.length);
          const between = (literals: readonly string[], [from, to]: readonly [number, number]) =>
            naive(text, literals, from, to).hits;
          const parts = [
            [0, middle],
            [middle, text.length],
          ] as const;
          for (const [from, to] of parts) {
            const { count, stoppedAt } = searcher.search(base + from, base + to);
            const theirs = allHits(searcher.others, base, base + text.length);
            expect(theirs.map((hit) => hit - base)).toEqual(between(others, [0, text.length]));
            const mine = Array.from(searcher.hits.subarray(0, count), (hit) => hit - base);
            expect(mine).toEqual(between(own, [from, stoppedAt - base]));
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test('that was given no other literals does not find any', () => {
    const { others, inputAt } = createSearcher(['a']);
    expect(() => others.search(inputAt, inputAt + 1)).toThrow(RangeError);
  });

  test('stops when it has no room, and goes on without losing or repeating a hit', () => {
    const searcher = createSearcher(['aa', 'aaaa'], null, { inputSize: 65536, carrySize: 4096, hits: HITS });
    const text = 'a'.repeat(20_000);
    searcher.memory.write(text, searcher.inputAt, 'latin1');
    const { hits, stops } = searchAll(searcher, searcher.inputAt, 3, 20_000);
    expect(hits).toEqual(Array.from({ length: 19_996 }, (_, at) => at + 3));
    expect(stops).toBeGreaterThan(10);
    expect(searcher.found).toBe(19_996);
  });

  test('finds a literal at the very end of its input, and at the very start of what is carried', () => {
    const searcher = createSearcher(['end of input'], null, { inputSize: 8192, carrySize: 4096 });
    const end = searcher.inputAt + searcher.inputSize;
    searcher.memory.write('end of input', end - 12, 'latin1');
    const start = searcher.inputAt - searcher.carrySize;
    searcher.memory.write('end of input', start, 'latin1');
    expect(searchAll(searcher, 0, start, end).hits).toEqual([start, end - 12]);
  });

  test('reads input to the start of a page', () => {
    const { memory, inputAt } = createSearcher(['a'.repeat(5000)]);
    expect((memory.byteOffset + inputAt) % 4096).toBe(0);
  });

  test('has room for half a MiB, and for one of what is carried, unless it is told otherwise', () => {
    const { inputSize, carrySize, hits, memory } = createSearcher(['a'.repeat(5000)]);
    expect({ inputSize, carrySize }).toEqual({ inputSize: 512 * 1024, carrySize: 1024 * 1024 });
    expect(hits.length).toBeGreaterThan(8192);
    expect(memory.length).toBeLessThan(1.75 * 1024 * 1024);
  });

  test('has as many inputs as were asked for, each with a carry of its own', () => {
    const searcher = createSearcher(['needle'], null, { inputSize: 8192, carrySize: 4096, inputs: 3 });
    const { memory, inputAt, inputsAt, inputSize, carrySize } = searcher;
    expect(inputsAt).toHaveLength(3);
    expect(inputsAt[0]).toBe(inputAt);
    memory.fill('x', inputAt - carrySize);
    for (const at of inputsAt) {
      expect(memory.toString('latin1', at - carrySize, at + inputSize)).toBe(
        'x'.repeat(carrySize + inputSize),
      );
      memory.write('needle', at + inputSize - 6, 'latin1');
      memory.fill('y', at - carrySize, at);
    }
    for (const at of inputsAt)
      expect(searchAll(searcher, at - carrySize, 0, carrySize + inputSize).hits).toEqual([
        carrySize + inputSize - 6,
      ]);
  });

  test('searches nothing, wherever that is', () => {
    const searcher = createSearcher(['a', '\n'], null, { inputSize: 8192, carrySize: 4096 });
    searcher.memory.fill('\na', searcher.inputAt - 100, searcher.inputAt + 200);
    for (let at = searcher.inputAt - 1; at <= searcher.inputAt + 64; at++) {
      expect(searchAll(searcher, 0, at, at)).toEqual({
        hits: [],
        linesBefore: [],
        newlines: 0,
        stops: 0,
      });
      expect(searcher.countNewlines(at, at)).toBe(0);
    }
  });

  test.each([1, 16, 17, 33])('keeps its hits apart from literals, of %i bytes', (length) => {
    const literals = Array.from({ length: 40 }, (_, at) => String.fromCharCode(0x30 + at).repeat(length));
    const searcher = createSearcher(literals, null, { inputSize: 65536 });
    const text = literals.join('\n').concat('\n').repeat(20);
    searcher.memory.write(text, searcher.inputAt, 'latin1');
    const expected = Array.from({ length: 800 }, (_, at) => at * (length + 1));
    expect(searchAll(searcher, searcher.inputAt, 0, text.length).hits).toEqual(expected);
  });

  test('takes a literal longer than any window', () => {
    const literal = 'x'.repeat(300) + 'y'.repeat(9000);
    const searcher = createSearcher([literal, 'yyy-'], null, { inputSize: 65536 });
    searcher.memory.write(`x${literal}yyy-`, searcher.inputAt, 'latin1');
    expect(searchAll(searcher, searcher.inputAt, 0, 9400).hits).toEqual([1, 9301]);
  });

  test('counts a newline in every byte', () => {
    const searcher = createSearcher(['never'], null, { inputSize: 65536 });
    searcher.memory.fill('\n', searcher.inputAt);
    const end = searcher.inputAt + 65536;
    expect(searcher.search(searcher.inputAt, end).newlines).toBe(65536);
    expect(searcher.countNewlines(searcher.inputAt + 1, end - 1)).toBe(65534);
  });

  test('refuses to search for nothing', () => {
    expect(() => createSearcher([])).toThrow(RangeError);
    expect(() => createSearcher(['a', ''])).toThrow(RangeError);
  });
});

/** By each kernel: one pair, up to one, two and four under a key, and the one for more literals. */
test.each([1, 16, 32, 64, 100])('of %i names one that stands alone is found wherever it is', (count) => {
  const names = identifiers(count);
  const searcher = createSearcher(names, null, { inputSize: 4096, carrySize: 4096 });
  const { inputAt } = searcher;
  const size = 512;
  const found = Array.from({ length: size / 2 }, (_, at) => {
    const name = names[at % count] ?? '';
    searcher.memory.fill(LF, inputAt, inputAt + size).write(name, inputAt + at, 'latin1');
    const { hits, linesBefore, newlines } = searchAll(searcher, inputAt, 0, size);
    return { hits, linesBefore, newlines: newlines + name.length };
  });
  expect(found).toEqual(found.map((_, at) => ({ hits: [at], linesBefore: [at], newlines: size })));
});

test('there is room for the hits of the blocks with which a search ends', () => {
  const searcher = createSearcher(['a'], null, { inputSize: 4096, carrySize: 4096, hits: 1 });
  const { memory, inputAt, hits, linesBefore } = searcher;
  memory.fill('a', inputAt, inputAt + 1024);
  const wrong: unknown[] = [];
  for (let from = inputAt; from < inputAt + 64; from += 1)
    for (let to = inputAt + 64; to < inputAt + 512; to += 1) {
      const { count, stoppedAt } = searcher.search(from, to);
      const isRight =
        count === stoppedAt - from &&
        count <= hits.length &&
        hits.subarray(0, count).every((hit, at) => hit === from + at) &&
        linesBefore.subarray(0, count).every((lines) => lines === 0);
      if (!isRight) wrong.push([from, to, count, stoppedAt]);
    }
  expect(wrong).toEqual([]);
});

test('pairs of bytes of one kind are told apart', () => {
  // In capitals all letters differ in the same bit.
  const text = 'xy XY xY zeta ZETA Zeta';
  for (const literals of [['xy'], ['XY'], ['xy', 'XY'], ['zeta', 'ZETA'], ['zeta', 'XY']]) {
    const searcher = createSearcher(literals);
    searcher.memory.write(text, searcher.inputAt, 'latin1');
    expect(searchAll(searcher, searcher.inputAt, 0, text.length).hits).toEqual(
      naive(text, literals, 0, text.length).hits,
    );
  }
});
