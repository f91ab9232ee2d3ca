// What is configured of channels, checked and ready to use.
import type { Severity } from '../../findings/finding.ts';
import { Secret } from '../../lib/secret.ts';

/** Which notices a channel is for. */
export interface Routing {
  /** Lower-case letters, digits and `-`: a part of file names. */
  readonly name: string;
  readonly minSeverity: Severity;
  /** Whether it is told that a fault is over, and again of one that is not. */
  readonly sendResolved: boolean;
  readonly sendRepeats: boolean;
  /** Codes it is for; `null`: all. */
  readonly codes: readonly string[] | null;
}

export interface MailSettings extends Routing {
  readonly type: 'mail';
  readonly from: string;
  readonly to: readonly string[];
  /** `null`: the program `sendmail` hands it to the local MTA. */
  readonly server: {
    readonly host: string;
    readonly port: number;
    /** `starttls` refuses a server that offers none; `auto` takes it where it is offered. */
    readonly security: 'tls' | 'starttls' | 'auto' | 'none';
    readonly user: string | null;
    readonly password: Secret | null;
  } | null;
  readonly sendmail: string;
}

export interface WebhookSettings extends Routing {
  readonly type: 'webhook';
  readonly url: Secret;
  /** Signs the body. */
  readonly secret: Secret | null;
  readonly headers: Readonly<Record<string, Secret>>;
}

export interface SlackSettings extends Routing {
  readonly type: 'slack';
  readonly url: Secret;
}

export interface TeamsSettings extends Routing {
  readonly type: 'teams';
  readonly url: Secret;
}

export interface PagerDutySettings extends Routing {
  readonly type: 'pagerduty';
  readonly routingKey: Secret;
  readonly url: Secret;
}

export interface AlertmanagerSettings extends Routing {
  readonly type: 'alertmanager';
  /** Up to where `/api/v2/alerts` begins. */
  readonly url: Secret;
  readonly user: string | null;
  readonly password: Secret | null;
  readonly token: Secret | null;
  readonly labels: Readonly<Record<string, string>>;
  /** How long an alert lives that is not sent again (ms). */
  readonly hold: number;
}

export interface SyslogSettings extends Routing {
  readonly type: 'syslog';
  readonly host: string;
  readonly port: number;
  readonly protocol: 'udp' | 'tcp' | 'tls';
  readonly facility: number;
}

export interface CommandSettings extends Routing {
  readonly type: 'command';
  /** The program and its arguments, which no shell reads. */
  readonly run: readonly [string, ...string[]];
}

export type ChannelSettings =
  | MailSettings
  | WebhookSettings
  | SlackSettings
  | TeamsSettings
  | PagerDutySettings
  | AlertmanagerSettings
  | SyslogSettings
  | CommandSettings;

export const CHANNEL_TYPES = [
  'mail',
  'webhook',
  'slack',
  'teams',
  'pagerduty',
  'alertmanager',
  'syslog',
  'command',
] as const satisfies readonly ChannelSettings['type'][];

/** What the channel must never have shown. */
export function secretsOf(settings: ChannelSettings): readonly Secret[] {
  return [...secretsIn(settings)];
}

function* secretsIn(value: unknown): Generator<Secret> {
  if (value instanceof Secret) yield value;
  else if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) yield* secretsIn(part);
}
