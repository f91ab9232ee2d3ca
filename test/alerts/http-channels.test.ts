// Each channel over HTTP against another side that works, fails, stalls, redirects, asks for time, or refuses.
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Channel, Outcome } from '../../src/alerts/channels/channel.ts';
import { openChannel } from '../../src/alerts/channels/open.ts';
import type { ChannelSettings } from '../../src/alerts/channels/settings.ts';
import { Secret } from '../../src/lib/secret.ts';
import { HttpPeer } from '../helpers/http-peer.ts';
import { ALL, firing, firingAndQuiet, HOSTILE, hostileSighting, messageOf } from '../helpers/notices.ts';

const NOW = Date.UTC(2026, 10, 23, 6);
let peer: HttpPeer;
let elsewhere: HttpPeer;
beforeAll(async () => {
  [peer, elsewhere] = await Promise.all([HttpPeer.open(), HttpPeer.open()]);
});
afterAll(async () => {
  await Promise.all([peer.close(), elsewhere.close()]);
});
beforeEach(() => {
  peer.received.length = 0;
  peer.answers.length = 0;
  elsewhere.received.length = 0;
});

function settingsOf(type: ChannelSettings['type'], url: string): ChannelSettings {
  const address = new Secret(url);
  switch (type) {
    case 'webhook':
      return {
        ...ALL,
        type,
        url: address,
        secret: new Secret('hush-hush'),
        headers: { 'x-token': new Secret('tok') },
      };
    case 'pagerduty':
      return { ...ALL, type, url: address, routingKey: new Secret('R0UT1NG') };
    case 'alertmanager':
      return {
        ...{ ...ALL, type, url: address, user: 'ann', password: new Secret('p'), token: null },
        ...{ labels: { team: 'net' }, hold: 3_600_000 },
      };
    case 'slack':
    case 'teams':
      return { ...ALL, type, url: address };
    default:
      throw new Error(type);
  }
}

async function send(
  type: ChannelSettings['type'],
  notice = firing(),
  signal = new AbortController().signal,
): Promise<Outcome> {
  const channel: Channel = await openChannel(settingsOf(type, `${peer.url}/in`), () => NOW);
  try {
    return await channel.send(messageOf(notice), signal);
  } finally {
    await channel.close();
  }
}

const TYPES = ['webhook', 'slack', 'teams', 'pagerduty', 'alertmanager'] as const;

describe.each(TYPES)('the channel %s', (type) => {
  test('delivers', async () => {
    expect(await send(type)).toEqual({ kind: 'sent' });
    expect(peer.received).toHaveLength(1);
    expect(peer.received[0]?.headers['content-type']).toBe('application/json');
  });

  test.each([500, 502, 503, 408, 425])('tries again after %i', async (status) => {
    peer.answers.push({ status, text: 'busy' });
    expect(await send(type)).toMatchObject({
      kind: 'failed',
      detail: `answered ${status}: busy`,
      retryAfterMs: null,
    });
  });

  test('waits as long as it is asked to', async () => {
    peer.answers.push({ status: 429, headers: { 'retry-after': '37' } });
    expect(await send(type)).toMatchObject({ kind: 'failed', retryAfterMs: 37_000, isDown: true });
    peer.answers.push({
      status: 503,
      headers: { 'retry-after': new Date(Date.now() + 60_000).toUTCString() },
    });
    const outcome = await send(type);
    expect(outcome.kind === 'failed' && (outcome.retryAfterMs ?? 0) > 50_000).toBe(true);
  });

  test.each([400, 401, 403, 404, 410, 413])('gives up at once after %i', async (status) => {
    peer.answers.push({ status, text: 'no' });
    expect(await send(type)).toEqual({ kind: 'refused', detail: `answered ${status}: no` });
  });

  test.each([301, 302, 307, 308])('follows no redirect (%i)', async (status) => {
    peer.answers.push({ status, headers: { location: `${elsewhere.url}/steal` } });
    expect(await send(type)).toMatchObject({ kind: 'refused' });
    expect(elsewhere.received).toEqual([]);
  });

  test('ends a try when it is told to', async () => {
    peer.answers.push('stall');
    const stop = new AbortController();
    const sent = send(type, firing(), stop.signal).catch((error: unknown) => String(error));
    while (peer.received.length === 0) await new Promise(setImmediate);
    stop.abort();
    expect(await sent).toContain('abort');
  });

  test('throws what the network throws', async () => {
    peer.answers.push('hang up');
    await expect(send(type)).rejects.toThrow();
  });

  test('sends what the log holds as text', async () => {
    await send(type);
    const [body] = peer.bodies;
    // Nowhere as markup of the medium: see the tests of each.
    expect(JSON.stringify(body)).toContain('evil.test');
  });
});

