// A real rsyslogd that parses the lines of RFC 5424 which checks send it.
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { afterEach, expect, jest, test } from '@jest/globals';
import { CALM, CheckMachine, DENIED, INVALID } from '../../helpers/check-cli.ts';
import { eventually } from '../../helpers/eventually.ts';
import { freePort } from '../../helpers/free-port.ts';
import { Peers } from '../../helpers/peers.ts';

jest.setTimeout(240_000);

const peers: Peers[] = [];
afterEach(async () => {
  for (const one of peers.splice(0)) await one.stop();
});

const FIELDS = {
  severity: 'syslogseverity-text',
  facility: 'syslogfacility-text',
  version: 'protocol-version',
  host: 'hostname',
  app: 'app-name',
  process: 'procid',
  message: 'msgid',
  data: 'structured-data',
  text: 'msg',
};

async function startRsyslogd() {
  const all = new Peers();
  peers.push(all);
  const port = await freePort();
  const fields = Object.entries(FIELDS).map(
    ([name, property]) => `  property(outname="${name}" name="${property}" format="jsonf")`,
  );
  const file = all.write(
    'rsyslog.conf',
    `global(workDirectory="${all.dir}")
module(load="imtcp")
module(load="imudp")
input(type="imtcp" address="127.0.0.1" port="${port}" SupportOctetCountedFraming="on" ruleset="own")
input(type="imudp" address="127.0.0.1" port="${port}" ruleset="own")
template(name="json" type="list") {
  constant(value="{")
${fields.join('\n  constant(value=",")\n')}
  constant(value="}\\n")
}
ruleset(name="own") { action(type="omfile" file="${all.at('received')}" template="json") }
`,
  );
  all.write('received', '');
  all.start('rsyslogd', ['-n', '-f', file, '-i', all.at('pid')]);
  const received = (): string => readFileSync(all.at('received'), 'utf8');
  // The first datagram that arrives shows that it listens.
  const probe = createSocket('udp4');
  await eventually(() => {
    probe.send('<14>1 - h probe - - - ready', port, '127.0.0.1');
    return received();
  }, /probe/);
  probe.close();
  return { all, port, received };
}

test.each(['udp', 'tcp'])('rsyslogd parses what comes over %s', async (protocol) => {
  const { all, port, received } = await startRsyslogd();
  const config = all.write(
    'config.yaml',
    `channels:
  siem:
    type: syslog
    server: 127.0.0.1
    port: ${port}
    protocol: ${protocol}
    facility: local3
`,
  );
  const machine = new CheckMachine();
  const check = () => machine.check('--config', config, '--quiet-after', '1s');
  machine.write(INVALID, CALM);
  expect(check().status).toBe(2);
  const lines = await eventually(received, /VNA1001.*\n/);
  const line = lines.split('\n').find((one) => one.includes('VNA1001')) ?? '';
  expect(JSON.parse(line)).toEqual({
    severity: 'crit',
    facility: 'local3',
    version: '1',
    host: 'vna',
    app: 'oclog',
    process: '-',
    message: 'VNA1001',
    data: expect.stringMatching(
      /^\[oclog@32473 id="[0-9a-f]+" reason="new" group="[^"]+" state="firing" fingerprint="[0-9a-f]+" .*count="1"\]$/,
    ),
    text: expect.stringContaining('AWS does not recognise the access key'),
  });

  machine.write(DENIED, CALM);
  await eventually(() => {
    machine.write(CALM);
    return String(check().status);
  }, /^0$/);
  const over = await eventually(received, /state=\\"quiet\\".*\n/);
  const last = over.split('\n').find((one) => one.includes('quiet')) ?? '';
  expect(JSON.parse(last)).toMatchObject({ severity: 'notice', app: 'oclog' });
});
