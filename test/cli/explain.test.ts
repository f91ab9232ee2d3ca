import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { explainCommand, OWN_FAULTS } from '../../src/alerts/own-faults.ts';
import { loadBuiltinRules } from '../../src/rules/builtin.ts';
import { loadRuleFiles } from '../../src/rules/load.ts';
import { runCli } from '../helpers/cli.ts';

const OWN = join(import.meta.dirname, '../../fixtures/rules');
const dir = mkdtempSync(join(tmpdir(), 'oclog-explain-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('oclog explain', () => {
  test('explains a code, as text and as JSON', () => {
    const { status, stdout, stderr } = runCli(['explain', 'vna1001']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^VNA1001 AWS does not recognise/);
    expect(stdout).toMatch(/^ +variant: +temporary-key, certain$/m);
    const json = JSON.parse(runCli(['explain', 'VNA1001', '--format', 'json']).stdout);
    expect(json).toMatchObject({ schemaVersion: 1, type: 'explanation', code: 'VNA1001' });
    expect(json.variants).toHaveLength(3);
  });

  test('explains rules of the user', () => {
    const { status, stdout } = runCli(['explain', 'DNAC0429', '--rules', OWN]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^DNAC0429 /);
    expect(runCli(['explain', 'DNAC0429']).status).toBe(2);
  });

  test.each([
    ['VNA1901', 'A part of the log could not be found', 'docs/check.md'],
    ['vna1902', 'There are more faults than oclog keeps apart', 'docs/alerts.md'],
    ['oclog.dead-letter', 'Notices could not be delivered', 'docs/alerting.md'],
  ])('explains %s, which no rule finds', (word, title, page) => {
    const { status, stdout, stderr } = runCli(['explain', word]);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(new RegExp(`^VNA190\\d ${title}\n`));
    for (const part of [page, 'cause:', 'fix:', 'verify:']) expect(stdout).toContain(part);
    const json = JSON.parse(runCli(['explain', word, '--format', 'json']).stdout);
    expect(json).toMatchObject({
      schemaVersion: 1,
      type: 'explanation',
      title,
      variants: [{ variant: null }],
    });
    expect(existsSync(join(import.meta.dirname, '../..', page))).toBe(true);
  });

  test('is a command that every fault of oclog itself may name', () => {
    for (const { code } of OWN_FAULTS) {
      const [, ...words] = explainCommand(code).split(' ');
      expect(runCli(words)).toMatchObject({ status: 0, stderr: '' });
    }
    expect(explainCommand('DNAC0429')).toBe('oclog explain DNAC0429 --rules PATH');
  });

  test('lists the codes when asked for none', () => {
    const { status, stdout } = runCli(['explain']);
    expect(status).toBe(0);
    expect(stdout.match(/^VNA1\d{3} /gm)).toHaveLength(12);
    expect(stdout).toContain('oclog explain CODE');
  });

  test('says which code was meant', () => {
    const { status, stdout, stderr } = runCli(['explain', 'VNA101']);
    expect([status, stdout, stderr]).toEqual([
      2,
      '',
      'oclog: unknown code `VNA101`; did you mean `VNA1001`?\n',
    ]);
  });

  test('says what a pasted text is about', () => {
    const input = 'An error occurred (SignatureDoesNotMatch) when calling the X operation: x';
    expect(runCli(['explain', '-'], { input })).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringMatching(/^CRITICAL VNA1002 /),
    });
    expect(JSON.parse(runCli(['explain', '-', '--format', 'json'], { input }).stdout)).toMatchObject({
      type: 'verdict',
      readAs: 'aws-cli',
      fault: { code: 'VNA1002' },
    });
    expect(runCli(['explain', '-'], { input: 'hello' })).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^No fault recognised\./),
    });
  });

  test("takes one of AWS's codes for what it is", () => {
    const { status, stdout } = runCli(['explain', 'invalidclienttokenid']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^CRITICAL VNA1001 .*\n +sure: +likely/);
  });

  test('says what an answer of the AWS CLI means for VNA', () => {
    const arn = '{ "Arn": "arn:aws:sts::123456789012:assumed-role/Admin/me" }';
    expect(runCli(['explain', '-'], { input: arn }).stdout).toMatch(
      /^AWS accepts these credentials, but VNA cannot use them\.\n +means: +They are temporary/,
    );
    expect(runCli(['explain', '-'], { input: 'aws: command not found' }).stdout).toContain(
      'is not installed',
    );
  });

  test('says that more faults are in a pasted text', () => {
    const log = join(import.meta.dirname, '../../fixtures/vna-server/log/oc.log');
    const { stdout } = runCli(['explain', '-'], { input: readFileSync(log) });
    expect(stdout).toMatch(/^ +also: +the records after it hold VNA1002 x1, VNA1003 x1:/m);
  });

  test('has colours when asked for', () => {
    expect(runCli(['explain', 'VNA1001', '--color', 'always']).stdout).toContain('\x1b[');
  });
});

