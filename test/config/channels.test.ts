// The sections of alerts in the configuration: what they become, what is wrong with them and where, and that no secret is
// ever shown.
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CHECK_FLAGS } from '../../src/cli/flags.ts';
import { readConfig } from '../../src/config/file.ts';

const root = mkdtempSync(join(tmpdir(), 'oclog-config-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const path = join(root, 'config.yaml');
const secretFile = join(root, 'secret');
beforeEach(() => {
  writeFileSync(path, '');
  chmodSync(path, 0o644);
  writeFileSync(secretFile, 'sw0rdfish\n');
  chmodSync(secretFile, 0o600);
});

const ENV = { HOOK: 'https://hooks.test/T0/B0/x', TOKEN: 'tok-tok-tok', EMPTY: '' };

async function read(yaml: string, env: Record<string, string> | null = ENV) {
  writeFileSync(path, yaml);
  return readConfig(path, CHECK_FLAGS, (text) => text, env);
}

/** The message without the place's lines. */
async function problem(yaml: string): Promise<string> {
  return read(yaml).then(
    () => 'nothing is wrong',
    (error: unknown) => String((error as { message: string }).message),
  );
}

describe('channels', () => {
  test('become settings with defaults', async () => {
    const { alerts, given } = await read(`
host: vna-1
channels:
  ops:
    type: mail
    from: oclog@vna.test
    to: ops@test.test
    server: smtp.test
    user: ann
    password: \${file:${secretFile}}
  local:
    type: mail
    from: oclog@vna.test
    to: [a@b.test, c@d.test]
  chat: { type: slack, url: '\${env:HOOK}', min-severity: critical, send-resolved: false, codes: [VNA1001] }
  log: { type: syslog, server: '::1', protocol: tls, facility: local3 }
  hook: { type: webhook, url: 'http://127.0.0.1:80/', headers: { Authorization: '\${env:TOKEN}', X-Site: fra } }
  am: { type: alertmanager, url: 'https://am.test', hold: 2h, labels: { team: net } }
  run: { type: command, run: [/bin/true, --flag] }
`);
    expect(given).toEqual({ host: 'vna-1' });
    const [ops, local, chat, log, hook, am, run] = alerts?.channels ?? [];
    expect(ops).toMatchObject({
      ...{ type: 'mail', name: 'ops', to: ['ops@test.test'], minSeverity: 'warning', sendResolved: true },
      server: { host: 'smtp.test', port: 587, security: 'starttls', user: 'ann' },
    });
    expect(ops?.type === 'mail' && ops.server?.password?.reveal()).toBe('sw0rdfish');
    expect(local).toMatchObject({ server: null, sendmail: '/usr/sbin/sendmail' });
    expect(chat).toMatchObject({ minSeverity: 'critical', sendResolved: false, codes: ['VNA1001'] });
    expect(chat?.type === 'slack' && chat.url.reveal()).toBe(ENV.HOOK);
    expect(log).toMatchObject({ host: '::1', port: 6514, protocol: 'tls', facility: 19 });
    expect(hook?.type === 'webhook' && hook.headers['Authorization']?.reveal()).toBe(ENV.TOKEN);
    expect(am).toMatchObject({ hold: 7_200_000, labels: { team: 'net' } });
    expect(run).toMatchObject({ run: ['/bin/true', '--flag'] });
  });

  test('are for the commands that deliver', async () => {
    const { alerts } = await read('channels: { a: { type: nonsense } }', null);
    expect(alerts).toBeNull();
  });

  test('never show a secret, whoever prints them', async () => {
    const { alerts } = await read(`channels: { chat: { type: slack, url: "\${env:HOOK}" } }`);
    expect(JSON.stringify(alerts)).not.toContain('hooks.test');
    const [chat] = alerts?.channels ?? [];
    expect(String(chat?.type === 'slack' && chat.url)).toBe('[secret]');
  });
});

test('alerting', async () => {
  const { alerts } = await read(`
alerting:
  min-severity: info
  quiet-after: 1h
  notices-per-hour: 5
  rules:
    aws.throttled: { repeat: 12h }
`);
  expect(alerts?.alerting).toEqual({
    ...{ 'min-severity': 'info', 'quiet-after': '1h', 'notices-per-hour': 5 },
    rules: { 'aws.throttled': { repeat: '12h' } },
  });
});

describe('what is wrong is said with its place', () => {
  test.each([
    [
      'channels: { a: { type: slak, url: x } }',
      '`type` has no value `slak`',
      'config.yaml:1:24',
      'did you mean `slack`?',
    ],
    [
      'channels:\n  a:\n    type: syslog\n    server: h\n    prot: tcp\n',
      'unknown field `prot`',
      ':5:5',
      'did you mean `port`?',
    ],
    ['channels:\n  a:\n    type: syslog\n', 'missing field `server`', ':2:3', ''],
    ['channels:\n  A_b:\n    type: syslog\n    server: h\n', 'the name `A_b` must be', ':2:3', ''],
    ['chanels: {}\n', 'unknown option `chanels`', ':1:1', 'did you mean `channels`?'],
    ['alerting:\n  repeat: often\n', '`repeat` must be a span', ':2:11', ''],
    ['alerting:\n  quiet_after: 1h\n', 'unknown field `quiet_after`', ':2:3', 'did you mean `quiet-after`?'],
    [
      'channels:\n  a: { type: command, run: true-ish }\n',
      '`run` must begin with the path of a program',
      ':2:28',
      '',
    ],
    ['channels:\n  a: { type: mail, from: a@b.c, to: nobody }\n', '`to` must be a mail address', ':2:37', ''],
    [
      'channels:\n  a: { type: mail, from: a@b.c, to: d@e.f, port: 25 }\n',
      '`port` needs a `server`',
      ':2:44',
      '',
    ],
    [
      'channels:\n  a:\n    type: webhook\n    url: http://far.test/\n',
      '`url` must begin with https://',
      ':4:10',
      'http:// is for this machine itself',
    ],
    [
      'channels:\n  a:\n    type: webhook\n    url: https://u:p@far.test/\n',
      '`url` must not hold a user',
      ':4:10',
      '',
    ],
    [
      `channels:\n  a:\n    type: slack\n    url: \${env:NOPE}\n`,
      'the environment variable NOPE is not set',
      ':4:10',
      'set it',
    ],
    [
      `channels:\n  a:\n    type: slack\n    url: \${env:EMPTY}\n`,
      'the environment variable EMPTY is empty',
      ':4:10',
      '',
    ],
    [
      `channels:\n  a:\n    type: slack\n    url: \${file:/nowhere/x}\n`,
      'the secret file /nowhere/x does not exist',
      ':4:10',
      '',
    ],
  ])('%#', async (yaml, message, place, help) => {
    const said = await problem(yaml);
    expect(said).toContain(message);
    expect(said).toContain(place);
    expect(said).toContain(help);
  });
});

const INLINE = 'hunter2-hunter2';

describe('a secret in the file itself is refused and not repeated', () => {
  test.each([
    [
      'password',
      `channels:\n  a: { type: mail, from: a@b.c, to: d@e.f, server: h, user: u, password: ${INLINE} }\n`,
    ],
    [
      'a number',
      `channels:\n  a: { type: mail, from: a@b.c, to: d@e.f, server: h, user: u, password: 12345678 }\n`,
    ],
    ['url', `channels:\n  a:\n    type: slack\n    url: https://${INLINE}.test/\n`],
    ['routing-key', `channels:\n  a:\n    type: pagerduty\n    routing-key: ${INLINE}\n`],
    [
      'header',
      `channels:\n  a:\n    type: webhook\n    url: https://x.test\n    headers: { X-Api-Key: ${INLINE} }\n`,
    ],
    ['misspelled', `channels:\n  a:\n    type: slack\n    ur: ${INLINE}\n    url: \${env:HOOK}\n`],
    ['a list', `channels:\n  a:\n    type: slack\n    url: [${INLINE}]\n`],
    ['no YAML', `channels:\n  a:\n    type: slack\n    url: "${INLINE}\n`],
    ['a half reference', `channels:\n  a:\n    type: slack\n    url: \${env:HOOK}${INLINE}\n`],
  ])('%s', async (_, yaml) => {
    const said = await problem(yaml);
    expect(said).toMatch(/config\.yaml:\d+:\d+/);
    expect(said).not.toContain(INLINE);
    expect(said).not.toContain('12345678');
  });

  test('and the remedy is named', async () => {
    expect(await problem(`channels:\n  a:\n    type: slack\n    url: ${INLINE}\n`)).toContain(
      `\`url\` must come from elsewhere: write \${env:NAME} or \${file:/path}`,
    );
  });
});

describe('a secret file', () => {
  const yaml = (): string =>
    `channels:\n  a:\n    type: pagerduty\n    routing-key: \${file:${secretFile}}\n`;

  test.each([
    [0o600, 'nothing is wrong'],
    [0o400, 'nothing is wrong'],
    [0o640, 'nothing is wrong'],
    [0o644, `chmod 600 ${secretFile}`],
    [0o660, `chmod 600 ${secretFile}`],
    [0o604, `chmod 600 ${secretFile}`],
  ])('of mode %o', async (mode, expected) => {
    chmodSync(secretFile, mode);
    expect(await problem(yaml())).toContain(expected);
  });

  test.each([
    ['', 'is empty'],
    ['\n', 'is empty'],
    ['two\nlines\n', 'must be one line'],
    ['x'.repeat(20_000), 'is too large'],
  ])('that holds what is no secret', async (text, expected) => {
    writeFileSync(secretFile, text);
    expect(await problem(yaml())).toContain(expected);
  });

  test('may be where a link leads, as services mount them', async () => {
    const link = join(root, 'link');
    symlinkSync(secretFile, link);
    const { alerts } = await read(yaml().replace(secretFile, link));
    const [channel] = alerts?.channels ?? [];
    expect(channel?.type === 'pagerduty' && channel.routingKey.reveal()).toBe('sw0rdfish');
  });
});

test('a file with channels that everybody may write to is refused', async () => {
  writeFileSync(path, '');
  chmodSync(path, 0o666);
  expect(await problem('channels: { a: { type: command, run: [/bin/true] } }')).toContain(
    `chmod 644 ${path}`,
  );
});
