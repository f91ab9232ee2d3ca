import { chownSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { CALM, CheckMachine, DENIED, INVALID } from '../helpers/check-cli.ts';
import { objectsIn } from '../helpers/cli.ts';
import { GOOD } from '../rules/example.ts';

const WHY = ['--reason', 'ticket 7', '--by', 'eva'];

function machineWith(...records: readonly string[]): CheckMachine {
  const machine = new CheckMachine();
  machine.write(...records, CALM);
  machine.check();
  return machine;
}

interface Listed {
  readonly logs: readonly {
    readonly log: string;
    readonly alerts: readonly { readonly [name: string]: unknown }[];
    readonly silences: readonly { readonly id: string }[];
  }[];
}

function listOf(machine: CheckMachine): Listed {
  return JSON.parse(machine.alerts('list', '--format', 'json').stdout) as Listed;
}

/** What the next check has to tell receivers. */
function noticesOf(machine: CheckMachine, ...args: readonly string[]): unknown {
  return objectsIn(machine.check('--format', 'ndjson', ...args).stdout).at(-1)?.['notices'];
}

describe('oclog alerts list', () => {
  test('knows a state from an answer that is kept beside it', () => {
    const machine = machineWith(INVALID);
    writeFileSync(join(machine.stateDir, 'rest-0123456789abcdef.json'), '{"status":0}', { mode: 0o600 });
    expect(machine.alerts('list')).toMatchObject({ status: 0, stderr: '' });
    expect(machine.alerts('ack', 'VNA1001', ...WHY)).toMatchObject({ status: 0, stderr: '' });
  });

  test('shows open faults with their names, for people and programs', () => {
    const machine = machineWith(INVALID, INVALID, DENIED);
    const { status, stdout } = machine.alerts('list');
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /oc\.log\n {2}[0-9a-f]{12} {2}firing {4}critical {2}VNA1001 AWS does not recognise/,
    );
    expect(stdout).toMatch(
      /\n {6}2 times, last 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d; open for (?:a moment|\d+ s)\n/,
    );
    expect(stdout).toMatch(/VNA1003 .*\n {6}once, last /);
    expect(listOf(machine)).toMatchObject({
      schemaVersion: 1,
      type: 'alerts',
      logs: [
        {
          log: machine.log,
          alerts: [
            { code: 'VNA1001', count: 2, advice: { steps: expect.any(Array) } },
            { code: 'VNA1003', severity: 'warning' },
          ],
          silences: [],
        },
      ],
    });
  });

  test('says so where nothing is remembered', () => {
    const machine = new CheckMachine();
    expect(machine.alerts('list')).toMatchObject({
      status: 0,
      stdout: `no check has remembered anything in ${machine.stateDir}; name the directory of the checks with --state-dir\n`,
    });
  });
});

describe('oclog alerts ack', () => {
  test('stops repeats and is shown; the status stays', () => {
    const machine = machineWith(INVALID);
    expect(machine.alerts('ack', 'vna1001', ...WHY)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^acknowledged, no more repeats: VNA1001 \([0-9a-f]{12}\)\n$/),
    });
    expect(machine.alerts('list').stdout).toContain('acknowledged by eva: ticket 7');
    const { status, stdout } = machine.check('--repeat', '1ms');
    expect(status).toBe(2);
    expect(stdout).toContain('1 open fault acknowledged');
    expect(noticesOf(machine, '--repeat', '1ms')).toBe(0);
  });

  test.each([
    [['ack', 'VNA1001'], 'a reason is needed'],
    [['ack', 'VNA1005', ...WHY], 'no open fault is called `VNA1005`'],
    [['resolve', 'VNA1005', ...WHY], 'no open fault is called `VNA1005`'],
  ])('%j is refused', (words, message) => {
    const { status, stderr } = machineWith(INVALID).alerts(...words);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });

  test('where nothing is remembered says what to do', () => {
    const { status, stderr } = new CheckMachine().alerts('ack', 'VNA1001', ...WHY);
    expect(status).toBe(2);
    expect(stderr).toContain('run oclog check first');
  });
});

