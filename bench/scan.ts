// Speed, memory and start-up of scanning, as ratios to what is installed of the peers, in one run. `--quick`: small logs, few
// rounds, to see that it works. `--jobs 1` and the default number of jobs stand side by side.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rgPath as RG } from '@vscode/ripgrep';
import { FAULT_LITERAL, makeLog, makeOneLine, type Shape } from './logs.ts';
import { compare, drained, findProgram, oclog, peakOf, peer, type Run } from './runs.ts';
import { SIXTEEN, writeRule } from './sixteen.ts';

const MIB = 1024 ** 2;
const isQuick = process.argv.includes('--quick');
const LARGE = (isQuick ? 64 : 1024) * MIB;
const SMALL = (isQuick ? 16 : 128) * MIB;
const ROUNDS = isQuick ? 1 : 5;
const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'oclog-bench-'));
const at = (name: string): string => join(folder, name);

const RULE = `\\[AWS_PLUGIN\\].*Service: .*; Status Code: 403; ${FAULT_LITERAL}`;

const SCAN = ['scan', '--format', 'ndjson', '--host', 'bench', '--advice', 'none'] as const;

function logOf(shape: Shape, bytes: number): string {
  const path = at(`${shape}.log`);
  makeLog(path, bytes, shape);
  return path;
}

function searches(log: string, ...options: readonly string[]): readonly Run[] {
  return [oclog('', ...SCAN, ...options, log), oclog('--jobs 1', ...SCAN, '--jobs', '1', ...options, log)];
}

function plain(shape: Shape): void {
  const log = logOf(shape, LARGE);
  compare(`plain file, ${shape}`, 'rg -n -b', LARGE, ROUNDS, [
    ...searches(log),
    peer('rg -n -b', RG, '-n', '-b', RULE, log),
    peer('grep -nbE', 'grep', '-nbE', RULE, log),
    drained(peer('cat', 'cat', log)),
  ]);
  rmSync(log);
}

function manyLiterals(): void {
  const log = logOf('rare', LARGE);
  const rules = at('sixteen.yaml');
  writeRule(rules);
  const either = SIXTEEN.join('|');
  compare('plain file, sixteen words more', 'rg -n -b', LARGE, ROUNDS, [
    ...searches(log, '--rules', rules),
    peer('rg -n -b', RG, '-n', '-b', either, log),
    peer('grep -nbE', 'grep', '-nbE', either, log),
  ]);
  rmSync(log);
}

/** Packs the log in its place. */
function gzip(log: string): string {
  spawnSync('gzip', ['-1', '-f', log]);
  return `${log}.gz`;
}

function archives(): void {
  const log = logOf('rare', LARGE);
  const packed = gzip(log);
  compare('one .gz', 'zgrep', LARGE, ROUNDS, [
    ...searches(packed),
    peer('zgrep', 'zgrep', '-nE', RULE, packed),
    (findProgram('igzip') && {
      name: 'igzip | rg',
      command: `igzip -dc ${packed} | ${RG} -n '${RULE}'`,
      args: [],
      shell: true,
    }) ||
      null,
  ]);
  rmSync(packed);
  const parts = [1, 2, 3, 4].map((number) => {
    const part = at(`oc.log.${number}`);
    // An even seed makes the log of the odd one behind it, and of two logs alike one is passed over.
    makeLog(part, LARGE / 4, 'rare', 2 * number + 1);
    return gzip(part);
  });
  compare('four .gz', 'zgrep', LARGE, ROUNDS, [
    oclog('', ...SCAN, ...parts),
    oclog('--jobs 1', ...SCAN, '--jobs', '1', ...parts),
    peer('zgrep', 'zgrep', '-nE', RULE, ...parts),
  ]);
  for (const part of parts) rmSync(part);
}