test('a channel talks in clear to this machine alone', async () => {
  const channel = await openChannel(settingsOf('slack', 'http://hooks.slack.test/x'), () => NOW);
  const outcome = await channel.send(messageOf(firing()), new AbortController().signal);
  await channel.close();
  expect(outcome).toEqual({ kind: 'refused', detail: 'only https:// is used for other machines' });
});

test('a webhook is signed over time and body, and known by its notice', async () => {
  const notice = firing();
  await send('webhook', notice);
  const { headers, body } = peer.first;
  const time = String(NOW / 1000);
  expect(headers['x-oclog-timestamp']).toBe(time);
  expect(headers['x-oclog-signature']).toBe(
    `sha256=${createHmac('sha256', 'hush-hush').update(`${time}.${body}`).digest('hex')}`,
  );
  expect(headers['idempotency-key']).toBe(notice.id);
  expect(headers['x-token']).toBe('tok');
  expect(JSON.parse(body)).toMatchObject({
    schemaVersion: 1,
    type: 'notice',
    id: notice.id,
    reason: 'new',
    open: 1,
    incidents: [{ code: 'VNA1001', state: 'firing', example: { message: HOSTILE } }],
  });
  expect(JSON.parse(body).text).toContain('aws sts get-caller-identity');
});

test('Slack reads nothing of the log as markup', async () => {
  await send('slack');
  const [body] = peer.bodies as [{ text: string; blocks: { type: string; text?: { type: string } }[] }];
  expect(body.text).not.toMatch(/[<>]/);
  expect(JSON.stringify(body.blocks)).not.toContain('mrkdwn');
  expect(body.blocks.length).toBeLessThanOrEqual(50);
  expect(body.blocks[0]?.type).toBe('header');
});

test('Slack gets no more than it takes', async () => {
  const many = Array.from({ length: 20 }, (_, n) =>
    hostileSighting({ region: `eu-west-${n}`, message: 'x'.repeat(300) }),
  );
  await send('slack', firing(...many));
  const [body] = peer.bodies as [{ text: string; blocks: { text?: { text: string } }[] }];
  for (const block of body.blocks) expect(block.text?.text.length ?? 0).toBeLessThanOrEqual(3000);
  expect(body.blocks.length).toBeLessThanOrEqual(50);
});

test('PagerDuty has one incident a group, resolved when all of it is over', async () => {
  const [began, over] = firingAndQuiet();
  await send('pagerduty', began);
  await send('pagerduty', over);
  expect(peer.bodies).toMatchObject([
    {
      routing_key: 'R0UT1NG',
      event_action: 'trigger',
      dedup_key: `oclog-${began.group}`,
      payload: { severity: 'critical', source: 'vna', component: 'AWS_PLUGIN', class: 'VNA1001' },
    },
    { routing_key: 'R0UT1NG', event_action: 'resolve', dedup_key: `oclog-${began.group}` },
  ]);
});

test('Alertmanager knows a fault by labels that stay, and when it began and ended', async () => {
  const [began, over] = firingAndQuiet();
  await send('alertmanager', began);
  await send('alertmanager', over);
  const [[first], [last]] = peer.bodies as [Record<string, unknown>[], Record<string, unknown>[]];
  expect(peer.received[0]?.path).toBe('/in/api/v2/alerts');
  expect(peer.received[0]?.headers.authorization).toBe(`Basic ${Buffer.from('ann:p').toString('base64')}`);
  expect(first).toMatchObject({
    labels: { alertname: 'VNA1001', severity: 'critical', instance: 'vna', team: 'net' },
    annotations: { fix: 'Make a new key.', help: 'oclog explain VNA1001' },
    endsAt: new Date(NOW + 3_600_000).toISOString(),
  });
  expect(last?.['labels']).toEqual(first?.['labels']);
  expect(last?.['startsAt']).toBe(first?.['startsAt']);
  expect(Date.parse(String(last?.['endsAt']))).toBeLessThanOrEqual(NOW);
  const labels = Object.values((first?.['labels'] ?? {}) as object);
  expect(labels.every((value) => typeof value === 'string' && value !== '')).toBe(true);
});

test('Alertmanager hears again of what is open', async () => {
  const channel = await openChannel(settingsOf('alertmanager', peer.url), () => NOW);
  const { incidents } = firing();
  const outcome = await channel.refresh?.(incidents, () => undefined, new AbortController().signal);
  await channel.close();
  expect(outcome).toEqual({ kind: 'sent' });
  expect(peer.bodies).toMatchObject([[{ labels: { alertname: 'VNA1001' } }]]);
});
