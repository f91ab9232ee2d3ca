// From a log to the other side through the program: check, alerts test, alerts dead.
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { CALM, CheckMachine, INVALID } from '../helpers/check-cli.ts';
import { startOclog } from '../helpers/child.ts';
import { HttpPeer } from '../helpers/http-peer.ts';

const SECRET = 'swordfish-swordfish';
let peer: HttpPeer;
beforeAll(async () => {
  peer = await HttpPeer.open();
});
afterAll(() => peer.close());
beforeEach(() => {
  peer.received.length = 0;
  peer.answers.length = 0;
});

class Site extends CheckMachine {
  readonly config = join(this.root, 'config.yaml');
  readonly got = join(this.root, 'got');

  configure(yaml: string): void {
    writeFileSync(this.config, yaml, { mode: 0o600 });
  }

  /** Without blocking: the other side lives in this process. */
  async oclog(
    ...args: readonly string[]
  ): Promise<{ readonly status: number | string | null; readonly stdout: string; readonly stderr: string }> {
    const child = startOclog(args, {
      ...{ OCLOG_STATE_DIR: this.stateDir, OCLOG_CONFIG: this.config, HOOK_SECRET: SECRET },
    });
    const status = await child.ended();
    return { status, ...child.said };
  }

  checks(...args: readonly string[]): ReturnType<Site['oclog']> {
    return this.oclog('check', '--host', 'vna', ...args, this.log);
  }

  webhook(extra = ''): void {
    this.configure(
      `channels:\n  hook:\n    type: webhook\n    url: ${peer.url}/\n    secret: \${env:HOOK_SECRET}\n${extra}`,
    );
  }

  files(folder: 'outbox' | 'dead'): readonly string[] {
    const path = join(this.stateDir, folder);
    return existsSync(path) ? readdirSync(path).sort() : [];
  }
}

test('a fault is told once, and its end', async () => {
  const site = new Site();
  site.webhook();
  site.write(INVALID, INVALID, CALM);
  const { status, stdout } = await site.checks();
  expect(status).toBe(2);
  expect(stdout).not.toContain('not delivered');
  expect(peer.bodies).toMatchObject([
    { type: 'notice', reason: 'new', incidents: [{ code: 'VNA1001', count: 2 }] },
  ]);
  expect(site.files('outbox')).toEqual([]);
  await site.checks();
  expect(peer.received).toHaveLength(1);
  expect((await site.oclog('alerts', 'resolve', 'VNA1001', '--reason', 'new key')).status).toBe(0);
  await site.checks();
  expect(peer.bodies[1]).toMatchObject({ reason: 'closed', state: 'resolved', open: 0 });
});

test('what fails waits, shows in the line, and is told by a later run', async () => {
  const site = new Site();
  site.webhook();
  site.write(INVALID, CALM);
  peer.answers.push({ status: 500, text: `sorry, ${SECRET}` });
  await site.checks();
  const [file = ''] = site.files('outbox');
  const body = JSON.parse(readFileSync(join(site.stateDir, 'outbox', file), 'utf8')) as {
    body: { nextTry: number };
  };
  expect(JSON.stringify(body)).not.toContain(SECRET);
  peer.answers.push({ status: 500 });
  while (Date.now() <= body.body.nextTry) await new Promise(setImmediate);
  const { stdout } = await site.checks();
  expect(stdout).toContain('note: 1 notice for hook not delivered yet');
  expect(stdout).toContain('answered 500: sorry');
  expect(peer.received).toHaveLength(2);
  expect(peer.received[1]?.headers['idempotency-key']).toBe(peer.received[0]?.headers['idempotency-key']);
});

test('a program as a channel: one that works hears of one that does not', async () => {
  const site = new Site();
  site.webhook(`  own:\n    type: command\n    run: [/bin/sh, -c, 'cat >> ${site.got}']\n`);
  site.write(INVALID, CALM);
  peer.answers.push({ status: 400, text: 'bad' });
  await site.checks();
  const told = readFileSync(site.got, 'utf8').trim().split('\n');
  expect(told.map((line) => (JSON.parse(line) as { reason: string }).reason)).toEqual(['new', 'dead-letter']);
  const { stdout } = await site.checks();
  expect(stdout).toContain('warning: 1 notice could not be delivered for good');

  const { stdout: list } = await site.oclog('alerts', 'dead', 'list');
  expect(list).toMatch(/^[0-9a-f]{16} {2}hook given up .*\n.*VNA1001.*\n {4}why: answered 400: bad\n$/);
  const id = list.slice(0, 16);
  expect((await site.oclog('alerts', 'dead', 'show', id)).stdout).toContain('oclog explain VNA1001');
  expect((await site.oclog('alerts', 'dead', 'retry', id)).stdout).toBe(
    '1 notice queued again for the next check\n',
  );
  await site.checks();
  expect(peer.received).toHaveLength(2);
  expect((await site.oclog('alerts', 'dead')).stdout).toContain('no dead letters');
});

test('a check that changes nothing queues nothing', async () => {
  const site = new Site();
  site.webhook();
  site.write(INVALID, CALM);
  await site.checks('--dry-run');
  expect(peer.received).toEqual([]);
  expect(site.files('outbox')).toEqual([]);
});

