import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { MAIN, objectsIn, runCli } from '../helpers/cli.ts';

const root = join(import.meta.dirname, '../..');
const LOG = join(root, 'fixtures/vna-server/log');
const dir = mkdtempSync(join(tmpdir(), 'oclog-cli-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const CODES = { VNA1001: 3, VNA1002: 2, VNA1003: 1, VNA1005: 2, VNA1008: 1, VNA1009: 1 };

describe('oclog scan', () => {
  test('reports the shipped log family as NDJSON, in the order of the records', () => {
    const { status, stdout, stderr } = runCli(['scan', '--format', 'ndjson', '--host', 'h', LOG]);
    expect(status).toBe(1);
    expect(stderr).toBe('');
    const objects = objectsIn(stdout);
    const findings = objects.slice(0, -1);
    expect(findings.every(({ type, schemaVersion }) => type === 'finding' && schemaVersion === 1)).toBe(true);
    const times = findings.map(({ time }) => String(time));
    expect(times).toEqual([...times].sort());
    expect(objects.at(-1)).toMatchObject({
      type: 'summary',
      schemaVersion: 1,
      inputs: 7,
      errors: 0,
      findings: 10,
      byCode: CODES,
    });
  });

  test('reports the same as one JSON document, grouped by fingerprint', () => {
    const { status, stdout } = runCli(['scan', '--format', 'json', '--host', 'h', LOG]);
    expect(status).toBe(1);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ schemaVersion: 1, type: 'report', errors: [], summary: { findings: 10 } });
    const keys = report.findings.find(({ code }: { code: string }) => code === 'VNA1001');
    expect(keys).toMatchObject({
      count: 3,
      first: '2026-11-19T09:01:02.000',
      last: '2026-11-20T00:45:09.000',
      variant: 'temporary-key',
      otherVariants: [{ variant: 'unknown-key', count: 2 }],
      advice: { summary: expect.any(String) },
    });
    expect(keys.examples).toHaveLength(3);
    expect(keys.examples[0]).not.toHaveProperty('advice');
    const total = report.findings.reduce((sum: number, { count }: { count: number }) => sum + count, 0);
    expect(total).toBe(10);
  });

  test('reports text by default, whole commands on lines of their own', () => {
    const { status, stdout } = runCli(['scan', '--host', 'h', LOG]);
    expect(status).toBe(1);
    expect(stdout).toContain('CRITICAL VNA1001 AWS does not recognise the access key that VNA sent\n');
    expect(stdout).toContain('\n      aws sts get-caller-identity\n');
    expect(stdout).toMatch(/scanned: +7 inputs, .* lines in/);
    expect(stdout).not.toContain('\x1b');
  });

  test('reads standard input, compressed too', () => {
    for (const name of ['oc.log', 'oc.log.2026-11-17.gz']) {
      const input = readFileSync(join(LOG, name));
      const viaPipe = objectsIn(
        runCli(['scan', '--format', 'ndjson', '--advice', 'none', '-'], { input }).stdout,
      );
      const viaFile = objectsIn(
        runCli(['scan', '--format', 'ndjson', '--advice', 'none', join(LOG, name)]).stdout,
      );
      const ids = (objects: typeof viaFile): unknown[] => objects.map(({ id }) => id);
      expect(ids(viaPipe)).toEqual(ids(viaFile));
      expect(viaPipe[0]).toMatchObject({ source: { path: '-' } });
    }
  });

  test('takes a path that looks like an option behind --', () => {
    writeFileSync(join(dir, '--odd.log'), readFileSync(join(LOG, 'oc.log')));
    const { status, stdout } = runCli(['scan', '--format', 'ndjson', '--', '--odd.log'], { cwd: dir });
    expect(status).toBe(1);
    expect(objectsIn(stdout)[0]).toMatchObject({ source: { path: '--odd.log' } });
  });

  test.each([
    ['info', 1],
    ['critical', 1],
    ['never', 0],
  ])('--fail-on %s gives status %d', (failOn, expected) => {
    expect(runCli(['scan', '--fail-on', failOn, LOG]).status).toBe(expected);
  });

  test('--fail-on looks at what is reported only', () => {
    const throttled = join(LOG, 'oc.log.2026-11-17.gz');
    expect(runCli(['scan', throttled]).status).toBe(1);
    expect(runCli(['scan', '--fail-on', 'warning', throttled]).status).toBe(0);
    expect(runCli(['scan', '--min-severity', 'warning', throttled]).status).toBe(0);
  });

  test('--since, --until and --tz choose by the time of the records', () => {
    const found = (...options: string[]): unknown =>
      objectsIn(runCli(['scan', '--format', 'ndjson', ...options, LOG]).stdout).at(-1)?.['findings'];
    expect(found('--since', '2026-11-19', '--until', '2026-11-19T23:59:59')).toBe(1);
    // 08:00:11 in Tokyo is 23:00:11 of the day before in London.
    expect(found('--tz', 'Asia/Tokyo', '--until', '2026-11-17T23:10Z')).toBe(2);
    expect(found('--since', '2026-11-22')).toBe(0);
  });

  test('user rules add to the built-in ones', () => {
    const log = join(dir, 'dnac.log');
    writeFileSync(
      log,
      '2024-03-01 10:15:30,123 WARN  [DNAC_PLUGIN] (t) DnacClient: HTTP 429 Too Many Requests from 10.0.0.1\n',
    );
    expect(runCli(['scan', log]).status).toBe(0);
    const { status, stdout } = runCli([
      'scan',
      '--format',
      'ndjson',
      '--rules',
      join(root, 'fixtures/rules'),
      log,
    ]);
    expect(status).toBe(1);
    expect(objectsIn(stdout)[0]).toMatchObject({
      code: 'DNAC0429',
      aws: null,
      record: { plugin: 'DNAC_PLUGIN' },
    });
  });

  test('a configuration file answers for options that are not given', () => {
    const config = join(dir, 'oclog.yaml');
    writeFileSync(
      config,
      'format: ndjson\nhost: from-file\nmin-severity: critical\nadvice: none\nmax-ratio: 300\nquiet: true\n',
    );
    const { stdout } = runCli(['scan', '--config', config, '--host', 'from-flag', LOG]);
    const objects = objectsIn(stdout);
    expect(objects.at(-1)).toMatchObject({ findings: 7 });
    expect(objects[0]).toMatchObject({ host: 'from-flag' });
  });

  test('--output writes the report to a file and nothing to standard output', () => {
    const path = join(dir, 'report.json');
    const { status, stdout } = runCli(['scan', '--format', 'json', '--output', path, LOG]);
    expect([status, stdout]).toEqual([1, '']);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      type: 'report',
      summary: { findings: 10 },
    });
  });

  test('--quiet keeps errors off standard error and in the report', () => {
    const { status, stdout, stderr } = runCli(['scan', '--quiet', '--format', 'ndjson', join(dir, 'none')]);
    expect(status).toBe(3);
    expect(stderr).toBe('');
    expect(objectsIn(stdout)[0]).toMatchObject({ type: 'error', path: join(dir, 'none') });
  });

  test('--redact strict masks account numbers and names in ARNs', () => {
    const run = (level: string): string =>
      runCli(['scan', '--redact', level, '--format', 'ndjson', LOG]).stdout;
    expect(run('standard')).toContain('arn:aws:iam::123456789012:user/vna-monitoring-user');
    expect(run('strict')).not.toMatch(/123456789012|vna-monitoring-user/);
  });

  test.each(['text', 'ndjson', 'json'])('no secret of the shipped log is in the %s report', (format) => {
    const { stdout, stderr } = runCli(['scan', '--format', format, '--log-level', 'trace', LOG]);
    expect(stdout + stderr).not.toMatch(/IOSFODNN7EXAMPLE|wJalrXUtnFEMI|bPxRfiCYEXAMPLEKEY/);
  });

  test.each([
    [['--color', 'always'], {}, true],
    [['--color', 'never'], { FORCE_COLOR: '1' }, false],
    [[], { FORCE_COLOR: '1' }, true],
    [[], { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    [['--color', 'always'], { NO_COLOR: '1' }, true],
    [[], {}, false],
  ] as const)('colours with %j %j: %s', (args, env, expected) => {
    expect(runCli(['scan', ...args, LOG], { env }).stdout.includes('\x1b[')).toBe(expected);
  });

  test('its own log is JSON on standard error, and only when asked for', () => {
    const { stdout, stderr } = runCli(['scan', '--log-level', 'debug', '--format', 'ndjson', LOG]);
    expect(objectsIn(stdout)).toHaveLength(11);
    expect(
      stderr
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).name),
    ).toContain('oclog');
  });

  test('speaks English whatever the locale', () => {
    const env = { LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8' };
    expect(runCli(['scan', '--help'], { env }).stdout).toContain('Show help');
  });
});

