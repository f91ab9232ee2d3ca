// Any HTTP endpoint: the notice as JSON, signed so that the receiver can tell who sent it and when.
import { createHmac } from 'node:crypto';
import type { Channel } from './channel.ts';
import { Http } from './http.ts';
import { payloadOf } from './payload.ts';
import type { WebhookSettings } from './settings.ts';

/** `now` in milliseconds. */
export function openWebhook({ url, secret, headers }: WebhookSettings, now: () => number): Channel {
  const http = new Http();
  const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.reveal()]));
  return {
    send(message, signal) {
      const body = payloadOf(message);
      const time = String(Math.floor(now() / 1000));
      const signature: Record<string, string> =
        secret === null ? {} : { 'x-oclog-signature': signatureOf(secret.reveal(), time, body) };
      return http.post(url, {
        body,
        headers: { ...own, 'idempotency-key': message.notice.id, 'x-oclog-timestamp': time, ...signature },
        signal,
      });
    },
    close: () => http.close(),
  };
}

/** Over the time as well: what was overheard cannot be sent again later. */
function signatureOf(secret: string, time: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
}
