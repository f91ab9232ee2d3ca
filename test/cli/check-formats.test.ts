import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loadBuiltinRules } from '../../src/rules/builtin.ts';
import { CALM, CheckMachine, DENIED, INVALID } from '../helpers/check-cli.ts';
import { objectsIn } from '../helpers/cli.ts';
import { CORPUS } from '../helpers/corpus.ts';

describe('--format ndjson', () => {
  test('has the findings, a line for each fault whose state changed, and a summary with the status', () => {
    const machine = new CheckMachine();
    machine.write(INVALID, INVALID, CALM);
    const { status, stdout, stderr } = machine.check('--format', 'ndjson');
    expect(stderr).toBe('');
    expect(status).toBe(2);
    const objects = objectsIn(stdout);
    expect(objects.map(({ type }) => type)).toEqual(['finding', 'finding', 'alert', 'summary']);
    expect(objects[2]).toMatchObject({
      schemaVersion: 1,
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      before: null,
      state: 'firing',
      host: 'vna',
      code: 'VNA1001',
      severity: 'critical',
      count: 2,
      fresh: 2,
      openedBy: objects[0]?.['id'],
      fingerprint: objects[0]?.['fingerprint'],
      advice: { steps: expect.any(Array) },
    });
    expect(objects[3]).toMatchObject({
      schemaVersion: 1,
      status: 'CRITICAL',
      findings: 2,
      byCode: { VNA1001: 2 },
      open: 1,
      errors: 0,
      lines: 3,
    });
  });

  test('is silent on what did not change, and tells the end', () => {
    const machine = new CheckMachine();
    machine.write(INVALID, CALM);
    machine.check();
    const types = (args: readonly string[]) =>
      objectsIn(machine.check('--format', 'ndjson', ...args).stdout).map(
        (one) => `${one.type} ${one['state'] ?? one['status']}`,
      );
    expect(types([])).toEqual(['alert ongoing', 'summary CRITICAL']);
    expect(types([])).toEqual(['summary CRITICAL']);
    machine.write(CALM);
    expect(types(['--quiet-after', '1ms'])).toEqual(['alert quiet', 'summary OK']);
  });

  test('tells trouble as an error with its path', () => {
    const machine = new CheckMachine();
    const { status, stdout } = machine.run('check', '--format', 'ndjson', join(machine.root, 'none.log'));
    expect(status).toBe(3);
    expect(objectsIn(stdout)).toMatchObject([
      { type: 'error', schemaVersion: 1, path: join(machine.root, 'none.log') },
      { type: 'summary', status: 'UNKNOWN', errors: 1 },
    ]);
  });

  test('tells wrong usage likewise', () => {
    const { status, stdout } = new CheckMachine().check('--format', 'ndjson', '--quiet-after', 'soon');
    expect(status).toBe(3);
    expect(objectsIn(stdout)).toMatchObject([{ type: 'error', path: null }, { status: 'UNKNOWN' }]);
  });
});

test('Nagios gets what it keeps, a mail of cron all of it', () => {
  const machine = new CheckMachine();
  // One of each code.
  const faults = new Map(CORPUS.map(({ expect, lines }) => [expect?.code, lines.join('\n')]));
  machine.write(...Array.from(faults.values(), (text) => text.split(' ').slice(2).join(' ')), CALM);
  const plugin = machine.check('--dry-run').stdout;
  expect(Buffer.byteLength(plugin)).toBeLessThan(8192);
  const mail = machine.check('--cron').stdout;
  expect(mail.slice(0, 200)).toBe(plugin.slice(0, 200));
  expect(Buffer.byteLength(mail)).toBeGreaterThan(8192);
  const open = /^(?:CRITICAL|WARNING|INFO) (VNA\d+) /gm;
  const codes = new Set(Array.from(mail.matchAll(open), ([, code]) => code));
  expect(codes.size).toBeGreaterThan(5);
  const advised = mail.split('\n').flatMap((line) => /^(VNA\d+), what to do /.exec(line)?.[1] ?? []);
  expect(new Set(advised)).toEqual(codes);
  // Each advice ends with how to verify it.
  for (const text of mail.split(/^VNA\d+, what to do .*$/m).slice(1)) expect(text).toMatch(/^ {2}verify: /m);
});

test('--format json is one document', () => {
  const machine = new CheckMachine();
  machine.write(INVALID, INVALID, DENIED, CALM);
  const { status, stdout } = machine.check('--format', 'json');
  expect(status).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    schemaVersion: 1,
    type: 'check',
    status: 'CRITICAL',
    findings: [{ code: 'VNA1001', count: 2 }, { code: 'VNA1003' }],
    findingsOmitted: 0,
    alerts: [{ code: 'VNA1001', state: 'firing' }, { code: 'VNA1003' }],
    open: [{ code: 'VNA1001' }, { code: 'VNA1003', account: '123456789012' }],
    errors: [],
    summary: { status: 'CRITICAL', findings: 3 },
  });
});

