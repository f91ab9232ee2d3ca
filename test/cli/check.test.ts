// `oclog check` as cron and Nagios run it: in a process of its own, told by what it prints and how it ends.
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startOclog } from '../helpers/child.ts';
import { MAIN, runCli } from '../helpers/cli.ts';
import { error, errors, info } from '../helpers/follow.ts';
import { tempFolder } from '../helpers/sources.ts';

let folder: ReturnType<typeof tempFolder>;
let log: string;
beforeEach(() => {
  folder = tempFolder();
  log = join(folder.path, 'oc.log');
});
afterEach(() => folder.remove());

const states = (): string => join(folder.path, 'state');
/** The first run looks back for ever; a last record is over at once. */
const args = (...more: readonly string[]): readonly string[] => [
  'check',
  log,
  ...['--state-dir', states(), '--lookback', '9999d', '--record-timeout', '0s', '--host', 'vna-1'],
  ...more,
];
const check = (...more: readonly string[]) => runCli(args(...more));
/** The state, without what tells of trouble. */
const state = (): string => {
  const name = readdirSync(states()).find((one) => one.endsWith('.json') && !one.includes('.unknown.')) ?? '';
  return join(states(), name);
};

/** The shape that Nagios' guidelines give a first line. */
const FIRST_LINE =
  /^OCLOG (OK|WARNING|CRITICAL|UNKNOWN) - [^|\n]+ \| findings=\d+;;;0 critical=\d+;;;0 warning=\d+;;;0 info=\d+;;;0 bytes=\d+B;;;0 lines=\d+;;;0\n/;

describe('as a Nagios plugin', () => {
  test('says what is new, what it means and what to do about it', () => {
    writeFileSync(log, errors(1, 2, 3) + info(1));
    const { status, stdout, stderr } = check();
    expect(stdout).toMatch(
      /^OCLOG CRITICAL - VNA1001 AWS does not recognise the access key that VNA sent \(3 new, last 2026-11-23 04:00:03\) \| findings=3;;;0 critical=3;;;0 /,
    );
    expect(stdout).toMatch(FIRST_LINE);
    expect(stdout).toContain('VNA1001, what to do (oclog explain VNA1001 tells more):');
    expect([status, stderr]).toEqual([2, '']);
  });

  test('S101: stays critical until the fault is over, and is critical again when it is back', () => {
    writeFileSync(log, error(1));
    const run = (): number | null => check('--quiet-after', '1ms').status;
    expect(run()).toBe(2);
    appendFileSync(log, info(1));
    const over = check('--quiet-after', '1ms');
    expect(over).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^OCLOG OK - [\s\S]*^over: VNA1001 /m),
    });
    appendFileSync(log, error(2));
    expect(run()).toBe(2);
  });

  test('is a warning for a fault of that severity, and OK for one that is for information', () => {
    const denied = (code: string): string =>
      error(1)
        .replace('InvalidClientTokenId', code)
        .replace('The security token included in the request is invalid', 'no');
    writeFileSync(log, denied('AccessDenied'));
    expect(check()).toMatchObject({ status: 1, stdout: expect.stringMatching(/^OCLOG WARNING - VNA1003 /) });
    rmSync(states(), { recursive: true });
    writeFileSync(log, denied('Throttling'));
    expect(check()).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^OCLOG OK - .*1 finding for information/),
    });
  });

  test('S94: warns of a log that stopped growing', () => {
    writeFileSync(log, info(1));
    const old = new Date(Date.now() - 65_000);
    utimesSync(log, old, old);
    expect(check('--max-age', '2m').status).toBe(0);
    expect(check('--max-age', '1m')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('has not grown for'),
    });
  });

  test.each([
    ['no log', () => undefined, 'no such file'],
    ['S51: a log that may not be read', () => writeFileSync(log, error(1), { mode: 0 }), 'permission denied'],
    ['a directory in its place', () => spawnSync('mkdir', ['-p', join(log, 'oc.log')]), 'is a directory'],
  ])('S99: knows nothing of %s, and says what to do', (_name, prepare, words) => {
    prepare();
    // Root may read everything.
    if (words === 'permission denied' && process.geteuid?.() === 0) return;
    expect(check()).toMatchObject({ status: 3, stdout: expect.stringMatching(FIRST_LINE) });
    expect(check().stdout).toContain(words);
  });

  test.each([
    ['an unknown option', ['--bogus'], 'unknown argument `bogus`'],
    ['a span that is none', ['--deadline', 'soon'], '--deadline: `soon` is no span of time'],
    ['a span that is too long', ['--max-age', '99999d'], '--max-age: `99999d` is too long; at most '],
    ['a span that is too short', ['--deadline', '0s'], '--deadline: `0s` is too short; at least 1 ms'],
    ['a name that is none', ['--name', 'a/b'], '--name: `a/b` is no name'],
    ['rules that are broken', ['--rules', '/no/such/rules.yaml'], '/no/such/rules.yaml'],
    ['a configuration that is broken', ['--config', '/no/such/config.yaml'], '/no/such/config.yaml'],
  ])('knows nothing with %s', (_name, more, words) => {
    writeFileSync(log, error(1));
    const { status, stdout } = check(...more);
    expect(status).toBe(3);
    expect(stdout).toMatch(FIRST_LINE);
    expect(stdout.split('\n')[0]).toContain(words);
    expect(existsSync(states()) && readdirSync(states()).some((name) => !name.includes('.unknown.'))).toBe(
      false,
    );
  });

  test('shows nothing of the log that could end the line or begin perfdata', () => {
    const hostile = error(1).replace('E01: ', 'x | y=1;;; \u2028 \x1b[31m | ');
    writeFileSync(log, hostile.replaceAll('AmazonIdentityManagement', 'Amazon|Identity\u0085x'));
    const { stdout } = check();
    expect(stdout).toMatch(FIRST_LINE);
    expect(stdout.split('|')).toHaveLength(2);
    expect(stdout).not.toMatch(/[\x1b\u2028\u0085]/);
  });
});

