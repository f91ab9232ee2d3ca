// The pieces that the recogniser takes out of a record, against expressions that say the same of a string.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NO_TRACE, RECOGNISED, Recogniser } from '../../src/kernel/recogniser.ts';
import { SEED } from '../helpers/seed.ts';

const FORM = /^.{4}-.{14}[,.][0-9]{3} .*\n/s;
const HEAD = /^.{23} *[A-Z]* *\[[A-Za-z0-9.$_-]*\] \(/s;
const THREAD = /([A-Za-z0-9 _-]{0,60})\) (?:[^[]|\[[^\]\n]{0,120}\])/y;
const REQUEST = /Request ID: (?=[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-(?![0-9]{12})[0-9a-f]{12}[;,)])/g;
const LONGEST_HEAD = 400;
const LONGEST_TRACE = 16 * 1024;
const MOST_IDS = 4;
const MARK = 'Request ID: ';

interface Pieces {
  readonly lineEnd: number;
  readonly traceFrom: number | null;
  /** Equal where there is none. */
  readonly thread: readonly [from: number, to: number];
  /** All that stand behind the thread. */
  readonly ids: readonly number[];
}

function piecesOf(record: string): Pieces | null {
  if (!FORM.test(record)) return null;
  const lineEnd = record.indexOf('\n');
  const trace = record.length - lineEnd - 1;
  const thread = threadOf(record.slice(0, lineEnd + 1));
  const ids = Array.from(record.matchAll(REQUEST), ({ index }) => index)
    .filter((mark) => mark >= thread[1])
    .map((mark) => mark + MARK.length);
  const hasTrace = record[lineEnd + 1] === '\t' && trace <= LONGEST_TRACE;
  return { lineEnd, traceFrom: hasTrace ? lineEnd + 1 : null, thread, ids };
}

function threadOf(line: string): readonly [number, number] {
  const from = HEAD.exec(line)?.[0].length ?? Number.POSITIVE_INFINITY;
  THREAD.lastIndex = from;
  const name = from > LONGEST_HEAD ? undefined : THREAD.exec(line)?.[1];
  return name === undefined ? [23, 23] : [from, from + name.length];
}

const told = ({ facts, recordAt }: Recogniser): Pieces => ({
  lineEnd: facts.lineEnd - recordAt,
  traceFrom: facts.traceFrom - recordAt,
  thread: [facts.threadFrom - recordAt, facts.threadTo - recordAt],
  ids: facts.ids.map((id) => id - recordAt),
});

/** Which ways a record went. */
type Ways = Map<string, number>;

const went = (ways: Ways, way: string): unknown => ways.set(way, (ways.get(way) ?? 0) + 1);

const recogniser = new Recogniser(Buffer.from('["h","'));

/** With its trace, if it has one, taken for a piece or not, and a thread that is one or none. */
function check(record: string, isTrace: boolean, isThread: boolean, ways: Ways): void {
  recogniser.forget();
  recogniser.forgetThreads();
  const bytes = Buffer.from(`before${record}\tat`, 'latin1');
  let result = recogniser.recognise(bytes, 6, 6 + record.length, 7);
  const pieces = piecesOf(record);
  if (pieces === null) {
    went(ways, 'not of form');
    expect(result).toBe(RECOGNISED.notOfForm);
    return;
  }
  const { lineEnd, traceFrom, thread } = pieces;
  let trace = 0;
  if (traceFrom !== null) {
    went(ways, 'trace');
    expect(result).toBe(RECOGNISED.unknownTrace);
    expect(told(recogniser)).toMatchObject({ lineEnd, traceFrom });
    const { facts, recordEnd } = recogniser;
    const stored = { at: facts.traceFrom, length: recordEnd - facts.traceFrom };
    trace = isTrace ? (recogniser.keep('traces', 1, stored) ?? 0) : NO_TRACE;
    result = recogniser.again(trace, 0);
  }
  const end = traceFrom !== null && isTrace ? traceFrom : record.length;
  if (thread[0] < thread[1]) {
    went(ways, 'thread');
    expect(result).toBe(RECOGNISED.unknownThread);
    expect(told(recogniser)).toMatchObject({ lineEnd, traceFrom: end, thread });
    const { threadFrom: at, threadTo } = recogniser.facts;
    const entry = recogniser.keep('threads', isThread ? 1 : 0, { at, length: threadTo - at }) ?? 0;
    result = recogniser.again(trace, entry);
  }
  const ids = pieces.ids.filter((id) => id < end);
  went(ways, `${ids.length} ids`);
  if (ids.length > MOST_IDS) {
    expect(result).toBe(RECOGNISED.notOfForm);
    return;
  }
  expect(result).toBe(RECOGNISED.unknownWording);
  const named = isThread ? thread : [thread[0], thread[0]];
  expect(told(recogniser)).toEqual({ lineEnd, traceFrom: end, thread: named, ids });
  expect(recogniser.keepWording(3)).toBe(true);
  expect(recogniser.again(trace, 0)).toBe(RECOGNISED.known);
  expect(recogniser.facts.wordingNumber).toBe(3);
  const line = record.slice(0, lineEnd).replace(/\r$/, '');
  expect(recogniser.idText.toString('latin1')).toBe(`["h","${line}",7]`);
}

