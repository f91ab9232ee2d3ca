// A real SMTP server, and a real sendmail, that checks hand their mail to.
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, jest, test } from '@jest/globals';
import { makeCertificate } from '../../helpers/certificate.ts';
import { CALM, CheckMachine, INVALID } from '../../helpers/check-cli.ts';
import { eventually } from '../../helpers/eventually.ts';
import { freePort } from '../../helpers/free-port.ts';
import { Peers } from '../../helpers/peers.ts';

jest.setTimeout(120_000);

const peers: Peers[] = [];
afterEach(async () => {
  for (const one of peers.splice(0)) await one.stop();
});

interface MailServer {
  readonly all: Peers;
  readonly port: number;
  mails(): readonly string[];
}

function greeting(port: number): Promise<string> {
  return new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1').setEncoding('utf8');
    socket.once('error', fail).once('data', (text: string) => {
      socket.destroy();
      done(text);
    });
  });
}

async function startServer(all: Peers, ...options: readonly string[]): Promise<MailServer> {
  peers.push(all);
  const port = await freePort();
  // Debian's own Python: another may come first on the path, without the package.
  all.start('/usr/bin/python3', [
    ...['-m', 'aiosmtpd', '-n', '-l', `localhost:${port}`, ...options],
    ...['-c', 'aiosmtpd.handlers.Mailbox', all.at('mailbox')],
  ]);
  await eventually(() => greeting(port), /^220 /);
  const folder = all.at('mailbox/new');
  return {
    all,
    port,
    mails: () =>
      readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('=\n', '')),
  };
}

function configured(all: Peers, channel: string): string {
  return all.write(
    'config.yaml',
    `channels:\n  netops:\n    type: mail\n    from: oclog@example.com\n    to: netops@example.com\n${channel}`,
  );
}

test('a mail server of this machine gets a fault, and its end, in one thread', async () => {
  const { all, port, mails } = await startServer(new Peers());
  const config = configured(all, `    server: 127.0.0.1\n    port: ${port}\n`);
  const machine = new CheckMachine();
  const check = () => machine.check('--config', config, '--quiet-after', '1s');
  machine.write(INVALID, CALM);
  expect(check().status).toBe(2);
  const [mail = ''] = mails();
  expect(mail).toMatch(/^Subject: \[oclog\] .*VNA1001/m);
  expect(mail).toMatch(/^To: netops@example.com$/m);
  expect(mail).toMatch(/^Auto-Submitted: auto-generated$/m);
  expect(mail).toContain('oclog explain VNA1001');
  expect(mail).toMatch(/^Message-ID: <oclog\.notice\.[0-9a-f]+@vna>$/m);

  check();
  expect(mails()).toHaveLength(1);
  await eventually(() => {
    machine.write(CALM);
    return String(check().status);
  }, /^0$/);
  expect(mails()).toHaveLength(2);
  const threads = mails().map((text) => /^References: (.*)$/m.exec(text)?.[1]);
  expect(threads[0]).toMatch(/^<oclog\.group\./);
  expect(threads[1]).toBe(threads[0]);
  expect(
    mails()
      .map((text) => /^X-Oclog-State: (.*)$/m.exec(text)?.[1])
      .sort(),
  ).toEqual(['firing', 'quiet']);
});

test('with STARTTLS only to a server whose certificate is trusted', async () => {
  const all = new Peers();
  const { key, certificate } = makeCertificate(all.dir, 'localhost');
  const { port, mails } = await startServer(all, '--tlscert', certificate, '--tlskey', key);
  const config = configured(all, `    server: localhost\n    port: ${port}\n    security: starttls\n`);
  const machine = new CheckMachine();
  machine.write(INVALID, CALM);
  const refused = machine.check('--config', config);
  expect(refused.status).toBe(2);
  expect(mails()).toEqual([]);

  // Queued on the disk, and sent once it can be: as soon as its turn comes, with the same id.
  machine.env['NODE_EXTRA_CA_CERTS'] = certificate;
  await eventually(() => {
    machine.check('--config', config);
    return String(mails().length);
  }, /^1$/);
  expect(mails()[0]).toMatch(/^Subject: \[oclog\] .*VNA1001/m);
});

test('to a server without STARTTLS nothing is sent where it is wanted', async () => {
  const { all, port, mails } = await startServer(new Peers());
  const config = configured(all, `    server: localhost\n    port: ${port}\n    security: starttls\n`);
  const machine = new CheckMachine();
  machine.write(INVALID, CALM);
  machine.check('--config', config);
  expect(mails()).toEqual([]);
});

test('sendmail, here that of msmtp, takes a mail and passes it on', async () => {
  const { all, port, mails } = await startServer(new Peers());
  const words = `--host=127.0.0.1 --port=${port} --from=oclog@example.com`;
  const sendmail = all.script('sendmail', `exec msmtp ${words} "$@"`);
  const machine = new CheckMachine();
  machine.write(INVALID, CALM);
  machine.check('--config', configured(all, `    sendmail: ${sendmail}\n`));
  expect(mails()).toHaveLength(1);
  expect(mails()[0]).toMatch(/^Subject: \[oclog\] .*VNA1001/m);
  expect(mails()[0]).toContain('netops@example.com');
});
