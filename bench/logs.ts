// Writes realistic logs of a given size and shape, the same ones for the same seed, as input for the other scripts.
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { type Random, randomFrom, recordAt } from '../test/helpers/vna-log.ts';
import { anyFault, FAULT } from './faults.ts';

const MIB = 1024 ** 2;
const BLOCK = 8 * MIB;
const FRAMES =
  '\n\tat deployment.oc-war.war//com.ca.oc.plugin.Poller.poll(Poller.java:403)' +
  '\n\tat java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1136)' +
  '\n\tat org.jboss.threads@2.4.0.Final//org.jboss.threads.ContextClassLoaderSavingRunnable.run(ContextClassLoaderSavingRunnable.java:35)' +
  '\n\tat java.base/java.lang.Thread.run(Thread.java:829)';

/** What the rare fault is found by, for the peers. */
export { FAULT_LITERAL } from './faults.ts';

/** One record's words: level, category, message. */
type Words = (random: Random) => readonly [level: string, category: string, message: string];

/** Weights: how many in a hundred. */
type Mix = readonly (readonly [weight: number, words: Words])[];

const address = (random: Random): string => `10.20.${random.next(256)}.${random.next(256)}`;

const QUIET: Mix = [
  [30, (r) => ['INFO', 'DNAC_PLUGIN', `DnacPoller: fetched ${r.next(4000)} interfaces from ${address(r)}`]],
  [
    20,
    (r) => ['INFO', 'VIPTELA_PLUGIN', `ViptelaPoller: cycle ${r.next(90000)} done in ${r.next(30000)} ms`],
  ],
  [
    17,
    (r) => ['DEBUG', 'com.ca.oc.core.Scheduler', `next run in ${r.next(600)} s, ${r.next(40)} jobs queued`],
  ],
  [12, (r) => ['WARN', 'ACI_PLUGIN', `AciPoller: fabric node ${r.next(400)} answered late`]],
  [8, (r) => ['INFO', 'org.jboss.as.server', `WFLYSRV0010: Deployed "oc-war.war" #${r.next(99)}`]],
  [6, (r) => ['ERROR', 'MERAKI_PLUGIN', `request ${r.next(9999)} failed: java.io.IOException${FRAMES}`]],
  [5, (r) => ['INFO', 'AWS_PLUGIN', `AWSInventoryPoller: discovered ${r.next(900)} instances in us-east-1`]],
  [2, (r) => ['INFO', 'com.ca.oc.audit', `user admin searched for "[AWS_PLUGIN] 403" (${r.next(12)} hits)`]],
];

const ONE_FAULT: Mix = [[1, () => ['ERROR', 'AWS_PLUGIN', FAULT]]];

const SHAPES = {
  /** A fault in about every 18 MiB. */
  rare: QUIET,
  /** The same, with the characters that AWS's errors are full of in half of the lines. */
  punctuated: [
    ...QUIET,
    [100, (r: Random) => ['INFO', 'DNAC_PLUGIN', `devices (${address(r)}; up; ${r.next(99)} ports; (ok))`]],
  ],
  /** A fifth of the records are ordinary ones of the AWS plug-in. */
  busy: [...QUIET, [20, (r: Random) => ['INFO', 'AWS_PLUGIN', `AWSMetricPoller: ${r.next(403)} values`]]],
  /** One record in twenty is a fault. */
  dense: [
    ...QUIET,
    [5, (r: Random) => [r.pick(['ERROR', 'ERROR', 'ERROR', 'WARN']), 'AWS_PLUGIN', anyFault(r)]],
  ],
  traces: [...QUIET, [20, () => ['ERROR', 'MERAKI_PLUGIN', `request failed${FRAMES.repeat(20)}`]]],
  lines: [...QUIET, [5, (r: Random) => ['DEBUG', 'ACI_PLUGIN', `{${`"node":${r.next(9)},`.repeat(4000)}}`]]],
} as const satisfies Readonly<Record<string, Mix>>;

export type Shape = keyof typeof SHAPES;
export const SHAPE_NAMES = Object.keys(SHAPES) as readonly Shape[];

const THREADS = ['default task-1', 'default task-12', 'pool-7-thread-2', 'ServerService Thread Pool -- 84'];
const FAULT_EVERY = 18 * MIB;

/** Writes `bytes` or a little more to `path`. */
export function makeLog(path: string, bytes: number, shape: Shape = 'rare', seed = 5): void {
  const file = openSync(path, 'w');
  // The same records over and over: what repeats is a block far longer than any buffer.
  const block = Buffer.from(recordsOf(SHAPES[shape], seed));
  const fault = Buffer.from(record(randomFrom(seed), Date.parse('2024-03-01T10:00:00Z'), ONE_FAULT));
  let untilFault = FAULT_EVERY / 2;
  for (let written = 0; written < bytes; ) {
    written += writeSync(file, block);
    untilFault -= block.length;
    if (untilFault > 0) continue;
    written += writeSync(file, fault);
    untilFault = FAULT_EVERY;
  }
  settle(file);
}

/** The writing to the disk goes on behind the program, and would slow down what is measured first. */
function settle(file: number): void {
  fsyncSync(file);
  closeSync(file);
}

function recordsOf(mix: Mix, seed: number): string {
  const random = randomFrom(seed);
  const records: string[] = [];
  let time = Date.parse('2024-03-01T00:00:00Z');
  for (let length = 0; length < BLOCK; ) {
    time += random.next(4000);
    const one = record(random, time, mix);
    records.push(one);
    length += one.length;
  }
  return records.join('');
}

function record(random: Random, time: number, mix: Mix): string {
  const [level, category, message] = pick(random, mix)(random);
  return recordAt(new Date(time), level, category, random.pick(THREADS), message);
}

function pick(random: Random, mix: Mix): Words {
  let left = random.next(mix.reduce((sum, [weight]) => sum + weight, 0));
  for (const [weight, words] of mix) {
    if (left < weight) return words;
    left -= weight;
  }
  throw new Error('a mix without weight');
}

/** A line without end: what no reader by lines survives. */
export function makeOneLine(path: string, bytes: number): void {
  const file = openSync(path, 'w');
  const piece = Buffer.alloc(MIB, 'a');
  for (let written = 0; written < bytes; written += piece.length) writeSync(file, piece);
  settle(file);
}