test('an answer that cannot be printed leaves the notice queued once', async () => {
  const site = new Site();
  site.webhook();
  site.write(INVALID, CALM);
  const full = startOclog(
    ['check', site.log, '--host', 'vna'],
    {
      ...{ OCLOG_STATE_DIR: site.stateDir, OCLOG_CONFIG: site.config, HOOK_SECRET: SECRET },
    },
    ['/bin/sh', '-c', 'exec "$@" > /dev/full', 'sh'],
  );
  expect(await full.ended()).toBe(3);
  expect(peer.received).toEqual([]);
  expect(site.files('outbox')).toHaveLength(1);
  await site.checks();
  expect(peer.received).toHaveLength(1);
});

test('a stalled channel ends with the deadline, and the answer came before', async () => {
  const site = new Site();
  site.webhook();
  site.write(INVALID, CALM);
  peer.answers.push('stall');
  const { status, stdout } = await site.checks('--deadline', '1s');
  expect(status).toBe(2);
  expect(stdout).toContain('VNA1001');
  expect(site.files('outbox')).toHaveLength(1);
});

test('Alertmanager hears of what is open at each run, and of its end', async () => {
  const site = new Site();
  site.configure(`channels:\n  am: { type: alertmanager, url: '${peer.url}', hold: 1h }\n`);
  site.write(INVALID, CALM);
  await site.checks();
  peer.received.length = 0;
  await site.checks();
  await site.checks();
  const alerts = peer.bodies as readonly (readonly { readonly endsAt: string; readonly labels: unknown }[])[];
  expect(alerts).toHaveLength(2);
  expect(alerts[0]?.[0]?.labels).toMatchObject({ alertname: 'VNA1001', instance: 'vna' });
  expect(Date.parse(alerts[0]?.[0]?.endsAt ?? '')).toBeGreaterThan(Date.now() + 3_000_000);
  await site.oclog('alerts', 'resolve', 'VNA1001', '--reason', 'new key');
  peer.received.length = 0;
  await site.checks();
  const [[over] = []] = peer.bodies as typeof alerts;
  expect(over?.labels).toEqual(alerts[0]?.[0]?.labels);
  expect(Date.parse(over?.endsAt ?? '')).toBeLessThanOrEqual(Date.now());
  peer.received.length = 0;
  await site.checks();
  expect(peer.received).toEqual([]);
});

test('cron mails that notices were given up, once', async () => {
  const site = new Site();
  site.webhook();
  site.write(INVALID, CALM);
  peer.answers.push({ status: 400 });
  expect((await site.checks('--cron')).stdout).toContain('VNA1001');
  const { stdout } = await site.checks('--cron');
  expect(stdout).toContain('could not be delivered for good');
  expect((await site.checks('--cron')).stdout).toBe('');
});

test('alerts test tries each channel', async () => {
  const site = new Site();
  site.webhook(`  own:\n    type: command\n    run: [/bin/false]\n`);
  const { status, stdout } = await site.oclog('alerts', 'test');
  expect({ status, stdout }).toEqual({
    status: 1,
    stdout: 'hook: delivered\nown: /bin/false ended with 1\n',
  });
  expect(peer.bodies).toMatchObject([{ reason: 'test' }]);
  expect((await site.oclog('alerts', 'test', '--channel', 'hook')).status).toBe(0);
  const { status: usage, stderr } = await site.oclog('alerts', 'test', '--channel', 'hok');
  expect(usage).toBe(2);
  expect(stderr).toContain('did you mean `hook`?');
});

test('alerts test says in words why nobody could be reached', async () => {
  const site = new Site();
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = closed.address() as AddressInfo;
  await new Promise((done) => closed.close(done));
  site.configure(`channels:\n  hook:\n    type: webhook\n    url: http://127.0.0.1:${port}/\n`);
  expect(await site.oclog('alerts', 'test')).toMatchObject({
    status: 1,
    stdout: 'hook: nothing listens at that address and port (ECONNREFUSED)\n',
  });
});

test('a broken configuration is UNKNOWN, with its place and without its secrets', async () => {
  const site = new Site();
  site.configure(`channels:\n  hook:\n    type: slack\n    url: https://${SECRET}.test/\n`);
  const { status, stdout, stderr } = await site.checks();
  expect(status).toBe(3);
  expect(stdout).toMatch(/^OCLOG UNKNOWN - `url` must come from elsewhere.*\(\S*config\.yaml:4:10\) \|/);
  expect(stdout + stderr).not.toContain(SECRET);
});

test('the file of the user is found by check, and no other command needs what it names', async () => {
  const site = new Site();
  mkdirSync(join(site.root, 'xdg', 'oclog'), { recursive: true });
  writeFileSync(join(site.root, 'xdg', 'oclog', 'config.yaml'), 'channels: { own: { type: nonsense } }\n');
  const env = { OCLOG_STATE_DIR: site.stateDir, XDG_CONFIG_HOME: join(site.root, 'xdg') };
  const check = startOclog(['check', site.log], env);
  expect(await check.ended()).toBe(3);
  expect(check.said.stdout).toContain('`type` has no value `nonsense`');
  const scan = startOclog(
    ['scan', '--config', join(site.root, 'xdg', 'oclog', 'config.yaml'), site.log],
    env,
  );
  expect(await scan.ended()).toBe(0);
});
