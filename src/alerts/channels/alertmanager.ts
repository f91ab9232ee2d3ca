// Alertmanager's API v2. It forgets what is not said again, so open faults are sent at each run; labels name the fault and
// stay the same, whatever becomes of it.
import type { Advice } from '../../findings/finding.ts';
import { Secret } from '../../lib/secret.ts';
import { adviceKey, type Incident, isOpen } from '../alert.ts';
import { explainCommand } from '../own-faults.ts';
import type { Channel, Message } from './channel.ts';
import { SENT } from './channel.ts';
import { Http } from './http.ts';
import type { AlertmanagerSettings } from './settings.ts';

const MOST_ANNOTATION = 4000;

interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
}

/** `now` in milliseconds. */
export function openAlertmanager(settings: AlertmanagerSettings, now: () => number): Channel {
  const http = new Http();
  const url = new Secret(`${settings.url.reveal().replace(/\/+$/, '')}/api/v2/alerts`);
  const headers = authorization(settings);
  const post: (alerts: readonly Alert[], signal: AbortSignal) => ReturnType<Channel['send']> = async (
    alerts,
    signal,
  ) => (alerts.length === 0 ? SENT : http.post(url, { body: JSON.stringify(alerts), headers, signal }));
  return {
    send: ({ notice }: Message, signal) =>
      post(
        notice.incidents.map((one) => alertOf(one, settings, now(), notice.advice[adviceKey(one)])),
        signal,
      ),
    refresh: (incidents, adviceOf, signal) =>
      post(
        incidents.map((one) => alertOf(one, settings, now(), adviceOf(one))),
        signal,
      ),
    close: () => http.close(),
  };
}

function authorization({ user, password, token }: AlertmanagerSettings): Record<string, string> {
  if (token !== null) return { authorization: `Bearer ${token.reveal()}` };
  if (user === null) return {};
  const pair = Buffer.from(`${user}:${password?.reveal() ?? ''}`).toString('base64');
  return { authorization: `Basic ${pair}` };
}

function alertOf(
  incident: Incident,
  { labels, hold }: AlertmanagerSettings,
  now: number,
  advice: Advice | undefined,
): Alert {
  const { code, rule, severity, host, plugin, account, region, service, fingerprint } = incident;
  const own = {
    alertname: code,
    job: 'oclog',
    rule,
    severity,
    instance: host,
    plugin,
    account,
    region,
    service,
    fingerprint,
  };
  const ends = isOpen(incident.state) ? now + hold : Math.min(now, incident.changedAt);
  return {
    labels: { ...present(own), ...labels },
    annotations: annotationsOf(incident, advice),
    startsAt: new Date(Math.min(incident.since, ends)).toISOString(),
    endsAt: new Date(ends).toISOString(),
  };
}

/** What was sent last holds: so they are the same in a notice and in its repetition. */
function annotationsOf(incident: Incident, advice: Advice | undefined): Record<string, string> {
  const { title, code, count, lastTime, variant, example, state, resolvedBy } = incident;
  return present({
    summary: `${code} ${title}`,
    state,
    count: String(count),
    last: lastTime,
    variant,
    where: `${example.path}:${example.line}`,
    message: example.message,
    fix: advice?.summary.slice(0, MOST_ANNOTATION) ?? null,
    proof: resolvedBy,
    help: explainCommand(code),
  });
}

/** Alertmanager takes no empty labels. */
function present(fields: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, string] => field[1] !== null && field[1] !== ''),
  );
}
