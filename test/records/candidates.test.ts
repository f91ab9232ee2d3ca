// The framer of candidates beside the one that frames every record, as a live log shows them: in pieces, looked at in
// between, with rules that are exchanged on the way.

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { KEY_LITERALS, KEY_LOOK_BACK } from '../../src/aws/key-evidence.ts';
import { createSearcher } from '../../src/kernel/searcher.ts';
import type { Search } from '../../src/records/candidate-options.ts';
import { CandidateFramer } from '../../src/records/candidates.ts';
import { LiveFramer, recordsIn } from '../../src/records/live-framer.ts';
import type { LogRecord } from '../../src/records/record.ts';
import { DEFAULT_RECORD_LIMITS } from '../../src/records/record.ts';
import { anyLog, anySizes } from '../helpers/roads.ts';
import { SEED } from '../helpers/seed.ts';

const LITERALS = [['zeta'], ['AWS_PLUGIN', 'alpha'], null] as const;
type Choice = (typeof LITERALS)[number];

function tells(literals: readonly string[] | null, raw: string): boolean {
  return literals === null || literals.some((literal) => raw.includes(literal));
}

function shown({ header, position, raw, text, truncated }: LogRecord): object {
  return { header, position, raw, text, truncated };
}

// Other seeds show, seldom, the one exception: a record over the limits that was open when rules were exchanged is judged by
// none that came while it was.
test('what it hands on is what holds the literals of its moment', () => {
  let found = 0;
  fc.assert(
    fc.property(
      anyLog,
      fc.array(fc.record({ cut: fc.nat(), literals: fc.constantFrom(...LITERALS), look: fc.nat(3) }), {
        maxLength: 20,
      }),
      anySizes,
      (bytes, steps, sizes) => {
        // Farther than any place in memory, or not.
        const start = { line: 5, offset: sizes.hits === 100 ? 5e9 : 1000 };
        let literals: Choice = LITERALS[0];
        const searches = new Map<Choice, Search>();
        const search = (sample: Buffer): Search | null => {
          if (literals === null) return null;
          const known = searches.get(literals);
          const made: Search = known ?? {
            searcher: createSearcher(literals, sample, sizes, KEY_LITERALS),
            wanted: {
              concernsLevel: (level) => level !== 'DEBUG',
              concerns: ({ header }) => header.level !== 'DEBUG',
              mayHold: (raw) => tells(literals, raw),
            },
          };
          searches.set(literals, made);
          return made;
        };
        const limits = DEFAULT_RECORD_LIMITS;
        const fast = new CandidateFramer({ limits, start, lookBack: KEY_LOOK_BACK, search });
        const slow = new LiveFramer(limits, start);
        const wanted = (records: Iterable<LogRecord>): readonly object[] =>
          [...records]
            .filter(({ header, raw }) => header.level !== 'DEBUG' && tells(literals, raw))
            .map(shown);
        const cuts = [...steps.map(({ cut }) => cut % (bytes.length + 1)), bytes.length].sort(
          (a, b) => a - b,
        );
        const every: LogRecord[] = [];
        let from = 0;
        for (const [at, cut] of cuts.entries()) {
          const step = steps[at];
          const look = step?.look ?? 0;
          if (step !== undefined) literals = step.literals;
          const chunk = Buffer.from(bytes.subarray(from, cut));
          const handed = [...fast.push(chunk)];
          const records = wanted(handed);
          if (literals !== null) expect(handed.map(({ header }) => header.level)).not.toContain('DEBUG');
          chunk.fill(0x58);
          const framed = slow.push(bytes.subarray(from, cut));
          every.push(...framed);
          expect(records).toEqual(wanted(framed));
          expect(fast.lines).toBe(slow.lines);
          found += records.length;
          from = cut;
          const open = (framer: CandidateFramer | LiveFramer): readonly LogRecord[] =>
            look === 1 ? [framer.peek() ?? []].flat() : look === 2 ? framer.peekAll() : [];
          expect(wanted(open(fast))).toEqual(wanted(open(slow)));
        }
        const last = slow.end();
        every.push(...last);
        expect(wanted(fast.end())).toEqual(wanted(last));
        expect(fast.ends).toEqual(every.length === 0 ? null : [every[0]?.header, every.at(-1)?.header]);
        expect(fast.lines).toBe(slow.lines);
      },
    ),
    { numRuns: 300, seed: SEED },
  );
  expect(found).toBeGreaterThan(300);
}, 60_000);

const REACH = 2000;

