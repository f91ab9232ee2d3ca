// The timer that is shipped and the service that it runs: sound and tight by systemd's own judgement, and run by a real
// systemd.
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, jest, test } from '@jest/globals';
import { CALM, INVALID } from '../helpers/check-cli.ts';
import { MAIN } from '../helpers/cli.ts';
import { eventually } from '../helpers/eventually.ts';
import { PACKAGING, shipped } from '../helpers/shipped.ts';
import { hasNamespaces, startManager } from '../helpers/systemd.ts';

jest.setTimeout(180_000);

const TIMER = 'oclog-check.timer';
const SERVICE = 'oclog-check.service';
const PROGRAM = '/usr/local/bin/oclog';
const LOG = '/opt/CA/VNA/wildfly/standalone/log';
const root = join(import.meta.dirname, '../..');
const dir = mkdtempSync(join(tmpdir(), 'oclog-timer-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function analyze(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync('systemd-analyze', words, { encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}` };
}

test.each([[[]], [['log-group.conf']], [['textfile.conf']]])(
  'systemd finds no fault in them, with %p',
  (dropIns) => {
    const folder = mkdtempSync(join(dir, 'units-'));
    writeFileSync(join(folder, TIMER), shipped(`systemd/${TIMER}`, {}));
    writeFileSync(
      join(folder, SERVICE),
      shipped(`systemd/${SERVICE}`, { [PROGRAM]: `${process.execPath} ${MAIN}` }),
    );
    mkdirSync(join(folder, `${SERVICE}.d`));
    for (const name of dropIns)
      writeFileSync(
        join(folder, `${SERVICE}.d`, name),
        readFileSync(join(PACKAGING, 'systemd', name), 'utf8').replace(
          PROGRAM,
          `${process.execPath} ${MAIN}`,
        ),
      );
    expect(analyze('verify', join(folder, TIMER), join(folder, SERVICE))).toEqual({ status: 0, said: '' });
  },
);

test('systemd finds the service safe: at most 2.0 of 10, for it must reach its channels', () => {
  const { status, said } = analyze(
    'security',
    '--offline=true',
    '--threshold=20',
    join(PACKAGING, 'systemd', SERVICE),
  );
  expect(said).toMatch(/Overall exposure level for oclog-check.service: 1\.\d OK/);
  expect(status).toBe(0);
});

test('the timer is due every five minutes', () => {
  const { said } = analyze('calendar', '--iterations=2', '--base-time=2026-11-26 12:01:00 UTC', '*:0/5');
  expect(shipped(`systemd/${TIMER}`, {})).toContain('OnCalendar=*:0/5\n');
  expect(said).toMatch(/12:05:00 UTC/);
  expect(said).toMatch(/12:10:00 UTC/);
});

const BOUND = ['dist', 'node_modules', 'package.json'];

/** The shipped unit and its drop-in, but for their paths and a user that is to be found in any namespace. */
function testService(place: string): string {
  const program = `${process.execPath} /run/oclog/dist/main.js check --quiet-after 1s`;
  const bound = BOUND.map((name) => `${join(root, name)}:/run/oclog/${name}`).join(' ');
  const service = shipped(`systemd/${SERVICE}`, {
    'User=oclog': 'User=nobody',
    'Group=oclog': 'Group=nogroup',
    // It would hide the folder of the test.
    'PrivateTmp=yes': '',
    '[Unit]': '[Unit]\nDefaultDependencies=no',
    '[Service]': `[Service]\nStandardOutput=append:${place}/out\nStandardError=append:${place}/err\n`,
  });
  mkdirSync(join(place, 'metrics'));
  // As setfacl would do it for the user.
  chmodSync(join(place, 'metrics'), 0o777);
  const dropIn = shipped('systemd/textfile.conf', {
    [`${PROGRAM} check`]: program,
    [LOG]: `${place}/log\nBindReadOnlyPaths=${bound}`,
    '/var/lib/prometheus/node-exporter': join(place, 'metrics'),
  });
  return `${service}\n${dropIn}`;
}

function write(log: string, ...records: readonly string[]): void {
  const time = new Date().toISOString().replace('T', ' ').replace('.', ',').replace('Z', '');
  for (const record of records) appendFileSync(log, `${time} ${record}\n`);
}

const canRun = hasNamespaces();
if (!canRun) process.stderr.write('no namespaces here: the timer is not run by a real systemd\n');

(canRun ? test : test.skip)('systemd runs the check whenever it is due', async () => {
  const manager = startManager(
    TIMER,
    () =>
      shipped(`systemd/${TIMER}`, {
        'OnCalendar=*:0/5': 'OnCalendar=*:*:0/2',
        'RandomizedDelaySec=30': '',
        '[Unit]': '[Unit]\nDefaultDependencies=no',
      }),
    { [SERVICE]: testService },
  );
  const { dir: place, systemctl, until } = manager;
  const log = join(place, 'log/oc.log');
  try {
    until('ActiveState', /=active/);
    // No log: the check needs somebody.
    until('Result', /=exit-code/, SERVICE);
    until('ExecMainStatus', /=3$/m, SERVICE);
    expect(readFileSync(join(place, 'out'), 'utf8')).toMatch(/^OCLOG UNKNOWN - .*oc\.log/);

    write(log, INVALID, CALM);
    until('ExecMainStatus', /=2$/m, SERVICE);
    until('Result', /=success/, SERVICE);
    write(log, CALM);
    const out = await eventually(() => readFileSync(join(place, 'out'), 'utf8'), /^OCLOG OK - /m);
    expect(out).toMatch(/^OCLOG CRITICAL - VNA1001 .* \(1 new, /m);
    // For others to read, unlike what the check remembers.
    const textfile = statSync(join(place, 'metrics/oclog.prom'));
    expect((textfile.mode & 0o777).toString(8)).toBe('644');
    expect(readFileSync(join(place, 'err'), 'utf8')).toBe('');
    expect(systemctl('is-failed', SERVICE)).not.toMatch(/^failed/);
  } finally {
    await manager.stop();
  }
});