describe('what could not be delivered', () => {
  test('C18: is found again after standard output was full', () => {
    writeFileSync(log, error(1));
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [MAIN, ...args()], {
      stdio: ['ignore', full, 'pipe'],
    });
    expect([status, String(stderr)]).toEqual([
      3,
      expect.stringContaining('standard output could not be written'),
    ]);
    expect(readdirSync(states())).toEqual([]);
    expect(check().stdout).toContain('(1 new');
    expect(check().stdout).toContain('(none new');
  });

  test('is found again after the reader went away', () => {
    writeFileSync(log, error(1));
    const line = `{ sleep 0.01; exec "${process.execPath}" "${MAIN}" ${args().join(' ')}; } | true`;
    spawnSync('bash', ['-c', line]);
    expect(check().stdout).toContain('(1 new');
  });
});

describe('as a cron job', () => {
  const cron = (...more: readonly string[]) => check('--cron', ...more);
  const silent = { status: 0, stdout: '', stderr: '' };

  test('says what is new once, and nothing while nothing changes', () => {
    writeFileSync(log, error(1));
    expect(cron()).toMatchObject({ status: 2, stdout: expect.stringMatching(/^OCLOG CRITICAL - VNA1001 /) });
    expect(cron()).toEqual(silent);
    appendFileSync(log, error(2));
    expect(cron()).toEqual(silent);
  });

  test('says that it does not know when that begins, when the cause changes, now and then, and when it is over', () => {
    const missing = { status: 3, stdout: expect.stringContaining('no such file') };
    expect(cron()).toMatchObject(missing);
    expect(cron()).toEqual(silent);
    expect(cron('--repeat', '1ms')).toMatchObject(missing);
    expect(cron('--rules', '/no/rules')).toMatchObject({
      status: 3,
      stdout: expect.stringContaining('/no/rules'),
    });
    expect(cron('--rules', '/no/rules')).toEqual(silent);
    writeFileSync(log, info(1));
    expect(cron()).toMatchObject({ status: 0, stdout: expect.stringMatching(/^OCLOG OK - /) });
    expect(cron()).toEqual(silent);
  });

  test('says once that it does not know which log is meant', () => {
    const unplaced = () => runCli(['check', '--cron', '--state-dir', states(), '/no/such/*.log']);
    expect(unplaced()).toMatchObject({
      status: 3,
      stdout: expect.stringContaining('no file matches this pattern'),
    });
    expect(unplaced()).toEqual(silent);
  });

  test('has nothing for programs', () => {
    expect(cron('--format', 'ndjson')).toMatchObject({
      status: 3,
      stdout: expect.stringContaining('--cron is for people'),
    });
  });
});

describe('its memory', () => {
  test('is shown', () => {
    writeFileSync(log, error(1));
    check();
    const { status, stdout } = check('--show-state');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ file: state(), problem: null, lock: null, state: { log } }]);
  });

  test('is not touched by a dry run, which leaves nothing behind', () => {
    writeFileSync(log, error(1));
    expect(check('--dry-run').status).toBe(2);
    expect(existsSync(states())).toBe(false);
    check();
    const before = readFileSync(state());
    appendFileSync(log, error(2));
    for (let time = 0; time < 2; time += 1) expect(check('--dry-run').stdout).toContain('(1 new');
    expect(readFileSync(state())).toEqual(before);
  });

  test('is forgotten, if that is meant', () => {
    writeFileSync(log, error(1));
    check();
    expect(check('--reset')).toMatchObject({ status: 3, stdout: expect.stringContaining('add --yes') });
    expect(check().stdout).toContain('(none new');
    expect(check('--reset', '--yes', '--dry-run')).toMatchObject({
      status: 3,
      stdout: expect.stringContaining(
        '--dry-run changes nothing, and --reset forgets; leave one of them out',
      ),
    });
    expect(check().stdout).toContain('(none new');
    expect(check('--reset', '--yes')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('forgotten: '),
    });
    expect(check().stdout).toContain('(1 new');
  });

  test('S97: of a run that is going on is left alone', async () => {
    writeFileSync(log, errors(...Array.from({ length: 200 }, (_, at) => at % 100)));
    const runs = Array.from({ length: 5 }, () => startOclog(args()));
    const ends = await Promise.all(runs.map((run) => run.ended()));
    const [counts, held] = [
      runs.flatMap(({ said }) => /\((\d+) new/.exec(said.stdout)?.[1] ?? []),
      runs.filter(({ said }) => said.stdout.includes('another run')),
    ];
    expect(counts).toEqual(['200']);
    expect(ends.filter((status) => status === 3)).toHaveLength(held.length);
    expect(check().stdout).toContain('(none new');
  });

  test('is one for each name', () => {
    writeFileSync(log, error(1));
    for (const name of ['nagios', 'cron']) {
      expect(check('--name', name).stdout).toContain('(1 new');
      expect(check('--name', name).stdout).toContain('(none new');
    }
  });
});

describe('several logs', () => {
  test('are remembered one by one, and the worst of them counts', () => {
    for (const name of ['a.log', 'b.log']) writeFileSync(join(folder.path, name), error(1));
    const run = () => runCli(args().map((word) => (word === log ? join(folder.path, '*.log') : word)));
    expect(run().stdout).toMatch(/^OCLOG CRITICAL - VNA1001 .*; also VNA1001 \| findings=2;;;0 /);
    writeFileSync(join(folder.path, 'b.log'), errors(1, 2));
    expect(run().stdout).toContain('findings=1;;;0');
  });
});