/** How many were handed out, in the part of the log from an offset on. */
function handedOut(bytes: Buffer, from: number, size: number, search: Search): number {
  const start = { line: 1, offset: from };
  const limits = DEFAULT_RECORD_LIMITS;
  const hint = search.hints ? KEY_LOOK_BACK.hint : /alpha|omega|A[KS]IA/;
  const lookBack = { hint, reach: REACH };
  const framer = new CandidateFramer({ limits, start, lookBack, search: () => search });
  if (from > 0) framer.precede(bytes.subarray(Math.max(0, from - REACH - 16), from));
  let left = recordsIn(bytes, limits)
    .filter(({ raw }) => hint.test(raw))
    .map(({ position }) => position.offset);
  let found = 0;
  const check = (record: LogRecord): void => {
    const { offset } = record.position;
    const isDue = (earlier: number): boolean => earlier < offset && offset - earlier <= REACH;
    // What lies farther back does no harm, nor does what comes twice.
    const handed = [...new Set(framer.before(record).map(({ position }) => position.offset))];
    expect(handed.filter(isDue)).toEqual(left.filter(isDue));
    found += handed.length;
    left = left.filter((earlier) => earlier >= offset);
  };
  for (let at = from; at < bytes.length; at += size) {
    for (const record of framer.push(bytes.subarray(at, at + size))) check(record);
  }
  for (const record of framer.end()) check(record);
  return found;
}

test('what holds the hint is handed out before a record, in a log and in a part of it', () => {
  let found = 0;
  const often = ['zeta', 'ERROR', '_PLUGIN'] as const;
  const wanted = {
    concernsLevel: () => true,
    concerns: () => true,
    mayHold: (raw: string) => tells(often, raw),
  };
  fc.assert(
    fc.property(anyLog, fc.nat(), fc.constantFrom(100, 5000, 1e6), anySizes, (bytes, choice, size, sizes) => {
      const hints = choice % 2 === 0;
      const literals = hints ? [...often, ...KEY_LITERALS] : often;
      const others = hints ? KEY_LITERALS : ['alpha', 'omega', 'AKIA', 'ASIA'];
      const search = { searcher: createSearcher(literals, null, sizes, others), wanted, hints };
      const every = recordsIn(bytes, DEFAULT_RECORD_LIMITS);
      const middle = every[choice % every.length]?.position.offset ?? 0;
      found += handedOut(bytes, 0, size, search) + handedOut(bytes, middle, size, search);
    }),
    { numRuns: 300, seed: SEED },
  );
  expect(found).toBeGreaterThan(100);
}, 60_000);

test('a record longer than what can be carried over leaves the searcher whole', () => {
  const limits = DEFAULT_RECORD_LIMITS;
  const wanted = {
    concernsLevel: () => true,
    concerns: () => true,
    mayHold: (raw: string) => raw.includes('zeta'),
  };
  const searcher = createSearcher(
    ['zeta'],
    null,
    { inputSize: 512 * 1024, carrySize: 72 * 1024, hits: 100 },
    KEY_LITERALS,
  );
  const framer = new CandidateFramer({
    limits,
    lookBack: KEY_LOOK_BACK,
    search: () => ({ searcher, wanted }),
  });
  const long = `10:15:30 ERROR x\n${'\tat a.b.C\n'.repeat(40_000)}`;
  const texts: string[] = [];
  for (const chunk of [long, '10:15:31 ERROR zeta\n', long, '10:15:32 ERROR zeta\n']) {
    for (const { position, text } of framer.push(Buffer.from(chunk))) texts.push(`${position.line} ${text}`);
  }
  for (const { position, text } of framer.end()) texts.push(`${position.line} ${text}`);
  expect(texts).toEqual(['40002 10:15:31 ERROR zeta', '80004 10:15:32 ERROR zeta']);
});

test('what comes behind a long record takes nothing from what was kept for it', () => {
  const wanted = {
    concernsLevel: () => true,
    concerns: () => true,
    mayHold: (raw: string) => raw.includes('zeta'),
  };
  const searcher = createSearcher(['zeta'], null, {}, KEY_LITERALS);
  const framer = new CandidateFramer({
    limits: DEFAULT_RECORD_LIMITS,
    lookBack: KEY_LOOK_BACK,
    search: () => ({ searcher, wanted }),
  });
  const long = `10:15:31 ERROR zeta\n${'\tat a.b.C\n'.repeat(20_000)}`;
  const told: string[] = [];
  const tell = (records: Iterable<LogRecord>): void => {
    for (const record of records)
      told.push(...framer.before(record).map(({ text }) => `${text} before line ${record.position.line}`));
  };
  tell(framer.push(Buffer.from(`10:15:30 ERROR AKIA\n${long}`)));
  tell(framer.push(Buffer.from('10:15:32 ERROR ASIA\n10:15:33 ERROR zeta\n10:15:34 ERROR\n')));
  tell(framer.end());
  expect(told).toEqual(['10:15:30 ERROR AKIA before line 2', '10:15:32 ERROR ASIA before line 20004']);
});
