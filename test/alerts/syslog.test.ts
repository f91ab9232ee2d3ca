// Syslog lines as a strict reader of RFC 5424 takes them apart, and the ways they travel.
import { createSocket } from 'node:dgram';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import type { SyslogSettings } from '../../src/alerts/channels/settings.ts';
import { openSyslog, syslogLines } from '../../src/alerts/channels/syslog.ts';
import { ALL, firing, firingAndQuiet, hostileSighting, messageOf } from '../helpers/notices.ts';

interface Parsed {
  readonly facility: number;
  readonly severity: number;
  readonly host: string;
  readonly app: string;
  readonly id: string;
  readonly data: Readonly<Record<string, string>>;
  readonly message: string;
}

const HEADER =
  /^<(\d{1,3})>1 (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,6}Z) ([!-~]{1,255}) ([!-~]{1,48}) ([!-~]{1,128}) ([!-~]{1,32}) /;
const ELEMENT = /^\[([!#-<>-\\^-~]{1,32})((?: [!#-<>-\\^-~]{1,32}="(?:[^"\\\]]|\\["\\\]])*")*)\](?: (.*))?$/s;

/** Throws for whatever the grammar of the RFC does not know. */
function parse(line: string): Parsed {
  const header = HEADER.exec(line);
  if (header === null) throw new Error(`no header: ${line}`);
  const [all, priority, , host = '', app = '', , id = ''] = header;
  const element = ELEMENT.exec(line.slice(all.length));
  if (element === null) throw new Error(`no structured data: ${line}`);
  const [, name, parameters = '', message = ''] = element;
  if (name !== 'oclog@32473' || /[\r\n\u0000\ufeff]/.test(line)) throw new Error(`not clean: ${line}`);
  const data = Object.fromEntries(
    Array.from(parameters.matchAll(/ ([^=]+)="((?:[^"\\\]]|\\.)*)"/g), ([, key = '', value = '']) => [
      key,
      value.replace(/\\(.)/g, '$1'),
    ]),
  );
  return { facility: Number(priority) >> 3, severity: Number(priority) & 7, host, app, id, data, message };
}

const LOCAL3 = 19;

describe('a line', () => {
  test('tells of the fault', () => {
    const notice = firing();
    const [line = '', ...others] = syslogLines(messageOf(notice), LOCAL3);
    expect(others).toEqual([]);
    expect(parse(line)).toMatchObject({
      ...{ facility: LOCAL3, severity: 2, host: 'vna', app: 'oclog', id: 'VNA1001' },
      data: { id: notice.id, state: 'firing', reason: 'new', plugin: 'AWS_PLUGIN' },
    });
    expect(parse(line).message).toContain('CRITICAL VNA1001');
  });

  test('of a fault that is over is a notice', () => {
    const [, over] = firingAndQuiet();
    expect(parse(syslogLines(messageOf(over), 3)[0] ?? '')).toMatchObject({ facility: 3, severity: 5 });
  });

  test('holds hostile values as values', () => {
    const region = 'x"] [evil@1 a="b\\';
    const [line = ''] = syslogLines(messageOf(firing(hostileSighting({ region }))), 3);
    expect(parse(line).data['region']).toBe(region);
  });

  test('stands for each fault of a notice', () => {
    const notice = firing(hostileSighting({ region: 'eu-west-1' }), hostileSighting({ region: 'eu-west-2' }));
    const lines = syslogLines(messageOf(notice), 3).map(parse);
    expect(lines.map(({ data }) => data['region']).sort()).toEqual(['eu-west-1', 'eu-west-2']);
  });

  test('is short enough, and ends in a whole character', () => {
    const title = 'ü'.repeat(5000);
    const message = messageOf(
      firing(hostileSighting({ title, host: 'h\u00fc'.repeat(400), plugin: '€'.repeat(500) })),
    );
    const [line = ''] = syslogLines({ ...message, text: { ...message.text, headline: title } }, 3);
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(2048);
    expect(line).not.toContain('\ufffd');
    parse(line);
  });
});

function settings(port: number, protocol: SyslogSettings['protocol']): SyslogSettings {
  return { ...ALL, type: 'syslog', host: '127.0.0.1', port, protocol, facility: 3 };
}

const NEVER = new AbortController().signal;

test('UDP: a datagram a line', async () => {
  const socket = createSocket('udp4');
  const got: string[] = [];
  socket.on('message', (bytes) => got.push(bytes.toString('utf8')));
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
  const message = messageOf(firing());
  expect(await openSyslog(settings(socket.address().port, 'udp')).send(message, NEVER)).toEqual({
    kind: 'sent',
  });
  while (got.length === 0) await new Promise(setImmediate);
  expect(got).toEqual(syslogLines(message, 3));
  socket.close();
});

test('UDP: where nobody listens it fails', async () => {
  const socket = createSocket('udp4');
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
  const { port } = socket.address();
  await new Promise<void>((done) => socket.close(done));
  await expect(openSyslog(settings(port, 'udp')).send(messageOf(firing()), NEVER)).rejects.toThrow(
    'ECONNREFUSED',
  );
});

test('TCP: octets are counted', async () => {
  let got = '';
  const server = createServer((socket) => {
    socket.setEncoding('utf8').on('data', (text: string) => {
      got += text;
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const notice = firing(hostileSighting({ region: 'eu-west-1' }), hostileSighting({ region: 'eu-west-2' }));
  const message = messageOf(notice);
  const channel = openSyslog(settings((server.address() as AddressInfo).port, 'tcp'));
  expect(await channel.send(message, NEVER)).toEqual({ kind: 'sent' });
  await new Promise((done) => server.close(done));
  const lines: string[] = [];
  for (let rest = Buffer.from(got); rest.length > 0; ) {
    const [, count = ''] = /^(\d+) /.exec(rest.toString('latin1')) ?? [];
    const start = count.length + 1;
    lines.push(rest.subarray(start, start + Number(count)).toString('utf8'));
    rest = rest.subarray(start + Number(count));
  }
  expect(lines).toEqual(syslogLines(message, 3));
});

test('TCP: where nobody listens it fails', async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  await expect(openSyslog(settings(port, 'tcp')).send(messageOf(firing()), NEVER)).rejects.toThrow(
    'ECONNREFUSED',
  );
});
