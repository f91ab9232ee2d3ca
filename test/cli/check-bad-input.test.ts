// Wrong words, wrong files, wrong directories: a check says UNKNOWN, in one line that names the cause, and nothing else.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { MAIN, type Ran } from '../helpers/cli.ts';
import { error } from '../helpers/follow.ts';
import { tempFolder } from '../helpers/sources.ts';

let folder: ReturnType<typeof tempFolder>;
let log: string;
let states: string;
beforeEach(() => {
  folder = tempFolder();
  chmodSync(folder.path, 0o755);
  log = folder.write('oc.log', error(1));
  states = join(folder.path, 'state');
});
afterEach(() => folder.remove());

/** `uid`: as another user; a program that hangs is ended. */
function oclog(args: readonly string[], uid?: number): Ran {
  const env = { PATH: process.env['PATH'] ?? '', TZ: 'UTC', HOME: folder.path };
  const user = uid === undefined ? {} : { uid, gid: uid };
  const options = { cwd: folder.path, env, encoding: 'utf8', timeout: 30_000, ...user } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], options);
  return { status, stdout, stderr };
}

const check = (...more: readonly string[]): Ran => oclog(['check', log, '--state-dir', states, ...more]);
const firstOf = ({ stdout }: Ran): string => stdout.split('\n')[0] ?? '';

const FIRST_LINE = /^OCLOG UNKNOWN - [^|\n]+ \| findings=\d+;;;0 critical=\d+;;;0 [^|\n]*$/;

test.each<readonly [args: readonly string[], words: string]>([
  [['--nope'], '`nope`'],
  [['--lookback', 'x'], '--lookback'],
  [['--lookback', '-5'], '--lookback'],
  [['--format', 'html'], '--format'],
  [['--format'], '--format'],
  [['--name', 'a b'], '--name'],
  [['--name', '../x'], '--name'],
  [['--name', ''], '--name'],
  [['--name', 'x'.repeat(65)], '--name'],
  [['--rules', 'no\nsuch|file'], 'file'],
  [['--tz', 'Mars'], 'Mars'],
  [['--min-severity', 'x'], '--min-severity'],
  [['--quiet-after', '0s'], '`0s` is too short'],
  [['--deadline', '0s'], '--deadline'],
  [['--record-timeout', '1e9d'], '--record-timeout'],
  [['--state-dir', 'other'], '--state-dir'],
  [['--textfile', '/no/dir/x'], '/no/dir'],
  [['--textfile', '/'], 'does not end in .prom'],
  [['--reset'], '--yes'],
  [['--host', 'a|b\nc'], '--host'],
  [['--cron=maybe'], '--cron'],
  [['--since', '2h'], '`since`'],
  [['--log-level', 'x'], '--log-level'],
  [['-'], 'standard input'],
  [[''], 'empty PATH'],
  [['/dev/null'], 'device'],
  [['no*match'], 'no file matches'],
])('%j', (more, words) => {
  const ran = check(...more);
  expect(firstOf(ran)).toMatch(FIRST_LINE);
  expect(firstOf(ran)).toContain(words);
  expect([ran.status, ran.stderr]).toEqual([3, '']);
});

test.each([
  [
    'a configuration',
    '--config',
    'channels:\n  a:\n    type: nope\n',
    '`type` has no value `nope` (',
    ':3:11)',
  ],
  ['a rule', '--rules', 'schema: 1\nid: x\n', '', '.yaml:'],
])('%s that is broken is named in the first line, with its place', (_name, option, text, what, place) => {
  const path = folder.write('broken.yaml', text);
  const ran = check(option, path);
  expect(firstOf(ran)).toMatch(FIRST_LINE);
  for (const words of [what, place, path]) expect(firstOf(ran)).toContain(words);
  expect(ran.status).toBe(3);
});

const asRoot = process.geteuid?.() === 0 ? describe : describe.skip;
const NOBODY = 65534;

