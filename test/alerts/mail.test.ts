// Mail by a real SMTP server, and by a program in sendmail's place.
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from '@jest/globals';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { Outcome } from '../../src/alerts/channels/channel.ts';
import { openMail } from '../../src/alerts/channels/mail.ts';
import type { MailSettings } from '../../src/alerts/channels/settings.ts';
import { Secret } from '../../src/lib/secret.ts';
import { ALL, firing, firingAndQuiet, hostileSighting, messageOf } from '../helpers/notices.ts';

interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
}

const folder = mkdtempSync(join(tmpdir(), 'oclog-mail-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const servers: SMTPServer[] = [];
afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => new Promise<void>((done) => server.close(() => done()))),
  );
});

class Failure extends Error {
  readonly responseCode: number;

  constructor(responseCode: number) {
    super(`says ${responseCode}`);
    this.responseCode = responseCode;
  }
}

async function serve(
  options: SMTPServerOptions = {},
): Promise<{ readonly port: number; readonly mails: Mail[] }> {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      let text = '';
      stream.setEncoding('utf8');
      stream.on('data', (chunk: string) => {
        text += chunk;
      });
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          text,
        });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  return { port: ((server.server as Server).address() as AddressInfo).port, mails };
}

type ServerSettings = NonNullable<MailSettings['server']>;

function settings(port: number | null, server: Partial<ServerSettings> = {}): MailSettings {
  const whole = { host: '127.0.0.1', port: port ?? 0, security: 'none', user: null, password: null } as const;
  return {
    ...{ ...ALL, type: 'mail', from: 'oclog <oclog@vna.test>', to: ['ops@test.test', 'boss@test.test'] },
    ...{ server: port === null ? null : { ...whole, ...server }, sendmail: '/usr/sbin/sendmail' },
  };
}

async function send(
  mail: MailSettings,
  notice = firing(),
  signal = new AbortController().signal,
): Promise<Outcome> {
  const channel = openMail(mail);
  try {
    return await channel.send(messageOf(notice), signal);
  } finally {
    await channel.close();
  }
}

/** Header fields, unfolded. */
function headersOf(text: string): Readonly<Record<string, string>> {
  const [head = ''] = text.split(/\r?\n\r?\n/);
  const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
    }),
  );
}

test('a server takes a mail that says what it is', async () => {
  const { port, mails } = await serve();
  const notice = firing();
  expect(await send(settings(port), notice)).toEqual({ kind: 'sent' });
  const [mail] = mails;
  expect(mail).toMatchObject({ from: 'oclog@vna.test', to: ['ops@test.test', 'boss@test.test'] });
  const headers = headersOf(mail?.text ?? '');
  expect(headers).toMatchObject({
    'auto-submitted': 'auto-generated',
    'message-id': `<oclog.notice.${notice.id}@vna>`,
    references: `<oclog.group.${notice.group}@vna>`,
    'x-oclog-severity': 'critical',
  });
  expect(headers['subject']).toContain('[oclog] CRITICAL VNA1001');
  expect(mail?.text).toContain('aws sts get-caller-identity');
});

test('what is said of one group is one thread, and what is sent again the same mail', async () => {
  const { port, mails } = await serve();
  const [began, over] = firingAndQuiet();
  for (const notice of [began, began, over]) await send(settings(port), notice);
  const [first, again, last] = mails.map(({ text }) => headersOf(text));
  expect(again?.['message-id']).toBe(first?.['message-id']);
  expect(last?.['message-id']).not.toBe(first?.['message-id']);
  expect(last?.['references']).toBe(first?.['references']);
  expect(last?.['subject']).toContain('QUIET');
});

test('a title cannot add a header', async () => {
  const { port, mails } = await serve();
  await send(settings(port), firing(hostileSighting({ title: 'x\r\nBcc: evil@evil.test\r\n\r\nbody' })));
  const headers = headersOf(mails[0]?.text ?? '');
  expect(headers['bcc']).toBeUndefined();
  expect(mails[0]?.to).toEqual(['ops@test.test', 'boss@test.test']);
});

test.each([
  [450, 'failed'],
  [451, 'failed'],
  [550, 'refused'],
  [554, 'refused'],
])('%i for all recipients: %s', async (code, kind) => {
  const { port } = await serve({ onRcptTo: (_address, _session, done) => done(new Failure(code)) });
  expect(await send(settings(port))).toMatchObject({ kind });
});

test('what a server takes for some is delivered, and the others are spoken of', async () => {
  const { port, mails } = await serve({
    onRcptTo: ({ address }, _session, done) => done(address.startsWith('boss') ? new Failure(550) : null),
  });
  expect(await send(settings(port))).toEqual({
    kind: 'sent',
    detail: 'the server took it, but not for 1 of the recipients',
  });
  expect(mails[0]?.to).toEqual(['ops@test.test']);
});

test('a wrong password is for good, and is not repeated', async () => {
  const { port } = await serve({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(new Failure(535)),
  });
  const outcome = await send(settings(port, { user: 'ann', password: new Secret('swordfish') }));
  expect(outcome.kind).toBe('refused');
  expect(JSON.stringify(outcome)).not.toContain('swordfish');
});

test('a server without STARTTLS gets nothing where it is asked for', async () => {
  const { port, mails } = await serve();
  expect(await send(settings(port, { security: 'starttls' }))).not.toMatchObject({ kind: 'sent' });
  expect(mails).toEqual([]);
});

test('a certificate that nobody vouches for gets nothing', async () => {
  const { port, mails } = await serve({ disabledCommands: [] });
  expect(await send(settings(port, { security: 'starttls' }))).not.toMatchObject({ kind: 'sent' });
  expect(mails).toEqual([]);
});

test('a server that stands still is let go of', async () => {
  const { port } = await serve({ onRcptTo: () => undefined });
  const channel = openMail(settings(port));
  const sent = channel.send(messageOf(firing()), new AbortController().signal);
  await new Promise((done) => servers[0]?.server.once('connection', done));
  await channel.close();
  expect(await sent).toMatchObject({ kind: 'failed' });
});

test('where nobody listens it fails', async () => {
  const { port } = await serve();
  await new Promise<void>((done) => servers.splice(0)[0]?.close(() => done()));
  expect(await send(settings(port))).toMatchObject({ kind: 'failed', isDown: true });
});

function program(name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

test("the machine's own sendmail gets the whole mail on standard input, and recipients by its headers alone", async () => {
  const sendmail = program('sendmail', `echo "$@" > ${folder}/args; cat > ${folder}/mail`);
  expect(await send({ ...settings(null), sendmail })).toEqual({ kind: 'sent' });
  expect(readFileSync(join(folder, 'args'), 'utf8')).toBe('-t -i\n');
  const mail = readFileSync(join(folder, 'mail'), 'utf8');
  expect(mail).not.toContain('\r');
  expect(headersOf(mail)).toMatchObject({
    to: 'ops@test.test, boss@test.test',
    'auto-submitted': 'auto-generated',
  });
});

test('a sendmail that fails is tried again, and quoted', async () => {
  const sendmail = program('broken', 'echo no queue >&2; exit 75');
  expect(await send({ ...settings(null), sendmail })).toMatchObject({
    kind: 'failed',
    detail: `${sendmail} ended with 75: no queue`,
  });
});