describe('--textfile', () => {
  const metricsOf = (path: string): ReadonlyMap<string, number> =>
    new Map(
      readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((line) => {
          const at = line.lastIndexOf(' ');
          return [line.slice(0, at).replace(/\{log="[^"]*",?/, '{'), Number(line.slice(at))];
        }),
    );
  const found = 'oclog_findings_total{code="VNA1001",rule="aws.invalid-client-token-id",severity="critical"}';
  const open = found.replace('findings_total', 'open_faults');

  test('has every rule from the first run on, then sums over all runs', async () => {
    const machine = new CheckMachine();
    const path = join(machine.root, 'oclog.prom');
    machine.write(CALM);
    const before = Date.now() / 1000;
    expect(machine.check('--textfile', path).status).toBe(0);
    const first = metricsOf(path);
    for (const { code } of await loadBuiltinRules()) {
      const of = [...first.keys()].filter((name) => name.includes(`code="${code}"`));
      expect(of).toHaveLength(2);
    }
    expect(first.get(found)).toBe(0);
    expect(first.get('oclog_status{}')).toBe(0);
    expect(first.get('oclog_last_check_timestamp_seconds{}')).toBeGreaterThanOrEqual(before);
    machine.write(INVALID, INVALID, CALM);
    machine.check('--textfile', path);
    machine.write(INVALID, CALM);
    machine.check('--textfile', path);
    const third = metricsOf(path);
    expect(third.get(found)).toBe(3);
    expect(third.get(open)).toBe(1);
    expect(third.get('oclog_status{}')).toBe(2);
    expect(third.get('oclog_read_lines_total{}')).toBe(6);
    expect(readdirSync(machine.root).sort()).toEqual(['oc.log', 'oclog.prom', 'state']);
  });

  test('bears no timestamp, and escapes what it names', () => {
    const machine = new CheckMachine();
    const folder = join(machine.root, 'a"b\\c');
    mkdirSync(folder);
    writeFileSync(join(folder, 'oc.log'), '');
    const path = join(machine.root, 'oclog.prom');
    machine.run('check', '--textfile', path, '--name', 'blue', folder);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(`log="${machine.root}/a\\"b\\\\c/oc.log",name="blue"`);
    for (const line of text.trimEnd().split('\n')) {
      expect(line).toMatch(/^(?:# (?:HELP|TYPE) oclog_[a-z_]+ .+|oclog_[a-z_]+\{.*\} [0-9.]+)$/);
    }
  });

  test('that cannot be written is UNKNOWN, and hides no fault', () => {
    const machine = new CheckMachine();
    machine.write(INVALID, CALM);
    const { status, stdout } = machine.check('--textfile', join(machine.root, 'none/oclog.prom'));
    expect(status).toBe(3);
    expect(stdout).toMatch(/^OCLOG UNKNOWN - .*none\/oclog\.prom could not be written: .*; open: VNA1001 \|/);
    expect(stdout).toMatch(/\nCRITICAL VNA1001 .*\(1 new, /);
    const path = join(machine.root, 'oclog.prom');
    expect(machine.check('--textfile', path)).toMatchObject({
      status: 2,
      stdout: expect.stringContaining('(none new'),
    });
    expect(readFileSync(path, 'utf8')).toMatch(/\noclog_findings_total\{.*"VNA1001".*\} 1\n/);
  });

  test('that no node exporter would read is refused', () => {
    const { status, stdout } = new CheckMachine().check('--textfile', 'oclog.txt');
    expect(status).toBe(3);
    expect(stdout).toContain('--textfile: `oclog.txt` does not end in .prom; ');
  });

  test('stays as it is where the memory cannot be used, and with --dry-run', () => {
    const machine = new CheckMachine();
    const path = join(machine.root, 'oclog.prom');
    machine.write(INVALID, CALM);
    machine.check('--textfile', path, '--dry-run');
    expect(readdirSync(machine.root)).not.toContain('oclog.prom');
    machine.check('--textfile', path);
    const text = readFileSync(path, 'utf8');
    for (const name of readdirSync(machine.stateDir)) {
      const file = join(machine.stateDir, name);
      chmodSync(file, 0o600);
      writeFileSync(file, 'garbage');
    }
    expect(machine.check('--textfile', path).status).toBe(3);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
});

describe('--format nagios, with more to say than Nagios keeps', () => {
  test('leaves out whole steps, and says last how to read the rest', () => {
    const machine = new CheckMachine();
    machine.write(DENIED, INVALID, CALM);
    const { stdout } = machine.check();
    expect(Buffer.byteLength(stdout)).toBeLessThan(8192);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.at(-1)).toBe(
      '... cut here to what Nagios keeps; the rest: oclog explain VNA1001, oclog explain VNA1003',
    );
    // A step ends with what to expect of it.
    expect(lines.at(-2)).toMatch(/^ +expect: /);
  });

  test('and says nothing of the kind where all of it is there', () => {
    const machine = new CheckMachine();
    machine.write(DENIED, INVALID, CALM);
    expect(machine.check('--advice', 'none').stdout).not.toContain('cut here');
  });

  test('names the list of faults, where those alone are too many', () => {
    const machine = new CheckMachine();
    const unreachable = ['us', 'eu', 'ap', 'ca', 'sa'].flatMap((continent) =>
      ['east', 'west', 'north', 'south'].map(
        (side) =>
          `ERROR [AWS_PLUGIN] (t) com.amazonaws.SdkClientException: Unable to execute HTTP request: Connect to ec2.${continent}-${side}-1.amazonaws.com:443 failed: connect timed out${' and again'.repeat(40)}`,
      ),
    );
    machine.write(...unreachable, CALM);
    const { stdout } = machine.check('--advice', 'none');
    expect(stdout).toMatch(/\n\.\.\. cut here to what Nagios keeps; the rest: oclog alerts list\n$/);
  });
});
