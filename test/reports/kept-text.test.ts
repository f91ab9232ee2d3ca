// What a report keeps of the input until its end: copies, for a slice of a string keeps alive all that it was cut from.
import { expect, test } from '@jest/globals';
import type { Finding } from '../../src/findings/finding.ts';
import type { ScanContext } from '../../src/findings/scan-event.ts';
import { Collected } from '../../src/reports/collect.ts';
import { collectGarbage } from '../helpers/garbage.ts';
import { scanText } from '../helpers/scan.ts';
import { faultyLog } from './faulty-log.ts';

const CHUNK = 256 * 1024;
const MIB = 1024 ** 2;
const {
  findings: [sample],
} = await scanText(faultyLog());

/** Text of the log, cut out of a chunk of it. */
const sliceOf = (number: number): string => {
  const chunk = Buffer.alloc(CHUNK, `${number} text of a log `).toString('latin1');
  return chunk.slice(1000, 1300);
};

function* findingsOf(faults: number): Generator<Finding> {
  if (sample === undefined) throw new Error('the log has no fault');
  for (let i = 0; i < faults; i += 1) {
    const record = { ...sample.record, text: sliceOf(i) };
    yield { ...sample, id: `id-${i}`, fingerprint: `fault-${i}`, record };
  }
}

const contextOf = (id: string, number: number): ScanContext => ({
  type: 'context',
  id,
  path: 'oc.log',
  before: [sliceOf(number)],
  after: [sliceOf(number + 1)],
});

test('no chunk of the log is kept for a finding or for what stood around it', () => {
  const before = collectGarbage();
  const collected = new Collected();
  for (const [number, finding] of [...findingsOf(200)].entries()) {
    collected.take(finding);
    collected.take(contextOf(finding.id, number));
  }
  expect(collected.contexts.size).toBe(200);
  expect(collectGarbage() - before).toBeLessThan(10 * MIB);
  expect(collected.faults.groups()).toHaveLength(200);
});

test('what stands around a finding is kept while the finding is an example of its fault', () => {
  const collected = new Collected();
  for (const finding of findingsOf(1)) {
    for (let i = 0; i < 9; i += 1) {
      collected.take({ ...finding, id: `id-${i}` });
      collected.take(contextOf(`id-${i}`, i));
    }
  }
  expect([...collected.contexts.keys()]).toEqual(['id-0', 'id-1', 'id-2', 'id-3', 'id-4']);
});

test('of many faults all is there at the end, though it is packed', () => {
  const collected = new Collected();
  const all = [...findingsOf(500)].map((finding, number) => {
    const text = `${number} ${'\tat a.b.C.d(C.java:1)\n'.repeat(180)}…`;
    return { ...finding, record: { ...finding.record, text } };
  });
  const before = collectGarbage();
  for (const [number, finding] of all.entries()) {
    collected.take(finding);
    collected.take(contextOf(finding.id, number));
  }
  expect(collectGarbage() - before).toBeLessThan(3 * MIB);
  const examples = collected.faults.groups().flatMap((group) => group.examples.map(({ read }) => read()));
  const byId = (a: Finding, b: Finding): number => Number(a.id.slice(3)) - Number(b.id.slice(3));
  // In the order of their fields, too: a report prints them as they are.
  const expected = all.map(({ advice: _, ...finding }) => finding);
  expect(JSON.stringify(examples.sort(byId))).toBe(JSON.stringify(expected));
  for (const [number, { id }] of all.entries())
    expect(collected.contexts.get(id)?.()).toEqual(contextOf(id, number));
});
