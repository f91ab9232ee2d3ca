// One POST, as safely as can be: HTTPS but to this machine, certificates verified, no redirect followed, a bounded answer.
// Proxies are those of the environment; Node 20's own fetch knows none.
import { Agent, type Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import { BUILT_VERSION } from '../../lib/build.ts';
import { isLoopback } from '../../lib/loopback.ts';
import type { Secret } from '../../lib/secret.ts';
import { type Outcome, SENT } from './channel.ts';

const USER_AGENT = `oclog/${BUILT_VERSION ?? 'source'}`;
const CONNECT_MS = 5000;
const MOST_ANSWER = 4096;
const MOST_SHOWN = 160;
/** The other side could not take it now, or could not be reached behind what answered. */
const AGAIN = new Set([408, 425, 429]);
/** Nothing else would pass, either. */
const DOWN = new Set([429, 502, 503, 504]);

interface Post {
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export class Http {
  #dispatcher: { readonly direct: Agent; readonly proxied: EnvHttpProxyAgent } | null = null;

  /** Throws what the network throws. */
  async post(address: Secret, { body, headers = {}, signal }: Post): Promise<Outcome> {
    const url = new URL(address.reveal());
    const isNear = isLoopback(url.hostname);
    if (url.protocol !== 'https:' && !isNear)
      return { kind: 'refused', detail: 'only https:// is used for other machines' };
    const response = await request(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', 'user-agent': USER_AGENT, ...headers },
      signal,
      dispatcher: this.#agent(isNear),
    });
    return outcomeOf(response, await beginningOf(response.body));
  }

  async close(): Promise<void> {
    const dispatcher = this.#dispatcher;
    this.#dispatcher = null;
    await dispatcher?.direct.destroy();
    await dispatcher?.proxied.destroy();
  }

  #agent(isNear: boolean): Dispatcher {
    const options = { connect: { timeout: CONNECT_MS } };
    this.#dispatcher ??= { direct: new Agent(options), proxied: new EnvHttpProxyAgent(options) };
    return isNear ? this.#dispatcher.direct : this.#dispatcher.proxied;
  }
}

async function beginningOf(body: AsyncIterable<Buffer> & { destroy(): unknown }): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= MOST_ANSWER) break;
    }
  } catch {
    // The status has said all that matters.
  }
  body.destroy();
  return Buffer.concat(chunks).toString('utf8').slice(0, MOST_ANSWER);
}

function outcomeOf(response: Dispatcher.ResponseData, answer: string): Outcome {
  const { statusCode: status, headers } = response;
  if (status >= 200 && status < 300) return SENT;
  if (status >= 300 && status < 400)
    return { kind: 'refused', detail: `answered ${status}: redirects are not followed` };
  const words = answer.replace(/\s+/g, ' ').trim().slice(0, MOST_SHOWN);
  const detail = `answered ${status}${words === '' ? '' : `: ${words}`}`;
  if (!AGAIN.has(status) && status < 500) return { kind: 'refused', detail };
  return {
    kind: 'failed',
    detail,
    retryAfterMs: retryAfter(headers['retry-after']),
    isDown: DOWN.has(status),
  };
}

/** Seconds, or a date. */
function retryAfter(header: string | string[] | undefined): number | null {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}
