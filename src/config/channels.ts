// From what is written of channels to what is used: secrets fetched, addresses checked, defaults filled in.
import type { ChannelSettings, Routing } from '../alerts/channels/settings.ts';
import { parseSpan } from '../lib/moment.ts';
import type { Secret } from '../lib/secret.ts';
import { type KeyPath, quote, type Report } from '../lib/yaml/problem.ts';
import { type ChannelSection, FACILITIES, SECRET } from './channel-schema.ts';
import { mailOf } from './mail-section.ts';
import { Secrets } from './secrets.ts';

type Of<T extends ChannelSection['type']> = Extract<ChannelSection, { readonly type: T }>;
type Settings<T extends ChannelSettings['type']> = Extract<ChannelSettings, { readonly type: T }>;

/** Names that hold secrets, whatever else a header may hold. */
const SECRET_HEADER = /auth|token|key|secret|cookie|pass/i;
const OWN_HEADER =
  /^(?:content-|host$|idempotency-key$|user-agent$|x-oclog-|connection$|transfer-encoding$)/i;
const FACILITY_CODES: ReadonlyMap<string, number> = new Map(
  FACILITIES.map((name, index) => [name, index === 0 ? 1 : index === 1 ? 3 : index + 14]),
);

/** One channel of the section; what is wrong is reported. */
export class ChannelReader {
  readonly #secrets: Secrets;
  readonly #report: Report;

  constructor(env: { readonly [name: string]: string | undefined }, report: Report) {
    this.#secrets = new Secrets(env, report);
    this.#report = report;
  }

  async read(name: string, section: ChannelSection): Promise<ChannelSettings> {
    const path = ['channels', name];
    const routing: Routing = {
      name,
      minSeverity: section['min-severity'],
      sendResolved: section['send-resolved'],
      sendRepeats: section['send-repeats'],
      codes: section.codes ?? null,
    };
    switch (section.type) {
      case 'mail':
        return mailOf(path, section, routing, this.#secrets, this.#report);
      case 'webhook':
        return this.#webhook(path, section, routing);
      case 'slack':
      case 'teams':
        return {
          ...routing,
          type: section.type,
          url: await this.#secrets.url([...path, 'url'], section.url),
        };
      case 'pagerduty':
        return {
          ...routing,
          type: 'pagerduty',
          routingKey: await this.#secrets.secret([...path, 'routing-key'], section['routing-key']),
          url: await this.#secrets.url([...path, 'url'], section.url),
        };
      case 'alertmanager':
        return this.#alertmanager(path, section, routing);
      case 'syslog':
        return syslogOf(section, routing);
      case 'command':
        return this.#command(path, section, routing);
    }
  }

  async #webhook(path: KeyPath, section: Of<'webhook'>, routing: Routing): Promise<Settings<'webhook'>> {
    const headers: Record<string, Secret> = {};
    for (const [name, value] of Object.entries(section.headers ?? {})) {
      const at = [...path, 'headers', name];
      if (OWN_HEADER.test(name))
        this.#report(at, `the header ${quote(name)} is oclog's own`, { at: 'key', secret: true });
      if (SECRET_HEADER.test(name) && !SECRET.test(value)) this.#inline(at, name);
      headers[name] = await this.#secrets.secret(at, value);
    }
    return {
      ...routing,
      type: 'webhook',
      url: await this.#secrets.url([...path, 'url'], section.url),
      secret: await this.#secrets.optional([...path, 'secret'], section.secret),
      headers,
    };
  }

  async #alertmanager(
    path: KeyPath,
    section: Of<'alertmanager'>,
    routing: Routing,
  ): Promise<Settings<'alertmanager'>> {
    const { url, user, password, token, labels = {}, hold } = section;
    if (token !== undefined && user !== undefined)
      this.#report([...path, 'token'], '`token` and `user` exclude each other', { at: 'key' });
    return {
      ...routing,
      type: 'alertmanager',
      url: await this.#secrets.url([...path, 'url'], url),
      user: user ?? null,
      password: await this.#secrets.optional([...path, 'password'], password),
      token: await this.#secrets.optional([...path, 'token'], token),
      labels,
      hold: parseSpan(hold) ?? 0,
    };
  }

  #command(path: KeyPath, { run }: Of<'command'>, routing: Routing): Settings<'command'> {
    const [program = '', ...words] = run;
    if (!program.startsWith('/'))
      this.#report([...path, 'run'], '`run` must begin with the path of a program, from the root', {
        help: 'no shell reads it: write a list of the program and its arguments',
      });
    return { ...routing, type: 'command', run: [program, ...words] };
  }

  #inline(path: KeyPath, name: string): void {
    const message = `the header ${quote(name)} must come from elsewhere: write \${env:NAME} or \${file:/path}`;
    this.#report(path, message, { secret: true });
  }
}

function syslogOf(section: Of<'syslog'>, routing: Routing): Settings<'syslog'> {
  const { server, port, protocol, facility } = section;
  return {
    ...routing,
    type: 'syslog',
    host: server,
    port: port ?? (protocol === 'tls' ? 6514 : 514),
    protocol,
    facility: FACILITY_CODES.get(facility) ?? 3,
  };
}
