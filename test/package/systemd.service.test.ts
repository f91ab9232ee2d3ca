// The unit that is shipped: sound and tight by systemd's own judgement, and run by a real systemd.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, jest, test } from '@jest/globals';
import { MAIN } from '../helpers/cli.ts';
import { faultRecord, plainRecord } from '../helpers/fault.ts';
import { hasNamespaces, type Manager, startManager } from '../helpers/systemd.ts';

jest.setTimeout(120_000);

const NAME = 'oclog-tail.service';
const root = join(import.meta.dirname, '../..');
const folder = join(root, 'packaging/systemd');
const BOUND = ['dist', 'node_modules', 'package.json'];
const unit = readFileSync(join(folder, NAME), 'utf8');
const dir = mkdtempSync(join(tmpdir(), 'oclog-unit-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function analyze(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync('systemd-analyze', words, { encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}` };
}

test('systemd finds no fault in it', () => {
  const path = join(dir, NAME);
  writeFileSync(path, unit.replace('/usr/local/bin/oclog tail', `${process.execPath} ${MAIN} tail`));
  expect(analyze('verify', path)).toEqual({ status: 0, said: '' });
});

test('systemd finds it safe: at most 1.0 of 10', () => {
  const { status, said } = analyze('security', '--offline=true', '--threshold=10', join(folder, NAME));
  expect(said).toMatch(/Overall exposure level for oclog-tail.service: 0\.\d SAFE/);
  expect(status).toBe(0);
});

test('its user can be made', () => {
  const words = ['--dry-run', join(folder, 'oclog.sysusers.conf')];
  const { status, stderr } = spawnSync('systemd-sysusers', words, { encoding: 'utf8' });
  expect(status).toBe(0);
  expect(stderr).not.toMatch(/[Ff]ail|[Ii]nvalid|[Uu]nknown/);
});

/** The shipped unit, but for its paths, its user, and how long things take. */
function testUnit(place: string): string {
  return unitIn(place).replace(
    '[Service]',
    `[Service]\nStandardOutput=append:${place}/out\nStandardError=append:${place}/err\n`,
  );
}

/** The same, with its words in the journal. */
function unitIn(place: string): string {
  return (
    unit
      // Bound to a place that the service's user can reach, wherever this clone is.
      .replace(
        /^ExecStart=.*$/m,
        `ExecStart=${process.execPath} /run/oclog/dist/main.js tail ${place}/log
BindReadOnlyPaths=${BOUND.map((name) => `${join(root, name)}:/run/oclog/${name}`).join(' ')}`,
      )
      .replace(/^User=.*$/m, 'User=nobody')
      .replace(/^Group=.*$/m, 'Group=nogroup')
      .replace(/^WatchdogSec=.*$/m, 'WatchdogSec=4')
      .replace(/^RestartSec=.*$/m, 'RestartSec=100ms')
      // It would hide the folder of the test.
      .replace(/^PrivateTmp=.*$/m, '')
      .replace('[Unit]', '[Unit]\nDefaultDependencies=no')
  );
}

async function inManager(
  use: (manager: Manager) => void,
  unitFor: (place: string) => string = testUnit,
): Promise<void> {
  const manager = startManager(NAME, unitFor);
  try {
    use(manager);
  } finally {
    await manager.stop();
  }
}

const canRun = hasNamespaces();
if (!canRun) process.stderr.write('no namespaces here: the unit is not run by a real systemd\n');

(canRun ? test : test.skip)('systemd runs it', async () => {
  await inManager(({ dir: place, systemctl, until }) => {
    const log = join(place, 'log/oc.log');
    until('ActiveState', /=active/);
    until('StatusText', /=follows .*oc\.log, waits for .*oc\.log, 0 findings/);
    writeFileSync(log, plainRecord(1));
    until('StatusText', /=follows [^,]*oc\.log, 0 findings/);
    appendFileSync(log, faultRecord(2) + plainRecord(3));
    // Told with a beat of the watchdog, which it has outlived when the next is due.
    until('StatusText', /, 1 finding$/m);
    expect(readFileSync(join(place, 'out'), 'utf8')).toMatch(/^CRITICAL VNA1001/);

    expect(systemctl('reload', NAME)).toBe('');
    appendFileSync(log, faultRecord(4) + plainRecord(5));
    until('StatusText', /, 2 findings$/m);
    expect(readFileSync(join(place, 'err'), 'utf8')).toContain('rules read again');
    expect(systemctl('show', NAME, '--property', 'NRestarts')).toContain('=0');

    systemctl('kill', '--kill-whom=main', '--signal=STOP', NAME);
    until('NRestarts', /=1/);
    until('ActiveState', /=active/);

    systemctl('stop', NAME);
    until('ActiveState', /=inactive/);
    expect(systemctl('show', NAME, '--property', 'Result')).toContain('=success');
  });
});

(canRun ? test : test.skip)('its journal files findings by severity', async () => {
  await inManager(({ dir: place, journal, until }) => {
    const log = join(place, 'log/oc.log');
    until('StatusText', /waits for/);
    writeFileSync(log, plainRecord(1));
    until('StatusText', /=follows [^,]*oc\.log, 0 findings/);
    appendFileSync(log, faultRecord(2) + plainRecord(3));
    until('StatusText', /, 1 finding$/m);
    const critical = journal('--priority=crit');
    expect(critical).toMatch(/^CRITICAL VNA1001/);
    expect(critical.split('\n').length).toBeGreaterThan(20);
    expect(critical).not.toMatch(/oc\.log: missing|^<\d>/m);
    expect(journal('--priority=warning')).toMatch(/^oclog: .*oc\.log: missing: .*\nCRITICAL/);
    expect(journal('--priority=info')).toContain('oc.log: reappeared: ');
  }, unitIn);
});
