// Records taken apart and recognised, and templates filled with their pieces.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { GAP_CODES, NO_TRACE, RECOGNISED, Recogniser, requestIdGap } from '../../src/kernel/recogniser.ts';
import { LONGEST_RECORD } from '../../src/kernel/recogniser-layout.ts';
import { SEED } from '../helpers/seed.ts';

const ID = '3b24e6df-22d6-2dc2-2a04-e4ebeceeaf38';
const OTHER_ID = '00000000-0000-0000-0000-00000000000a';
const TRACE = '\tat a.b.C.d(E.java:1)\n\tat f.g.H.i(J.java:22)\n';
const INNOCENT = 7;

interface Parts {
  readonly stamp: string;
  readonly thread: string;
  readonly id: string;
  readonly trace: string;
}

const USUAL: Parts = { stamp: '2024-03-01 00:00:32,078', thread: 'pool-7-thread-2', id: ID, trace: TRACE };

const recordOf = ({ stamp, thread, id, trace }: Parts): string =>
  `${stamp} ERROR [AWS_PLUGIN] (${thread}) failed (Request ID: ${id}; Proxy: null)\n${trace}`;

function lookAt(recogniser: Recogniser, text: string, offset = 0): number {
  const bytes = Buffer.from(`before${text}behind`, 'latin1');
  return recogniser.recognise(bytes, 6, bytes.length - 6, offset);
}

/** Keeps whatever is unknown of a record, until it is known. */
function learn(recogniser: Recogniser, text: string, number = 0): void {
  let result = lookAt(recogniser, text);
  let trace = 0;
  if (result === RECOGNISED.unknownTrace) {
    const { facts, recordEnd } = recogniser;
    const at = facts.traceFrom;
    trace = recogniser.keep('traces', number, { at, length: recordEnd - at }) ?? NO_TRACE;
    result = recogniser.again(trace, 0);
  }
  if (result === RECOGNISED.unknownThread) {
    const { threadFrom: at, threadTo } = recogniser.facts;
    result = recogniser.again(
      trace,
      recogniser.keep('threads', INNOCENT, { at, length: threadTo - at }) ?? 0,
    );
  }
  if (result === RECOGNISED.unknownWording) recogniser.keepWording(number);
}

test('a record is known by its wording, whatever its time, thread, request id and trace are', () => {
  const recogniser = new Recogniser(Buffer.from('["h","'));
  learn(recogniser, recordOf(USUAL), 3);
  learn(recogniser, recordOf({ ...USUAL, thread: 'default task-1', trace: '\tat k.l(M.java)\n' }), 4);
  const other = recordOf({
    stamp: '1999-12-31 23:59:59.999',
    thread: 'default task-1',
    id: OTHER_ID,
    trace: TRACE,
  });
  expect(lookAt(recogniser, other)).toBe(RECOGNISED.known);
  const { memory, facts } = recogniser;
  const { wordingNumber, threadNumber, traceNumber, ids, threadFrom, threadTo, lineEnd } = facts;
  expect([wordingNumber, threadNumber, traceNumber]).toEqual([3, INNOCENT, 3]);
  const at = (from: number, length: number): string => memory.toString('latin1', from, from + length);
  expect(ids.map((id) => at(id, ID.length))).toEqual([OTHER_ID]);
  expect(at(threadFrom, threadTo - threadFrom)).toBe('default task-1');
  expect(memory[lineEnd]).toBe(10);
});

test.each<[string, number]>([
  [recordOf({ ...USUAL, trace: '' }), RECOGNISED.unknownWording],
  [recordOf(USUAL).replace('failed', 'failee'), RECOGNISED.unknownWording],
  [recordOf(USUAL).replace('; Proxy', ', Proxy'), RECOGNISED.unknownWording],
  [recordOf({ ...USUAL, id: ID.replaceAll('f', 'g') }), RECOGNISED.unknownWording],
  // It could be an account.
  [recordOf({ ...USUAL, id: `${ID.slice(0, -12)}123456789012` }), RECOGNISED.unknownWording],
  [recordOf({ ...USUAL, thread: 'pool-7-thread-3' }), RECOGNISED.unknownThread],
  [recordOf({ ...USUAL, thread: 'pool.7' }), RECOGNISED.unknownWording],
  [recordOf({ ...USUAL, trace: TRACE.replace('22', '23') }), RECOGNISED.unknownTrace],
  [recordOf({ ...USUAL, stamp: '2024-03-01T00:00:32Z    ' }), RECOGNISED.notOfForm],
  [recordOf({ ...USUAL, id: Array(5).fill(ID).join('; Request ID: ') }), RECOGNISED.notOfForm],
  ['2024-03-01 00:00:32,078', RECOGNISED.notOfForm],
  // What stood there before is not part of it.
  ['ab\n', RECOGNISED.notOfForm],
])('what differs in more is not known: %j', (text, result) => {
  const recogniser = new Recogniser(Buffer.from('["h","'));
  learn(recogniser, recordOf(USUAL));
  expect(lookAt(recogniser, recordOf(USUAL))).toBe(RECOGNISED.known);
  expect(lookAt(recogniser, text)).toBe(result);
});

