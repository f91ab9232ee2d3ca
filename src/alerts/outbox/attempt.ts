// One try of one channel: it ends in time, and says what went wrong in one line that holds no secret.
import { guard, redactLine } from '../../findings/redact.ts';
import { systemCode } from '../../lib/errors.ts';
import { conceal } from '../../lib/secret.ts';
import type { Channel, Outcome } from '../channels/channel.ts';
import { type ChannelSettings, secretsOf } from '../channels/settings.ts';

/** No try lasts longer. */
export const TRY_MS = 10_000;
const MAX_DETAIL = 300;
const TOO_LATE: Outcome = { kind: 'failed', detail: 'no answer in time', retryAfterMs: null, isDown: true };

/** What a person can do something about. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^ECONNREFUSED$/, 'nothing listens at that address and port'],
  [/^ENOTFOUND$/, 'no such host'],
  [/^EAI_AGAIN$/, 'the name of the host could not be looked up'],
  [/^(?:ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/, 'no connection in time'],
  [/^(?:EHOSTUNREACH|ENETUNREACH)$/, 'there is no way to that host'],
  [/^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, 'the other side hung up'],
  [/CERT|^UNABLE_TO_VERIFY/, 'its certificate is not trusted; see NODE_EXTRA_CA_CERTS'],
];

type Action = (channel: Channel, signal: AbortSignal) => Promise<Outcome>;

/** Throws nothing. */
export async function attempt(
  settings: ChannelSettings,
  open: () => Promise<Channel>,
  action: Action,
  signal: AbortSignal,
): Promise<Outcome> {
  let stop: () => void = () => undefined;
  const late = new Promise<Outcome>((done) => {
    stop = () => done(TOO_LATE);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return worded(await Promise.race([open().then((channel) => action(channel, signal)), late]), settings);
  } catch (error) {
    return worded({ kind: 'failed', detail: wordsOf(error), retryAfterMs: null, isDown: true }, settings);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** By shape, not by class: of several reasons, as for several addresses of a host, the first. */
function wordsOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const first: unknown = 'errors' in error && Array.isArray(error.errors) ? error.errors[0] : error;
  const message = typeof first === 'object' && first !== null && 'message' in first ? first.message : first;
  const code = systemCode(first) ?? systemCode(error);
  if (code === undefined) return String(message);
  const words = WORDS.find(([codes]) => codes.test(code))?.[1];
  return words === undefined ? code : `${words} (${code})`;
}

function worded(outcome: Outcome, settings: ChannelSettings): Outcome {
  if (outcome.detail === undefined) return outcome;
  const detail = redactLine(conceal(outcome.detail, secretsOf(settings)), 'standard');
  return { ...outcome, detail: detail.slice(0, MAX_DETAIL) };
}

/** The last look at what is about to leave. */
export function guarded<T>(value: T): T {
  const text = JSON.stringify(value);
  const safe = guard(text);
  return safe === text ? value : (JSON.parse(safe) as T);
}
