// `oclog tail` as a user runs it: a real process, real files; what is awaited is its output, never a time.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, describe, expect, jest, test } from '@jest/globals';
import { type Child, startOclog } from '../helpers/child.ts';
import { MAIN, objectsIn, runCli } from '../helpers/cli.ts';
import { recordAt } from '../helpers/vna-log.ts';

jest.setTimeout(60_000);

const root = mkdtempSync(join(tmpdir(), 'oclog-tail-'));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

let count = 0;
function newLog(content = ''): string {
  count += 1;
  const dir = mkdtempSync(join(root, `log${count}-`));
  writeFileSync(join(dir, 'oc.log'), content);
  return dir;
}

let second = 0;
function record(level: string, message: string): string {
  second += 1;
  return recordAt(new Date(Date.UTC(2024, 2, 1, 10) + second * 1000), level, 'AWS_PLUGIN', 't', message);
}

const fault = (code = 'InvalidClientTokenId'): string =>
  record(
    'ERROR',
    `Failed: com.amazonaws.services.identitymanagement.model.AmazonIdentityManagementException: x (Service: AmazonIdentityManagement; Status Code: 403; Error Code: ${code}; Request ID: r; Proxy: null)`,
  );
const info = (): string => record('INFO', 'all is well');

class Tail {
  readonly #child: Child;

  constructor(...words: readonly string[]) {
    this.#child = startOclog(['tail', '--host', 'vna-test', '--advice', 'none', ...words]);
    children.push(this.#child.process);
  }

  get stdout(): string {
    return this.#child.said.stdout;
  }

  get stderr(): string {
    return this.#child.said.stderr;
  }

  shows(pattern: RegExp, stream: 'stdout' | 'stderr' = 'stdout'): Promise<void> {
    return this.#child.until(stream, pattern);
  }

  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | string | null> {
    this.#child.process.kill(signal);
    return this.#child.ended();
  }
}

describe('oclog tail', () => {
  test('reports what is added, at the next header, and what was read when it is told to end', async () => {
    const dir = newLog(fault() + info());
    const tail = new Tail('--format', 'ndjson', '--idle-flush', '1h', dir);
    await tail.shows(/"following"/);
    appendFileSync(join(dir, 'oc.log'), fault('SignatureDoesNotMatch') + info());
    await tail.shows(/VNA1002/);
    appendFileSync(join(dir, 'oc.log'), fault('ExpiredToken'));
    expect(await tail.stop('SIGINT')).toBe(0);
    const findings = objectsIn(tail.stdout).filter(({ type }) => type === 'finding');
    expect(findings.map(({ code }) => code)).toEqual(['VNA1002', 'VNA1005']);
    const scanned = objectsIn(
      runCli(['scan', '--format', 'ndjson', '--advice', 'none', '--host', 'vna-test', dir]).stdout,
    ).filter(({ type }) => type === 'finding');
    expect(findings).toEqual(scanned.slice(1));
    expect(tail.stderr).toBe('');
  });

  test('reports the last record when the log is idle, and not again when it goes on', async () => {
    const dir = newLog();
    const tail = new Tail('--format', 'ndjson', '--idle-flush', '50ms', dir);
    await tail.shows(/"following"/);
    appendFileSync(join(dir, 'oc.log'), fault());
    await tail.shows(/VNA1001/);
    appendFileSync(join(dir, 'oc.log'), `\tat a.B.c(D.java:1)\n${fault('ExpiredToken')}`);
    await tail.shows(/VNA1005/);
    await tail.stop();
    expect(objectsIn(tail.stdout).filter(({ type }) => type === 'finding')).toHaveLength(2);
  });

  test('reads what is there first with --from-start', async () => {
    const tail = new Tail('--format', 'brief', '--from-start', newLog(fault() + info()));
    await tail.shows(/VNA1001/);
    expect(await tail.stop()).toBe(0);
    expect(tail.stderr).toMatch(
      /following: from its beginning\n.*followed .* 2 lines, 1 finding \(VNA1001 x1\)\n$/,
    );
  });

  test('reads back through archives with --since', async () => {
    const dir = newLog(info());
    writeFileSync(join(dir, 'oc.log.1'), fault('ExpiredToken'));
    const before = readFileSync(join(dir, 'oc.log.1'), 'utf8').slice(0, 19).replace(' ', 'T');
    const tail = new Tail('--format', 'ndjson', '--since', before, dir);
    await tail.shows(/VNA1005/);
    await tail.stop();
    expect(objectsIn(tail.stdout).filter(({ type }) => type === 'finding')).toHaveLength(1);
  });

  test('follows several logs, each by its name', async () => {
    const [one, other] = [newLog(), newLog()];
    const tail = new Tail('--format', 'ndjson', one, other);
    await tail.shows(/"following".*"following"/s);
    appendFileSync(join(one, 'oc.log'), fault() + info());
    await tail.shows(/VNA1001/);
    appendFileSync(join(other, 'oc.log'), fault('ExpiredToken') + info());
    await tail.shows(/VNA1005/);
    await tail.stop();
    const paths = objectsIn(tail.stdout)
      .filter(({ type }) => type === 'finding')
      .map(({ source }) => (source as { path: string }).path);
    expect(paths).toEqual([join(one, 'oc.log'), join(other, 'oc.log')]);
  });

  test('prints a block for people, then counts', async () => {
    const dir = newLog();
    const tail = new Tail('--format', 'text', dir);
    await tail.shows(/following/, 'stderr');
    appendFileSync(join(dir, 'oc.log'), fault() + info());
    await tail.shows(/oclog explain VNA1001/);
    appendFileSync(join(dir, 'oc.log'), fault() + info());
    await tail.shows(/CRITICAL VNA1001: 2 times since 2024-03-01 .*\n/);
    await tail.stop();
    expect(tail.stdout.match(/what:/g)).toHaveLength(1);
  });

  test('ends quietly when its reader leaves', async () => {
    const dir = newLog();
    const script = `"$0" "$1" tail --format ndjson --from-start "$2" | head -1; echo "$\{PIPESTATUS[0]}"`;
    const shell = spawn('bash', ['-c', script, process.execPath, MAIN, dir]);
    children.push(shell);
    let output = '';
    shell.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      // The reader is gone: the next finding finds no one.
      if (text.includes('following')) appendFileSync(join(dir, 'oc.log'), fault() + info());
    });
    await once(shell, 'close');
    expect(output).toMatch(/^\{.*"following".*\}\n0\n$/);
  });
});