function dense(): void {
  const log = logOf('dense', LARGE);
  const runs = [
    ...searches(log),
    peer('split2 + RegExp', process.execPath, join(root, 'bench/split-lines.cjs'), log),
    peer('rg -n -b -A40', RG, '-n', '-b', '-A40', RULE, log),
  ];
  compare('a fault in twenty records, all printed', 'split2 + RegExp', LARGE, ROUNDS, runs.map(drained));
  rmSync(log);
}

/** What admins use today. */
function tools(): void {
  const log = logOf('rare', SMALL);
  writeFileSync(at('rule.mtail'), `counter hits\n/${FAULT_LITERAL}/ {\n  hits++\n}\n`);
  writeFileSync(
    at('rule.sec'),
    `type=Single\nptype=RegExp\npattern=${FAULT_LITERAL}\ndesc=hit\naction=write - $0\n`,
  );
  const checks = (): Run | null => {
    const program = findProgram('check_logfiles');
    if (program === null) return null;
    const words = `${program} --logfile=${log} --criticalpattern='${FAULT_LITERAL}' --tag=bench --seekfilesdir=${folder}`;
    // The first call only remembers where the log ends.
    const again = `rm -f ${folder}/*bench*; ${words} --allyoucaneat`;
    return { name: 'check_logfiles', command: again, args: [], shell: true };
  };
  const sec = peer('SEC', 'sec', `--conf=${at('rule.sec')}`, `--input=${log}`, '--notail', '--fromstart');
  compare('128 MiB, tools for the job', 'oclog', SMALL, isQuick ? 1 : 3, [
    oclog('', ...SCAN, log),
    checks(),
    peer('lnav -n', 'lnav', '-n', '-c', `:filter-in ${FAULT_LITERAL}`, log),
    peer('mtail --one_shot', 'mtail', '--one_shot', '--progs', at('rule.mtail'), '--logs', log),
    sec,
  ]);
  rmSync(log);
}

function memory(): void {
  console.log('\npeak memory at --jobs 1');
  const show = (name: string, peak: number): void =>
    console.log(`  ${name.padEnd(46)} ${peak.toFixed(0)} MiB`);
  const one = (path: string): Run => oclog('', ...SCAN, '--jobs', '1', path);
  show('node -e 0', peakOf({ name: '', command: '', args: ['-e', '0'] }));
  show(`${LARGE / MIB} MiB`, peakOf(one(logOf('rare', LARGE))));
  const packed = gzip(at('rare.log'));
  show(`${LARGE / MIB} MiB in one .gz`, peakOf(one(packed)));
  rmSync(packed);
  makeOneLine(at('line.log'), LARGE);
  show(`${LARGE / MIB} MiB in one line`, peakOf(one(at('line.log'))));
  rmSync(at('line.log'));
  const small = logOf('dense', SMALL);
  show(`${SMALL / MIB} MiB, dense, ndjson without advice`, peakOf(one(small)));
  for (const format of ['ndjson', 'brief', 'pretty', 'text', 'json', 'html'])
    show(
      `${SMALL / MIB} MiB, dense, ${format}`,
      peakOf(oclog('', 'scan', '--jobs', '1', '--format', format, small)),
    );
  rmSync(small);
}

function start(): void {
  writeFileSync(at('two.log'), '2026-11-21 09:15:00,000 INFO  [DNAC_PLUGIN] (t) one\ntwo\n');
  compare('start', 'node -e 0', 0, isQuick ? 5 : 40, [
    peer('node -e 0', process.execPath, '-e', '0'),
    oclog('--version', '--version'),
    oclog('scan of two lines', 'scan', at('two.log')),
  ]);
}

const PARTS = {
  plain: () => plain('rare'),
  punctuated: () => plain('punctuated'),
  busy: () => plain('busy'),
  manyLiterals,
  archives,
  dense,
  tools,
  memory,
  start,
};
const chosen = process.argv.slice(2).filter((word) => word in PARTS);

try {
  console.log('The last column: how many times as fast as the row that has 1.00.');
  for (const [name, part] of Object.entries(PARTS)) if (chosen.length === 0 || chosen.includes(name)) part();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