describe('a report whose name promises another format', () => {
  const scanTo = (name: string, ...options: readonly string[]) => {
    const path = join(dir, name);
    const { status, stderr } = runCli(['scan', '--output', path, ...options, LOG]);
    return [status, stderr.replace(dir, 'DIR'), readFileSync(path, 'utf8').slice(0, 15)];
  };
  const NOTE = 'note: gets the text report; --format';

  test('is written as text, as documented, and said to be so', () => {
    expect(scanTo('a.html')).toEqual([
      1,
      `oclog: DIR/a.html: ${NOTE} html makes it what its name says\n`,
      'CRITICAL VNA100',
    ]);
    expect(scanTo('a.JSON')).toMatchObject([1, expect.stringContaining(`${NOTE} json `), 'CRITICAL VNA100']);
  });

  test('is no matter where the format is named, or the name promises nothing', () => {
    expect(scanTo('b.html', '--format', 'html')).toEqual([1, '', '<!doctype html>']);
    expect(scanTo('c.html', '--format', 'text')).toEqual([1, '', 'CRITICAL VNA100']);
    expect(scanTo('d.txt')).toEqual([1, '', 'CRITICAL VNA100']);
    expect(scanTo('e.html', '--quiet')).toEqual([1, '', 'CRITICAL VNA100']);
  });
});