test.each([['--from-start'], ['--since', '2024-01-01']])(
  'told to end in the midst of a long backlog, %s: status 0, and what was read is reported',
  async (...where) => {
    const records = Array.from({ length: 1000 }, () => fault()).join('');
    const dir = newLog();
    for (let part = 0; part < 60; part += 1) {
      appendFileSync(join(dir, 'oc.log.1'), records);
      appendFileSync(join(dir, 'oc.log'), records);
    }
    const tail = new Tail('--format', 'ndjson', ...where, dir);
    await tail.shows(/"finding"/);
    expect(await tail.stop('SIGINT')).toBe(0);
    expect(tail.stdout.endsWith('}\n')).toBe(true);
    expect(tail.stdout.split('\n').length).toBeLessThan(60_000);
  },
);

test('secrets and line ends in a path are shown by no event', async () => {
  const dir = join(newLog(), 'password=MARKb1234567890\noclog: forged');
  mkdirSync(dir);
  writeFileSync(join(dir, 'oc.log'), '');
  for (const format of ['ndjson', 'brief']) {
    const tail = new Tail('--format', format, dir);
    await tail.shows(/following/, format === 'ndjson' ? 'stdout' : 'stderr');
    await tail.stop();
    expect(tail.stdout + tail.stderr).not.toMatch(/MARKb|^oclog: forged/m);
  }
});

test('a dozen logs at once are no trouble', async () => {
  const tail = new Tail('--format', 'ndjson', ...Array.from({ length: 12 }, () => newLog()));
  await tail.shows(/(?:.*"following".*\n){12}/);
  await tail.stop();
  expect(tail.stderr).toBe('');
});

describe('bad input to oclog tail', () => {
  test.each([
    ['gzip', gzipSync(fault()), 'is packed, and nothing is added to it; read it with oclog scan'],
    [
      'UTF-16',
      Buffer.from(`\ufeff${fault()}`, 'utf16le'),
      'is written in UTF-16, which is not followed; read it with oclog scan',
    ],
  ])('a log that scan reads and nobody can follow: %s', (_, content, message) => {
    const path = join(newLog(), 'other.log');
    writeFileSync(path, content);
    expect(runCli(['tail', path])).toEqual({ status: 3, stdout: '', stderr: `oclog: ${path} ${message}\n` });
  });

  test.each(['/dev/null', '/proc/self/status'])('%s, in which nothing ever comes', (path) => {
    expect(runCli(['tail', path])).toEqual({
      status: 3,
      stdout: '',
      stderr: `oclog: ${path} is no log file; name a log, or the directory that holds oc.log\n`,
    });
  });

  test.each([
    [['--since', '1h', '--from-start'], '--from-start and --since exclude each other'],
    [['--idle-flush', 'soon'], '--idle-flush: `soon` is no span of time; such as 500ms, 2s or 1h'],
    [['--format', 'html'], '--format: `html` is none of pretty, text, brief, ndjson'],
    [[''], 'an empty PATH; is a shell variable not set?'],
    [
      ['/logs/*/oc.log'],
      '/logs/*/oc.log is a pattern, and a log is followed by its name; leave it to the shell',
    ],
    [['--rules', '/none.yaml', '/tmp'], 'no such rule file'],
  ])('%j', (words, message) => {
    const { status, stderr, stdout } = runCli(['tail', ...words]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});
