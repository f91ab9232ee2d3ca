// Where the kernel says lines begin, against a look at every byte.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createSearcher } from '../../src/kernel/searcher.ts';
import { SEED } from '../helpers/seed.ts';

test('lines around a place are those of the bytes, wherever blocks and borders are', () => {
  const searcher = createSearcher(['x'], null, { inputSize: 4096, carrySize: 4096 });
  const { memory, inputAt } = searcher;
  const isStart = (code = -1): boolean => /[0-9A-Z{\x1b\xef\0]/.test(String.fromCharCode(code));
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom(...'\n\n\na\t09AZ/:\xef{\x1b\0@[', 'a'.repeat(40)),
        maxLength: 90,
      }),
      fc.nat(40),
      fc.nat(300),
      fc.nat(300),
      (text, shift, one, other) => {
        const bytes = Buffer.from(`${text}\n`, 'latin1');
        const base = inputAt + shift;
        memory.fill(10, base - 32, base + bytes.length + 32);
        bytes.copy(memory, base);
        const starts = [...bytes.keys()].filter((at) => at === 0 || bytes[at - 1] === 10);
        const place = Math.min(one, bytes.length - 1);
        const floor = starts.filter((at) => at <= Math.min(place, other)).at(-1) ?? 0;
        const line = starts.filter((at) => at <= place).at(-1) ?? 0;
        expect(searcher.lineStart(base + place, base + floor) - base).toBe(Math.max(line, floor));
        const end = [...starts, bytes.length].find((at) => at > Math.max(place, other)) ?? bytes.length;
        const next = starts.find((at) => at > place && at < end && isStart(bytes[at])) ?? end;
        expect(searcher.nextBeginning(base + place, base + end) - base).toBe(next);
      },
    ),
    { seed: SEED, numRuns: 2000 },
  );
});