describe('endings', () => {
  test('a closed pipe ends it quietly with status 0', () => {
    const log = join(dir, 'many.log');
    const fault = readFileSync(join(LOG, 'oc.log.2026-11-20.2'));
    writeFileSync(log, Buffer.concat(Array(400).fill(fault)));
    const { stdout, stderr } = spawnSync(
      'bash',
      [
        '-c',
        `"$0" "$1" scan --format ndjson "$2" | head -1; echo "\${PIPESTATUS[0]}"`,
        process.execPath,
        MAIN,
        log,
      ],
      { encoding: 'utf8' },
    );
    const [first = '', status] = stdout.trimEnd().split('\n');
    expect(JSON.parse(first)).toMatchObject({ type: 'finding' });
    expect(status).toBe('0');
    expect(stderr).toBe('');
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s reports what was read and gives %d', async (signal, expected) => {
    const child = spawn(process.execPath, [MAIN, 'scan', '--format', 'ndjson', '-'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    const fault = readFileSync(join(LOG, 'oc.log.2026-11-20.2'));
    // Its writer never closes the pipe; the signal comes once a finding is out.
    child.stdin.on('error', () => undefined);
    const feed = (): void => {
      if (!stdout.includes('"type":"finding"') && child.exitCode === null)
        child.stdin.write(fault, () => setImmediate(feed));
      else child.kill(signal);
    };
    feed();
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect(status).toBe(expected);
    expect(objectsIn(stdout).at(-1)).toMatchObject({ type: 'summary' });
  });

  test('--version answers at once, --help says what there is', () => {
    expect(runCli(['--version'])).toEqual({ status: 0, stdout: '0.1.0\n', stderr: '' });
    const { status, stdout } = runCli(['--help']);
    expect(status).toBe(0);
    expect(stdout).toContain('oclog scan [paths..]');
  });
});
