// A mail channel: which server, how safely, and with which name.
import type { MailSettings, Routing } from '../alerts/channels/settings.ts';
import { isLoopback } from '../lib/loopback.ts';
import { type KeyPath, quote, type Report } from '../lib/yaml/problem.ts';
import type { ChannelSection } from './channel-schema.ts';
import type { Secrets } from './secrets.ts';

type Section = Extract<ChannelSection, { readonly type: 'mail' }>;
type Server = NonNullable<MailSettings['server']>;

const SENDMAIL = '/usr/sbin/sendmail';
const OF_SERVERS = ['port', 'security', 'user', 'password'] as const;

export async function mailOf(
  path: KeyPath,
  section: Section,
  routing: Routing,
  secrets: Secrets,
  report: Report,
): Promise<MailSettings> {
  const { from, to, sendmail = SENDMAIL, server } = section;
  if (!sendmail.startsWith('/')) report([...path, 'sendmail'], '`sendmail` must be a path from the root');
  const mail = { ...routing, type: 'mail', from, to, sendmail } as const;
  if (server !== undefined)
    return { ...mail, server: await serverOf(path, server, section, secrets, report) };
  for (const field of OF_SERVERS)
    if (section[field] !== undefined)
      report([...path, field], `${quote(field)} needs a \`server\``, { at: 'key' });
  return { ...mail, server: null };
}

async function serverOf(
  path: KeyPath,
  host: string,
  section: Section,
  secrets: Secrets,
  report: Report,
): Promise<Server> {
  const { user, password } = section;
  const security = section.security ?? usualSecurity(host, section.port);
  if (password !== undefined && (security === 'none' || security === 'auto') && !isLoopback(host))
    report([...path, 'password'], `\`password\` must not be sent with \`security: ${security}\``, {
      at: 'key',
      help: 'use starttls or tls',
    });
  if ((user === undefined) !== (password === undefined))
    report([...path, user === undefined ? 'password' : 'user'], '`user` and `password` go together', {
      at: 'key',
    });
  return {
    host,
    port: section.port ?? usualPort(host, security),
    security,
    user: user ?? null,
    password: await secrets.optional([...path, 'password'], password),
  };
}

/** The MTA of this machine needs none, and has no certificate that anyone trusts. */
function usualSecurity(host: string, port: number | undefined): Server['security'] {
  if (port === 465) return 'tls';
  return isLoopback(host) ? 'none' : 'starttls';
}

function usualPort(host: string, security: Server['security']): number {
  if (security === 'tls') return 465;
  return isLoopback(host) ? 25 : 587;
}