test('a trace, a thread and a wording are known by each of their bytes', () => {
  const recogniser = new Recogniser(Buffer.from('["h","'));
  const known = recordOf({ ...USUAL, thread: 'a-thread-with-a-name-of-some-length', trace: TRACE.repeat(3) });
  learn(recogniser, known);
  expect(lookAt(recogniser, known)).toBe(RECOGNISED.known);
  const id = known.indexOf(ID);
  for (let at = 'yyyy-MM-dd HH:mm:ss,SSS'.length; at < known.length; at += 1) {
    if (at >= id && at < id + ID.length) continue;
    const other = `${known.slice(0, at)}${known[at] === 'q' ? 'r' : 'q'}${known.slice(at + 1)}`;
    expect(lookAt(recogniser, other)).not.toBe(RECOGNISED.known);
  }
});

test('what stood behind a shorter record does not matter', () => {
  const recogniser = new Recogniser(Buffer.from('["h","'));
  const records = Array.from({ length: 40 }, (_, more) =>
    recordOf({ ...USUAL, trace: `\t${'x'.repeat(more)}` }),
  );
  for (const record of records) {
    lookAt(recogniser, recordOf({ ...USUAL, trace: `\t${'y'.repeat(100)}` }));
    learn(recogniser, record);
  }
  for (const record of records) {
    lookAt(recogniser, recordOf({ ...USUAL, trace: `\t${'z'.repeat(100)}` }));
    expect(lookAt(recogniser, record)).toBe(RECOGNISED.known);
  }
});

test('of many threads and traces each is told from all others', () => {
  const recogniser = new Recogniser(Buffer.from('["h","'));
  const count = 50;
  const recordWith = (thread: number, trace: number): string =>
    recordOf({ ...USUAL, thread: `thread-${'x'.repeat(thread)}`, trace: `\tat ${'y'.repeat(40 * trace)}\n` });
  for (let number = 0; number < count; number += 1) {
    expect(lookAt(recogniser, recordWith(number, number))).toBe(RECOGNISED.unknownTrace);
    const { facts, recordEnd } = recogniser;
    const trace = { at: facts.traceFrom, length: recordEnd - facts.traceFrom };
    recogniser.again(recogniser.keep('traces', number + 1, trace) ?? 0, 0);
    const thread = { at: facts.threadFrom, length: facts.threadTo - facts.threadFrom };
    recogniser.keep('threads', number + 1, thread);
  }
  for (let thread = 0; thread < count; thread += 1) {
    const trace = (thread * 7) % count;
    expect(lookAt(recogniser, recordWith(thread, trace))).not.toBe(RECOGNISED.unknownThread);
    expect(recogniser.facts.threadNumber).toBe(thread + 1);
    expect(recogniser.facts.traceNumber).toBe(trace + 1);
  }
});

test('the text of an id has room for a host and a line of any length', () => {
  for (const [host, line] of [
    ['h', `${USUAL.stamp} ERROR x`],
    ['h'.repeat(40_000), `${USUAL.stamp} ERROR ${'y'.repeat(LONGEST_RECORD - 40)}`],
  ] as const) {
    const recogniser = new Recogniser(Buffer.from(`["${host}","`));
    for (const end of ['\n', '\r\n']) {
      learn(recogniser, line + end);
      expect(lookAt(recogniser, line + end, 2 ** 40 + 1)).toBe(RECOGNISED.known);
      expect(recogniser.idText.toString()).toBe(`["${host}","${line}",${2 ** 40 + 1}]`);
    }
  }
});

test('a template is filled with the pieces of the record at hand', () => {
  const recogniser = new Recogniser(Buffer.from('["h","'));
  // Of what was kept and is forgotten, nothing matters.
  recogniser.store(Buffer.alloc(16 * 1024, 1));
  recogniser.forget();
  learn(recogniser, recordOf(USUAL));
  const gaps = ['id', 'time', 'place', 'stamp', 'thread', 'trace', 'line'] as const;
  const texts = ['<', ...gaps.map((gap) => `|${gap}:`), '>'].flatMap(
    (text) => recogniser.store(Buffer.from(text)) ?? [],
  );
  const codes = [requestIdGap(0), ...gaps.map((gap) => GAP_CODES[gap])];
  const template = recogniser.storeTemplate(texts, codes) ?? 0;
  const shown = recogniser.store(Buffer.from('shown'));
  recogniser.setId('0123456789abcdef');
  const place = { line: 12, endLine: 345_678, offset: 2 ** 33, bytes: 99 };
  const numbers = '12,"endLine":345678';
  const told = `${numbers},"offset":${2 ** 33},"bytes":99`;
  const line = recordOf(USUAL).split('\n')[0];
  const filled = (time: string): string =>
    `<${ID}|id:0123456789abcdef|time:${time}|place:${told}|stamp:${USUAL.stamp}|thread:${USUAL.thread}|trace:shown|line:${line}>`;
  expect(lookAt(recogniser, recordOf(USUAL))).toBe(RECOGNISED.known);
  const text = recogniser.fill(template, place, null, shown).toString();
  expect(text).toBe(filled('2024-03-01T00:00:32.078'));
  expect(text.slice(recogniser.facts.numbersFrom, recogniser.facts.numbersTo)).toBe(numbers);
  expect(recogniser.fill(template, place, 'later', shown).toString()).toBe(filled('later'));
});

