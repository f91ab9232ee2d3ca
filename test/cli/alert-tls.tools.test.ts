// Channels over TLS and through a proxy, as servers behind a firewall need it: certificates made by openssl, a proxy that
// only connects.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { makeCertificate } from '../helpers/certificate.ts';
import { startOclog } from '../helpers/child.ts';

const folder = mkdtempSync(join(tmpdir(), 'oclog-tls-'));
const config = join(folder, 'config.yaml');
/** A name that nobody else resolves. */
const HOST = 'hooks.oclog.test';
const { key, certificate } = makeCertificate(folder, HOST);
const received: string[] = [];
const connected: string[] = [];
let server: Server;
let proxy: Server;

beforeAll(async () => {
  server = createTlsServer(
    { cert: readFileSync(certificate), key: readFileSync(key) },
    (request, response) => {
      received.push(request.url ?? '');
      request.resume();
      response.end('ok');
    },
  );
  proxy = createServer();
  proxy.on('connect', (request, socket, head) => {
    connected.push(request.url ?? '');
    const upstream = connect((server.address() as AddressInfo).port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [upstream, socket]) end.on('error', () => undefined);
  });
  for (const one of [server, proxy]) await new Promise<void>((done) => one.listen(0, '127.0.0.1', done));
  writeFileSync(config, `channels:\n  chat: { type: webhook, url: 'https://${HOST}/hook' }\n`, {
    mode: 0o600,
  });
});
afterAll(async () => {
  for (const one of [server, proxy]) {
    one.closeAllConnections();
    await new Promise((done) => one.close(done));
  }
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  received.length = 0;
  connected.length = 0;
});

async function tryChannel(env: Record<string, string>): Promise<{ status: unknown; stdout: string }> {
  const child = startOclog(['alerts', 'test', '--config', config], env);
  return { status: await child.ended(), stdout: child.said.stdout };
}

function proxyUrl(): string {
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

test('through a proxy of the environment, with certificates of our own', async () => {
  const ran = await tryChannel({ HTTPS_PROXY: proxyUrl(), NODE_EXTRA_CA_CERTS: certificate });
  expect(ran).toEqual({ status: 0, stdout: 'chat: delivered\n' });
  expect(connected).toEqual([`${HOST}:443`]);
  expect(received).toEqual(['/hook']);
});

test('a certificate that nobody vouches for gets nothing', async () => {
  const { status, stdout } = await tryChannel({ HTTPS_PROXY: proxyUrl() });
  expect(status).toBe(1);
  expect(stdout).toMatch(/chat: .*(?:SELF_SIGNED|self-signed)/);
  expect(received).toEqual([]);
});

test('NO_PROXY is heeded', async () => {
  const { status } = await tryChannel({ HTTPS_PROXY: proxyUrl(), NO_PROXY: '.oclog.test' });
  expect(status).toBe(1);
  expect(connected).toEqual([]);
});
