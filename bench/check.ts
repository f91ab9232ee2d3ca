// What a check costs, as ratios within one run. A log at rest: processor time beside bare Node, and beside check_logfiles,
// which Nagios would start as often. News: wall and processor time beside a scan of the same bytes. Ends with 1 where a check costs more
// than it may. `--quick`: small and few, to see that it works.
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FAULT_LITERAL, makeLog } from './logs.ts';
import { findProgram, median, oclog, peer, processorSeconds, type Run, seconds } from './runs.ts';

const MIB = 1024 ** 2;
const isQuick = process.argv.includes('--quick');
const LARGE = (isQuick ? 32 : 1024) * MIB;
const NEWS = (isQuick ? 8 : 100) * MIB;
const ROUNDS = isQuick ? 5 : 41;
/** Of bare Node's processor time. */
const MOST_AT_REST = 2.5;
/** Of a scan's processor time. */
const MOST_FOR_NEWS = 1.25;
const folder = mkdtempSync(join(tmpdir(), 'oclog-bench-check-'));
/** Nothing else is written beside it: a check looks for archives where something changed. */
const logs = join(folder, 'log');
const log = join(logs, 'oc.log');

/** Each with a memory of its own. */
function check(name: string, ...options: readonly string[]): Run {
  return oclog(name, 'check', '--state-dir', join(folder, name), '--host', 'bench', ...options, log);
}

function checkLogfiles(): Run | null {
  return peer(
    'check_logfiles',
    'check_logfiles',
    `--logfile=${log}`,
    `--criticalpattern=${FAULT_LITERAL}`,
    '--tag=bench',
    `--seekfilesdir=${folder}`,
    `--protocolsdir=${folder}`,
  );
}

/** Medians of interleaved rounds, by the names of the runs. */
function measure(
  runs: readonly Run[],
  cost: (run: Run) => number,
  rounds: number,
): ReadonlyMap<string, number> {
  const costs = new Map(runs.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round += 1)
    for (const run of runs) costs.get(run.name)?.push(cost(run));
  return new Map(Array.from(costs, ([name, values]) => [name, median(values)]));
}

function print(title: string, base: string, costs: ReadonlyMap<string, number>): void {
  console.log(`\n${title}`);
  for (const [name, cost] of costs) {
    const ratio = cost / (costs.get(base) ?? Number.NaN);
    console.log(
      `  ${name.padEnd(46)} ${(cost * 1000).toFixed(1).padStart(9)} ms ${ratio.toFixed(2).padStart(7)} x`,
    );
  }
}

/** Whether one costs at most that much of another. */
function atMost(costs: ReadonlyMap<string, number>, name: string, most: number, base: string): boolean {
  const [cost, other] = [costs.get(name), costs.get(base)];
  if (cost === undefined || other === undefined || cost <= most * other) return true;
  console.log(`  ${name} costs more than ${most} times ${base}`);
  return false;
}

function atRest(): boolean {
  mkdirSync(logs);
  makeLog(log, LARGE);
  const anHourAgo = Date.now() / 1000 - 3600;
  for (const path of [log, logs]) utimesSync(path, anHourAgo, anHourAgo);
  const bare = peer('node -e 0', process.execPath, '-e', '0');
  const kept = check('check');
  // Says at each run that it ran, so that no answer is kept for it.
  const full = check('check --textfile', '--textfile', join(folder, 'oclog.prom'));
  const peers = checkLogfiles();
  const runs = [bare, kept, full, peers].filter((run) => run !== null);
  // The first runs read it, or remember where it ends.
  for (let time = 0; time < 2; time += 1) for (const run of runs) seconds(run);
  const costs = measure(runs, processorSeconds, ROUNDS);
  print(`${LARGE / MIB} MiB at rest, processor time`, 'node -e 0', costs);
  return [
    atMost(costs, 'oclog check', MOST_AT_REST, 'node -e 0'),
    atMost(costs, 'oclog check', 1, 'check_logfiles'),
  ].every(Boolean);
}

/** On the disk too: else the check would wait for it when it makes sure of its memory. */
function append(bytes: Buffer): void {
  const file = openSync(log, 'a');
  writeSync(file, bytes);
  fsyncSync(file);
  closeSync(file);
}

function news(): boolean {
  const fresh = join(folder, 'news.log');
  makeLog(fresh, NEWS, 'rare', 9);
  const bytes = readFileSync(fresh);
  const scan = oclog('scan', 'scan', '--format', 'ndjson', '--host', 'bench', fresh);
  const own = check('check');
  const runs = [scan, own, checkLogfiles()].filter((run) => run !== null);
  const measured = (cost: (run: Run) => number): ReadonlyMap<string, number> =>
    measure(
      runs,
      (run) => {
        // Once a round: the peer reads the same log.
        if (run === own) append(bytes);
        return cost(run);
      },
      isQuick ? 1 : 5,
    );
  print(`${NEWS / MIB} MiB of news, wall time`, 'oclog scan', measured(seconds));
  const costs = measured(processorSeconds);
  print(`${NEWS / MIB} MiB of news, processor time`, 'oclog scan', costs);
  return [
    atMost(costs, 'oclog check', MOST_FOR_NEWS, 'oclog scan'),
    atMost(costs, 'oclog check', 1, 'check_logfiles'),
  ].every(Boolean);
}

try {
  if (findProgram('check_logfiles') === null) console.log('check_logfiles is not installed');
  const results = [atRest(), news()];
  if (!isQuick && !results.every(Boolean)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