describe('oclog rules', () => {
  test('lists all rules', () => {
    const { status, stdout } = runCli(['rules', 'list', '--rules', OWN]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^VNA1001 +critical +AWS_PLUGIN +AWS does not recognise/m);
    expect(stdout).toMatch(/^DNAC0429 +\w+ +DNAC_PLUGIN +\S/m);
    const json = JSON.parse(runCli(['rules', 'list', '--format', 'json']).stdout);
    expect(json.rules[0]).toEqual({
      code: 'VNA1001',
      rule: 'aws.invalid-client-token-id',
      severity: 'critical',
      status: 'stable',
      plugins: ['AWS_PLUGIN'],
      title: 'AWS does not recognise the access key that VNA sent',
    });
  });

  test.each(['VNA1001', 'VNA1003', 'VNA1010'])('shows the definition of %s as a rule file', async (code) => {
    const rule = (await loadBuiltinRules()).find((one) => one.code === code);
    const path = join(dir, `${code}.yaml`);
    writeFileSync(path, runCli(['rules', 'show', code]).stdout);
    // It may mute other rules, so these must be there.
    const written = join(import.meta.dirname, '../../src/rules/builtin');
    const others = readdirSync(written).filter((name) => !name.startsWith(code.toLowerCase()));
    const [read] = await loadRuleFiles([path, ...others.map((name) => join(written, name))], null);
    expect({ ...read, samples: null }).toEqual({ ...rule, samples: null });
    expect(read?.samples.match.map(({ name }) => name)).toEqual(rule?.samples.match.map(({ name }) => name));
    const json = JSON.parse(runCli(['rules', 'show', code, '--format', 'json']).stdout);
    expect(json).toEqual({ schemaVersion: 1, type: 'rule', definition: read });
  });

  test('knows no rule of another name', () => {
    expect(runCli(['rules', 'show', 'nothing'])).toMatchObject({
      status: 2,
      stderr: 'oclog: unknown code `nothing`; see oclog rules list\n',
    });
  });
});

describe('help', () => {
  test.each([[['help', 'scan']], [['scan', '-h']], [['scan', '--help']]])('%j', (words) => {
    expect(runCli(words)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^oclog scan \[paths/) });
  });

  test.each([[['help']], [['-h']]])('%j lists the commands', (words) => {
    const { status, stdout } = runCli(words);
    expect([status, stdout.includes('oclog explain [code]')]).toEqual([0, true]);
  });

  test.each(['', 'scan', 'tail', 'explain', 'rules', 'rules list', 'rules show', 'completion'])(
    'of oclog %s has two or three examples',
    (command) => {
      const { status, stdout } = runCli([...command.split(' ').filter(Boolean), '--help']);
      expect(status).toBe(0);
      expect(stdout).toMatch(/^Examples:\n(?: .*\n){2}/m);
      expect(stdout).not.toContain('undefined');
    },
  );

  test('of scan groups its options and tells the exit statuses', () => {
    const { stdout } = runCli(['scan', '--help']);
    expect(stdout).toMatch(
      /^Report:\n(?:.*\n)*Which records:\n(?:.*\n)*Limits:\n(?:.*\n)*Exit status:\n +0 /m,
    );
  });
});