asRoot('a state directory', () => {
  test.each<readonly [string, () => void, string]>([
    ['that everybody may write to', () => chmodSync(states, 0o777), 'everybody may write'],
    ['of another user', () => chownSync(states, NOBODY, NOBODY), 'another user'],
  ])('%s is not used', (_name, prepare, words) => {
    mkdirSync(states, { mode: 0o700 });
    prepare();
    for (let time = 0; time < 2; time += 1) {
      const ran = check('--lookback', '9999d', '--record-timeout', '0s');
      expect([ran.status, firstOf(ran)]).toEqual([3, expect.stringContaining(words)]);
      expect(firstOf(ran)).toContain('VNA1001');
    }
    expect(readdirSync(states)).toEqual([]);
  });

  test('that may only be read still says what is known', () => {
    mkdirSync(states, { mode: 0o700 });
    for (const path of [states, log]) chownSync(path, NOBODY, NOBODY);
    const words = ['check', log, '--state-dir', states, '--lookback', '9999d', '--record-timeout', '0s'];
    const run = (): Ran => oclog(words, NOBODY);
    expect(run().status).toBe(2);
    chmodSync(states, 0o500);
    writeFileSync(log, error(1) + error(2));
    const ran = run();
    expect([ran.status, firstOf(ran)]).toEqual([3, expect.stringContaining('permission denied')]);
    // What was told before is not told as new.
    expect(firstOf(ran)).toContain('findings=1;');
    chmodSync(states, 0o700);
    expect(run().stdout).toContain('(1 new');
  });

  test('that is a link of the administrator is followed', () => {
    mkdirSync(join(folder.path, 'real'), { mode: 0o700 });
    symlinkSync('real', states);
    expect(check().status).not.toBe(3);
    expect(readdirSync(join(folder.path, 'real'))).toHaveLength(1);
  });
});

describe('in place of a state', () => {
  test.each<readonly [string, (path: string) => void, string]>([
    ['a link', (path) => symlinkSync('elsewhere', path), 'symbolic link'],
    ['a directory', (path) => mkdirSync(path), 'no regular file'],
    ['a pipe', (path) => spawnSync('mkfifo', [path]), 'no regular file'],
    ['a file that others may write', (path) => chmodSync(spared(path), 0o666), 'may be written by others'],
    ['a state of another kind', (path) => writeFileSync(path, planted, { mode: 0o600 }), 'checksum'],
  ])('%s is refused, and left as it is', (_name, plant, words) => {
    check();
    const [name = ''] = readdirSync(states);
    const path = join(states, name);
    renameSync(path, join(folder.path, 'elsewhere'));
    plant(path);
    const ran = check();
    expect([ran.status, firstOf(ran)]).toEqual([3, expect.stringContaining(words)]);
    expect(readdirSync(states)).toEqual([name]);
  });

  const planted = '{"schema":1,"checksum":"00","body":{"log":"/etc/shadow"}}';

  /** The true one, in its place again. */
  function spared(path: string): string {
    writeFileSync(path, readFileSync(join(folder.path, 'elsewhere')), { mode: 0o600 });
    return path;
  }
});

test.each<readonly [args: readonly string[], words: string]>([
  [['ack'], 'FAULT'],
  [['ack', 'VNA1001'], 'reason'],
  [['ack', 'VNA9999', '--reason', 'x'], 'VNA9999'],
  [['resolve', '"; rm -rf /', '--reason', 'x'], 'no open fault'],
  [['silence', 'VNA1001', '--for', 'x', '--reason', 'r'], '--for'],
  [['silence', 'VNA1001', '--for', '91d', '--reason', 'r'], 'too long'],
  [['silence', '--for', '2h', '--reason', 'r'], ''],
  [['silence', 'VNA1001', '--for', '2h', '--reason', ' '], 'reason'],
  [['unsilence', 'nope'], 'nope'],
  [['nope'], 'nope'],
  [[], 'alerts'],
])('oclog alerts %j is refused in one line', (words, said) => {
  check('--lookback', '9999d', '--record-timeout', '0s');
  const { status, stdout, stderr } = oclog([
    'alerts',
    ...words,
    ...(words.length < 2 ? [] : ['--state-dir', states]),
  ]);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^oclog: [^\n]+\n$/);
  expect(stderr).toContain(said);
});