const ID = '3b24e6df-22d6-2dc2-2a04-e4ebeceeaf38';
/** Around the borders of what a piece may hold, and what stands around pieces. */
const EDGES = [...'/09:@AFZ[`afgz{-_.,;$ ()]\r\t'];
const part = fc.constantFrom;
const repeated = (text: string, ...lengths: readonly number[]) =>
  fc.constantFrom(...lengths).map((length) => text.repeat(length));
const request = part(ID, '00000000-0000-0000-0000-00000000000a', `${ID.slice(0, -12)}123456789012`, '').chain(
  (id) => part(';', ',', ')', '', '\n').map((behind) => `${MARK}${id}${behind}`),
);
const whole = fc
  .tuple(
    part('2024-03-01 00:00:32,078 ', '2024-03-01 00:00:32.078  '),
    part('ERROR ', '', 'WARN  '),
    part('[AWS_PLUGIN]', '[com.x.Y$1-2]', '[]'),
    part(' (', ' ('),
    fc.oneof(part('pool-7-thread-2', 'default task_1', '', 'A z'), repeated('t', 59, 60, 61)),
    part(') ', ')', ') ', ') ', ') [x] ', ') [', ') [x\n]'),
    part('', 'failed ', 'RRequest ID: '),
    fc.oneof(
      fc.array(request, { maxLength: 6 }).map((requests) => requests.join('')),
      repeated(`${MARK}${ID};`, 3, 4, 5),
    ),
    part('\n', '\r\n'),
    fc.oneof(
      part('', '\tat a.b.C.d(E.java:1)\n', 'more\n', '\t'),
      request.map((text) => `\t${text}\n`),
    ),
  )
  .map((parts) => parts.join(''));
/** Long where it may be long, and a bit longer. */
const long = fc
  .tuple(
    repeated(' ', 1, 376, 377, 378).map((blanks) => `2024-03-01 00:00:32,078${blanks}`.slice(0, 400)),
    repeated('x', 1, 118, 119, 120, 121),
    repeated('y', 1, LONGEST_TRACE - 2, LONGEST_TRACE - 1, LONGEST_TRACE),
  )
  .map(([blanks, tag, trace]) => `${blanks}[] (t) [${tag}] ${MARK}${ID};\n\t${trace}\n`);
/** Cuts, replaces or inserts. */
const slip = fc.tuple(fc.nat(), part(0, 1), part('', ...EDGES));

function withSlips(record: string, slips: readonly (readonly [number, number, string])[]): string {
  return slips.reduce((text, [place, cut, by]) => {
    const at = place % text.length;
    return text.slice(0, at) + by + text.slice(at + cut);
  }, record);
}

test('they are of their form and stand where they may, and no others are', () => {
  const ways: Ways = new Map();
  fc.assert(
    fc.property(
      fc.oneof({ weight: 5, arbitrary: whole }, { weight: 1, arbitrary: long }),
      fc.array(slip, { maxLength: 2 }),
      fc.boolean(),
      fc.boolean(),
      (record, slips, isTrace, isThread) => check(withSlips(record, slips), isTrace, isThread, ways),
    ),
    { seed: SEED, numRuns: 2000 },
  );
  for (const way of ['not of form', 'trace', 'thread', '0 ids', '1 ids', '4 ids', '5 ids'])
    expect(ways.get(way) ?? 0).toBeGreaterThan(10);
});

test('each byte of an id, a time and a name is of theirs', () => {
  const record = `2024-03-01 00:00:32,078 ERROR [AWS_PLUGIN] (pool-7) failed (${MARK}${ID}; Proxy: null)\n`;
  const ways: Ways = new Map();
  for (let at = 0; at < record.length - 1; at += 1)
    for (const edge of EDGES) check(withSlips(record, [[at, 1, edge]]), false, true, ways);
  expect(ways.get('0 ids')).toBeGreaterThan(36);
});
