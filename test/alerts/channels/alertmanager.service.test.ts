// A real Alertmanager, told by checks: what is said again is one alert, and what is over is resolved.

import { afterEach, expect, jest, test } from '@jest/globals';
import { CALM, CheckMachine, DENIED, INVALID } from '../../helpers/check-cli.ts';
import { eventually } from '../../helpers/eventually.ts';
import { freePort } from '../../helpers/free-port.ts';
import { HttpPeer } from '../../helpers/http-peer.ts';
import { fetchText, Peers } from '../../helpers/peers.ts';

jest.setTimeout(120_000);

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

interface Told {
  readonly status: string;
  readonly alerts: readonly { readonly status: string; readonly labels: Record<string, string> }[];
}

async function startAlertmanager() {
  const receiver = await HttpPeer.open();
  ends.push(() => receiver.close());
  const all = new Peers();
  ends.push(() => all.stop());
  const port = await freePort();
  const file = all.write(
    'alertmanager.yml',
    `route: { receiver: hook, group_by: [alertname], group_wait: 1s, group_interval: 1s, repeat_interval: 1h }
receivers:
  - name: hook
    webhook_configs:
      - url: ${receiver.url}/
        send_resolved: true
`,
  );
  all.start('prometheus-alertmanager', [
    `--config.file=${file}`,
    `--storage.path=${all.at('data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--cluster.listen-address=',
  ]);
  await eventually(() => fetchText(port, '/-/ready'), /OK/);
  const config = all.write(
    'config.yaml',
    `channels:\n  on-call:\n    type: alertmanager\n    url: http://127.0.0.1:${port}\n    labels: { team: netops }\n`,
  );
  return {
    config,
    alerts: () => fetchText(port, '/api/v2/alerts'),
    told: () => receiver.received.map(({ body }) => JSON.parse(body) as Told),
  };
}

test('Alertmanager has one alert of a fault that is told again and again, and resolves it', async () => {
  const machine = new CheckMachine();
  const { told, config, alerts } = await startAlertmanager();
  const check = () => machine.check('--config', config, '--quiet-after', '1s');
  machine.write(INVALID, CALM);
  expect(check().status).toBe(2);
  const first = JSON.parse(await alerts()) as readonly Record<string, unknown>[];
  expect(first).toMatchObject([
    {
      labels: { alertname: 'VNA1001', severity: 'critical', instance: 'vna', team: 'netops' },
      annotations: { help: 'oclog explain VNA1001', count: '1' },
      status: { state: 'active' },
    },
  ]);
  await eventually(() => String(told().length), /^1$/);
  expect(told()[0]).toMatchObject({ status: 'firing', alerts: [{ status: 'firing' }] });

  // Seen again, and said again though nothing is new: as Alertmanager wants it, which would forget it otherwise.
  machine.write(INVALID, CALM);
  expect(check().status).toBe(2);
  expect(check().status).toBe(2);
  const again = JSON.parse(await alerts()) as readonly Record<string, unknown>[];
  expect(again).toHaveLength(1);
  expect(again[0]).toMatchObject({
    fingerprint: first[0]?.['fingerprint'],
    startsAt: first[0]?.['startsAt'],
    annotations: { count: '2' },
  });
  expect(Date.parse(String(again[0]?.['endsAt']))).toBeGreaterThan(Date.parse(String(first[0]?.['endsAt'])));

  await eventually(() => {
    machine.write(CALM);
    return String(check().status);
  }, /^0$/);
  await eventually(alerts, /^\[\]\s*$/);
  await eventually(
    () =>
      told()
        .map(({ status }) => status)
        .join(),
    /^firing,resolved$/,
  );
  expect(told()[1]?.alerts.map(({ status, labels }) => [status, labels['alertname']])).toEqual([
    ['resolved', 'VNA1001'],
  ]);
});

test('what was told before a memory was lost is no second alert', async () => {
  const machine = new CheckMachine();
  const { config, alerts } = await startAlertmanager();
  machine.write(INVALID, DENIED, CALM);
  machine.check('--config', config);
  const before = JSON.parse(await alerts()) as readonly { readonly fingerprint: string }[];
  expect(machine.check('--reset', '--yes').status).toBe(0);
  expect(machine.check('--config', config).status).toBe(2);
  const after = JSON.parse(await alerts()) as readonly { readonly fingerprint: string }[];
  expect(before.length).toBeGreaterThan(0);
  expect(after.map(({ fingerprint }) => fingerprint)).toEqual(before.map(({ fingerprint }) => fingerprint));
});