describe('oclog alerts resolve', () => {
  test('ends a fault until it is seen again; the next check tells it', () => {
    const machine = machineWith(INVALID);
    const [fingerprint] = listOf(machine).logs[0]?.alerts.map((one) => String(one['fingerprint'])) ?? [];
    expect(machine.alerts('resolve', fingerprint ?? '', ...WHY).status).toBe(0);
    const { status, stdout } = machine.check('--format', 'ndjson');
    expect(status).toBe(0);
    expect(objectsIn(stdout)[0]).toMatchObject({
      type: 'alert',
      before: 'firing',
      state: 'resolved',
      resolvedBy: 'eva: ticket 7',
    });
    machine.write(INVALID, CALM);
    expect(machine.check().status).toBe(2);
  });
});

test('a record that the rule names as proof resolves a fault, whichever run reads it', () => {
  const machine = new CheckMachine();
  const rule = join(machine.root, 'rule.yaml');
  writeFileSync(rule, `${GOOD}alert: { resolveOn: { contains: token found again } }\n`);
  const lost = 'ERROR [AWS_PLUGIN] (t) lost token';
  const found = 'INFO  [AWS_PLUGIN] (t) token found again, secret=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  machine.write(found, lost, CALM);
  expect(machine.check('--rules', rule).status).toBe(1);
  machine.write(found, CALM);
  const { status, stdout } = machine.check('--rules', rule);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^over: ACME7 .*: resolved: .*oc\.log:4: .* token found again, secret=/m);
  expect(stdout + JSON.stringify(listOf(machine))).not.toContain('wJalrXUtnFEMI');
  machine.write(lost, found, CALM);
  expect(machine.check('--rules', rule).stdout).toContain('over: ACME7');
});

describe('oclog alerts silence', () => {
  test('mutes notices, not the status, until its end or oclog alerts unsilence', () => {
    const machine = machineWith(CALM);
    const said = machine.alerts('silence', 'aws.invalid-client-token-id', '--for', '2h', ...WHY);
    expect(said.stdout).toMatch(
      /^silence [0-9a-f]{8} until 20.*Z; the status of the check stays as it is\n$/,
    );
    machine.write(INVALID, CALM);
    const { status, stdout } = machine.check();
    expect(status).toBe(2);
    expect(stdout).toContain('1 open fault silenced');
    const id = listOf(machine).logs[0]?.silences[0]?.id ?? '';
    expect(machine.alerts('list').stdout).toContain(`muted by silence ${id}`);
    expect(noticesOf(machine)).toBe(0);
    expect(machine.alerts('unsilence', id)).toMatchObject({ status: 0, stdout: `silence ${id} is over\n` });
    expect(noticesOf(machine)).toBe(1);
    expect(machine.alerts('unsilence', id).status).toBe(2);
  });

  test('of a host mutes all of it', () => {
    const machine = machineWith(CALM);
    machine.alerts('silence', '--host', 'vna', '--for', '1d', ...WHY);
    machine.write(INVALID, DENIED, CALM);
    expect(noticesOf(machine)).toBe(0);
  });

  test.each([
    [['VNA1001', ...WHY], 'a silence needs an end'],
    [['VNA1001', '--for', '91d', ...WHY], '--for: `91d` is too long; at most 90 d'],
    [['VNA1001', '--for', '1h'], 'a reason is needed'],
    [['--for', '1h', ...WHY], 'would mute everything'],
    [['VNA1O01', '--for', '1h', ...WHY], 'unknown code `VNA1O01`'],
  ])('%j is refused', (words, message) => {
    const { status, stderr } = machineWith(INVALID).alerts('silence', ...words);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });

  test('hides a secret that is typed as a reason', () => {
    const machine = machineWith(INVALID);
    const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    machine.alerts('silence', 'VNA1001', '--for', '1h', '--reason', `secret_key=${secret}`);
    expect(machine.alerts('list').stdout).not.toContain(secret);
    expect(machine.check('--show-state').stdout).not.toContain(secret);
  });
});

(process.geteuid?.() === 0 ? test : test.skip)('the memory of another user is not touched', () => {
  const machine = machineWith(INVALID);
  chownSync(machine.stateDir, 65534, 65534);
  for (const name of readdirSync(machine.stateDir)) chownSync(join(machine.stateDir, name), 65534, 65534);
  const { status, stderr } = machine.alerts('ack', 'VNA1001', ...WHY);
  expect(status).toBe(3);
  expect(stderr).toContain('belongs to another user');
});