test('where there is no room for more that is told, and room is made by forgetting', () => {
  const recogniser = new Recogniser(Buffer.from('["h","'));
  const text = Buffer.alloc(1024 ** 2, 'x');
  let stored = 0;
  while (recogniser.store(text) !== null) stored += 1;
  expect(stored).toBeGreaterThan(3);
  expect(recogniser.store(Buffer.from('x'))).not.toBeNull();
  expect(recogniser.isFull).toBe(true);
  recogniser.forget();
  expect(recogniser.isFull).toBe(false);
  learn(recogniser, recordOf(USUAL));
  expect(lookAt(recogniser, recordOf(USUAL))).toBe(RECOGNISED.known);
  recogniser.forget();
  expect(lookAt(recogniser, recordOf(USUAL))).toBe(RECOGNISED.unknownTrace);
});

test('what there is no room for changes nothing of what is kept', () => {
  const recogniser = new Recogniser(Buffer.from('["h","'));
  const { recordAt: at } = recogniser;
  learn(recogniser, recordOf(USUAL), 3);
  for (let size = 1024 ** 2; size >= 1; size /= 2)
    while (recogniser.store(Buffer.alloc(size)) !== null) recogniser.isFull = false;
  while (recogniser.keep('threads', 1, { at, length: 4096 }) !== null);
  expect(recogniser.isFull).toBe(true);
  expect(lookAt(recogniser, recordOf({ ...USUAL, trace: '\tat x\n'.repeat(500) }))).toBe(
    RECOGNISED.unknownTrace,
  );
  expect(recogniser.keep('traces', 4, { at, length: 4096 })).toBeNull();
  expect(recogniser.keep('threads', 4, { at, length: 4096 })).toBeNull();
  expect(recogniser.keepWording(4)).toBe(false);
  expect(recogniser.storeTemplate([{ at, length: 1 }], [])).toBeNull();
  expect(lookAt(recogniser, recordOf(USUAL))).toBe(RECOGNISED.known);
  const { wordingNumber, traceNumber, threadNumber } = recogniser.facts;
  expect([wordingNumber, traceNumber, threadNumber]).toEqual([3, 3, INNOCENT]);
  recogniser.forgetThreads();
  expect(lookAt(recogniser, recordOf(USUAL))).toBe(RECOGNISED.unknownThread);
  expect(recogniser.keep('threads', 4, { at, length: 4096 })).not.toBeNull();
});

test('of one hash so many are kept and no more', () => {
  const recogniser = new Recogniser(Buffer.from('["h","'));
  const first = recordOf({ ...USUAL, trace: '' });
  learn(recogniser, first);
  const { hash } = recogniser.facts;
  // Another wording in the chain of the same hash, again and again.
  expect(lookAt(recogniser, first)).toBe(RECOGNISED.known);
  for (let count = 1; count < 64; count += 1) expect(recogniser.keepWording(count)).toBe(true);
  expect(recogniser.facts.hash).toBe(hash);
  let isInBucket = false;
  for (let count = 0; !isInBucket; count += 1) {
    expect(lookAt(recogniser, first.replace('failed', `failed ${count}`))).toBe(RECOGNISED.unknownWording);
    isInBucket = (recogniser.facts.hash & 1023) === (hash & 1023);
    expect(recogniser.facts.isCrowded).toBe(isInBucket);
  }
  expect(lookAt(recogniser, first)).toBe(RECOGNISED.known);
});

test('of many wordings each is told from all others', () => {
  const recogniser = new Recogniser(Buffer.from('["h","'));
  const texts = fc.sample(fc.string({ unit: fc.constantFrom('a', 'b', '('), maxLength: 40 }), {
    numRuns: 500,
    seed: SEED,
  });
  const records = [...new Set(texts)].map((text) =>
    recordOf({ ...USUAL, trace: '' }).replace('failed', text),
  );
  for (const [number, text] of records.entries()) learn(recogniser, text, number);
  for (const [number, text] of records.entries()) {
    expect(lookAt(recogniser, text)).toBe(RECOGNISED.known);
    expect(recogniser.facts.wordingNumber).toBe(number);
  }
});
