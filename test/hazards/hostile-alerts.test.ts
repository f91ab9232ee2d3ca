// Log text, paths and words of people that hold secrets or try to steer whoever reads them: through a check into all that
// it prints, keeps and sends.

import { createSocket, type Socket } from 'node:dgram';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { leak, SECRETS } from '../findings/redact-samples.ts';
import { MAIN } from '../helpers/cli.ts';
import { type Ended, runProgram } from '../helpers/faults/lab.ts';
import { HttpPeer } from '../helpers/http-peer.ts';

const root = mkdtempSync(join(tmpdir(), 'oclog-hostile-alerts-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const planted = Object.values(SECRETS).map((make, index) => make(index + 7));
const [key = '', session = '', old = '', signature = '', short = ''] = planted;

const CONTROLS = '\x1b[31m \x1b]0;owned\x07 \x9b2J \u202eevil\u2066 \u2028x \ufeff \u200b \0 \r';
const MARKUP = `=cmd|'/c calc'!A1 | a=1;;; | "q" \\n <!channel> <https://evil.test|x> **md** <script>x</script> ]]> {{ x }}`;
const SAID = `secretKey=${key} X-Amz-Security-Token=${session} session_token => ${old} Signature=${signature}, password="${short}"`;
const HOSTILE = `${CONTROLS} ${MARKUP} ${SAID}`;
/** What no line may hold. */
const STEERING = /[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?![\n])\p{Cc}/u;

const folder = join(root, `lo|g 'a' ="b"\n\x1b[5m`);
const log = join(folder, 'oc.log');
const stateDir = join(root, 'state');
const textfile = join(root, 'oclog.prom');
const mails = join(root, 'mails');

const ran: Ended[] = [];
let peer: HttpPeer;
let syslog: Socket;
const datagrams: string[] = [];

function oclog(...args: readonly string[]): Promise<Ended> {
  const env = { CHAT_URL: `${peer.url}/chat`, ROUTING: 'R0UT1NG-K3Y-OF-OURS' };
  return runProgram([process.execPath, MAIN, ...args, '--state-dir', stateDir], env).then((ended) => {
    ran.push(ended);
    return ended;
  });
}

const check = (...more: readonly string[]): Promise<Ended> =>
  oclog(
    ...['check', log, '--config', join(root, 'config.yaml'), '--host', 'vna-1', '--textfile', textfile],
    ...['--lookback', '9999d', '--record-timeout', '0s', ...more],
  );

beforeAll(async () => {
  peer = await HttpPeer.open();
  syslog = createSocket('udp4');
  syslog.on('message', (message) => datagrams.push(message.toString()));
  await new Promise<void>((done) => syslog.bind(0, '127.0.0.1', done));
  mkdirSync(folder);
  const sendmail = join(root, 'sendmail');
  writeFileSync(sendmail, `#!/bin/sh\ncat >> ${mails}\n`);
  chmodSync(sendmail, 0o755);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is how people write it
  const [url, routing] = ['${env:CHAT_URL}', '${env:ROUTING}'];
  writeFileSync(
    join(root, 'config.yaml'),
    JSON.stringify({
      channels: {
        hook: { type: 'webhook', url: peer.url },
        slack: { type: 'slack', url },
        teams: { type: 'teams', url },
        pager: { type: 'pagerduty', url: peer.url, 'routing-key': routing },
        prom: { type: 'alertmanager', url: peer.url },
        syslog: { type: 'syslog', server: '127.0.0.1', port: syslog.address().port },
        mail: { type: 'mail', from: 'oclog@vna.test', to: 'ops@vna.test', sendmail },
        // Its notices stay on the disk, and what it complains of with them.
        broken: { type: 'command', run: ['/bin/sh', '-c', `echo 'secretKey=${key}' >&2; cat >&2; exit 1`] },
      },
    }),
  );
  writeFileSync(
    log,
    `2026-11-21 09:00:00,000 ERROR [AWS_PLUGIN] (t${HOSTILE.replaceAll('\r', '')}) ${HOSTILE} com.amazonaws.AmazonServiceException: The security token included in the request is invalid. ${HOSTILE} (Service: Amazon${CONTROLS}SNS; Status Code: 403; Error Code: InvalidClientTokenId; Request ID: x)\n${HOSTILE}\n2026-11-21 09:00:01,000 ERROR [AWS_PLUGIN] (t) User: arn:aws:iam::123456789012:user/${HOSTILE} is not authorized to perform: ec2:DescribeInstances (Service: AmazonEC2; Status Code: 403; Error Code: UnauthorizedOperation; Request ID: b)\n`,
  );
  await check();
  const people = ['--reason', HOSTILE.replaceAll('\0', ''), '--by', `eve ${SAID}`];
  await oclog('alerts', 'list');
  await oclog('alerts', 'list', '--format', 'json');
  await oclog('alerts', 'silence', 'VNA1003', '--for', '2h', ...people);
  await oclog('alerts', 'ack', 'VNA1001', ...people);
  await oclog('alerts', 'list');
  await check('--format', 'ndjson');
  await oclog('alerts', 'resolve', 'VNA1001', ...people);
  await check('--format', 'json');
  await check('--cron');
  await oclog('alerts', 'dead');
  await oclog('check', log, '--show-state');
}, 120_000);
afterAll(async () => {
  await peer.close();
  syslog.close();
});

function kept(): readonly string[] {
  return readdirSync(stateDir, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
}

const sent = (): readonly string[] => [
  ...peer.received.flatMap(({ headers, body }) => [JSON.stringify(headers), body]),
  ...datagrams,
  readFileSync(mails, 'utf8'),
];
const printed = (): readonly string[] => ran.flatMap(({ stdout, stderr }) => [stdout, stderr]);

describe('text that holds secrets', () => {
  test.each<readonly [string, () => readonly string[]]>([
    ['prints', printed],
    ['keeps', kept],
    ['sends', sent],
    ['leaves for Prometheus', () => [readFileSync(textfile, 'utf8')]],
  ])('shows none of them in what a check %s', (_what, texts) => {
    expect(texts().length).toBeGreaterThan(0);
    for (const text of texts()) {
      const plain = text.replace(/=\r?\n/g, '');
      expect([leak(plain, planted), text.includes('R0UT1NG-K3Y') && !isPager(text)]).toEqual([
        undefined,
        false,
      ]);
    }
  });
});

/** PagerDuty wants its key in the body. */
function isPager(text: string): boolean {
  return text.includes('"routing_key"');
}

describe('text that steers', () => {
  test('is not printed', () => {
    for (const { stdout, stderr } of ran) {
      expect(stdout).not.toMatch(STEERING);
      expect(stderr).not.toMatch(STEERING);
    }
  });

  test('ends no line and begins no perfdata', () => {
    const lines = ran.map(({ stdout }) => stdout).filter((text) => text.startsWith('OCLOG '));
    expect(lines.length).toBeGreaterThan(0);
    for (const text of lines) {
      expect(text).toMatch(/^OCLOG \w+ - [^|\n]+ \| findings=\d+;;;0 [^|\n]+\n/);
      expect(text.split('|')).toHaveLength(2);
    }
  });

  test('is not sent', () => {
    for (const { body } of peer.received) {
      JSON.parse(body, (name, value: unknown) => {
        if (typeof value === 'string') expect(value).not.toMatch(STEERING);
        expect(name).not.toMatch(STEERING);
        return value;
      });
    }
    for (const line of datagrams) expect(line).not.toMatch(/\p{Cc}/u);
    expect(readFileSync(mails, 'utf8').replaceAll('\r\n', '\n')).not.toMatch(STEERING);
  });

  test('makes no label and no line of its own in the textfile', () => {
    for (const line of readFileSync(textfile, 'utf8').trimEnd().split('\n'))
      expect(line).toMatch(
        /^(?:# (?:HELP|TYPE) oclog_\w+ .+|oclog_\w+(?:\{(?:\w+="(?:[^"\\]|\\.)*",?)+\})? -?[\d.e+-]+)$/,
      );
  });

  test('reaches every channel, and as few times as it should', () => {
    expect(new Set(peer.received.map(({ path }) => path))).toEqual(new Set(['/', '/chat', '/api/v2/alerts']));
    expect(datagrams.length).toBeGreaterThan(0);
    expect(readFileSync(mails, 'utf8').match(/^Subject: .*/gm)?.length).toBeGreaterThan(0);
  });
});
