// The rules for Prometheus that are shipped, and the way of a check's numbers to them: textfile, node exporter, Prometheus.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, jest, test } from '@jest/globals';
import { CALM, CheckMachine, INVALID } from '../helpers/check-cli.ts';
import { type Child, startProgram } from '../helpers/child.ts';
import { eventually } from '../helpers/eventually.ts';
import { freePort } from '../helpers/free-port.ts';
import { PACKAGING, shipped } from '../helpers/shipped.ts';

jest.setTimeout(180_000);

const dir = mkdtempSync(join(tmpdir(), 'oclog-prometheus-'));
const running: Child[] = [];
afterAll(async () => {
  for (const { process: child, ended } of running.splice(0).reverse()) {
    child.kill('SIGTERM');
    await ended();
  }
  rmSync(dir, { recursive: true, force: true });
});

const RULES = join(PACKAGING, 'prometheus/oclog.rules.yml');

function promtool(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync('promtool', words, { encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}` };
}

test('promtool accepts the rules', () => {
  expect(promtool('check', 'rules', '--lint=all', '--lint-fatal', RULES)).toMatchObject({ status: 0 });
});

test('the rules pass their own tests', () => {
  const { status, said } = promtool('test', 'rules', join(PACKAGING, 'prometheus/oclog.rules.test.yml'));
  expect(said).toContain('SUCCESS');
  expect(status).toBe(0);
});

test('every rule has a test', () => {
  const tests = readFileSync(join(PACKAGING, 'prometheus/oclog.rules.test.yml'), 'utf8');
  const alerts = Array.from(readFileSync(RULES, 'utf8').matchAll(/- alert: (\w+)/g), ([, name]) => name);
  expect(alerts.length).toBeGreaterThan(0);
  for (const alert of alerts)
    expect(tests).toMatch(new RegExp(`alertname: ${alert}\\n\\s+exp_alerts:(?! \\[\\])`));
});

async function ask(port: number, path: string): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}${path}`)).text();
}

test('a fault goes from the log to an alert of Prometheus, and away again', async () => {
  const machine = new CheckMachine();
  const textfile = join(dir, 'oclog.prom');
  const check = () => machine.check('--quiet-after', '1s', '--textfile', textfile);
  machine.write(CALM);
  check();

  const exporter = await freePort();
  running.push(
    startProgram('prometheus-node-exporter', [
      `--web.listen-address=127.0.0.1:${exporter}`,
      '--collector.disable-defaults',
      '--collector.textfile',
      `--collector.textfile.directory=${dir}`,
    ]),
  );
  const metrics = await eventually(() => ask(exporter, '/metrics'), /^oclog_status\{.*\} 0$/m);
  expect(metrics).toMatch(/^node_textfile_scrape_error 0$/m);
  expect(metrics).toMatch(/^oclog_findings_total\{code="VNA1001",.*\} 0$/m);

  writeFileSync(
    join(dir, 'oclog.rules.yml'),
    shipped('prometheus/oclog.rules.yml', { 'for: 1m\n': 'for: 1s\n' }),
  );
  writeFileSync(
    join(dir, 'prometheus.yml'),
    `global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: [oclog.rules.yml]
scrape_configs:
  - job_name: node
    static_configs: [{ targets: ['127.0.0.1:${exporter}'] }]
`,
  );
  const prometheus = await freePort();
  running.push(
    startProgram('prometheus', [
      `--config.file=${join(dir, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(dir, 'data')}`,
      `--web.listen-address=127.0.0.1:${prometheus}`,
    ]),
  );
  const query = (expression: string): Promise<string> =>
    ask(prometheus, `/api/v1/query?query=${encodeURIComponent(expression)}`);
  await eventually(() => query('oclog_findings_total{code="VNA1001"}'), /"value":\[[\d.]+,"0"\]/);
  const alerts = (): Promise<string> => ask(prometheus, '/api/v1/alerts');
  expect(await alerts()).not.toContain('OclogFaultOpen');

  machine.write(INVALID, CALM);
  expect(check().status).toBe(2);
  const firing = await eventually(alerts, /"alertname":"OclogFaultOpen".*"state":"firing"/);
  expect(firing).toContain('"severity":"critical"');
  expect(firing).toContain('oclog explain VNA1001');
  // Only a series that was there before has an increase.
  await eventually(() => query('increase(oclog_findings_total{code="VNA1001"}[5m]) > 0'), /"value"/);

  await eventually(() => {
    machine.write(CALM);
    return String(check().status);
  }, /^0$/);
  await eventually(alerts, /"alerts":\[\]/);
});

test('the heart beats also while nothing is written', () => {
  const machine = new CheckMachine();
  const textfile = join(machine.root, 'oclog.prom');
  const beat = (): string => {
    machine.check('--textfile', textfile);
    return (
      /^oclog_last_check_timestamp_seconds\{.*\} ([\d.]+)$/m.exec(readFileSync(textfile, 'utf8'))?.[1] ?? ''
    );
  };
  const beats = [beat(), beat(), beat()].map(Number);
  expect(beats[1]).toBeGreaterThan(beats[0] ?? Number.NaN);
  expect(beats[2]).toBeGreaterThan(beats[1] ?? Number.NaN);
});
