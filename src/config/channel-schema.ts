// The shape of the sections `channels` and `alerting`. What values mean to each other is checked in channels.ts.
import * as v from 'valibot';
import { CHANNEL_TYPES } from '../alerts/channels/settings.ts';
import { SEVERITIES } from '../findings/finding.ts';
import { isMapping, line, list, mapping, oneOf, oneOrMore, record, span } from '../lib/yaml/schema.ts';

/** From the environment or a file, never in the configuration itself. */
export const SECRET = /^\$\{(env|file):([^{}\s]+)\}$/;

const MUST_BE_SECRET =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is how people write it
  'must come from elsewhere: write ${env:NAME} or ${file:/path}';

// One check for all that can be wrong: no message may repeat what somebody wrote there.
const secret = v.custom<string>((input) => typeof input === 'string' && SECRET.test(input), MUST_BE_SECRET);
const port = v.pipe(
  v.number(),
  v.integer('must be a whole number'),
  v.minValue(1, 'must be 1 or more'),
  v.maxValue(65_535, 'must be 65535 or less'),
);
const address = v.pipe(
  line,
  v.regex(/^[^\s<>,;@]+@[^\s<>,;@]+$|^[^\n<>]*<[^\s<>,;@]+@[^\s<>,;@]+>$/, 'must be a mail address'),
);
const host = v.pipe(line, v.regex(/^[\w.:-]{1,253}$/, 'must be the name or the address of a host'));
const code = v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9]{2,15}$/, 'must be a code such as VNA1001'));
const ruleId = v.pipe(v.string(), v.regex(/^[a-z][\w.-]{2,79}$/, 'must be the id of a rule'));
const label = v.pipe(v.string(), v.regex(/^[a-zA-Z_]\w{0,63}$/, 'must be a label name'));
const header = v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{1,64}$/, 'must be the name of a header'));
const SECURITIES = ['tls', 'starttls', 'auto', 'none'] as const;
export const FACILITIES = ['user', 'daemon', ...Array.from({ length: 8 }, (_, n) => `local${n}`)] as const;

const routing = {
  'min-severity': v.optional(oneOf(SEVERITIES), 'warning'),
  'send-resolved': v.optional(v.boolean(), true),
  'send-repeats': v.optional(v.boolean(), true),
  codes: v.exactOptional(list(code)),
};

const SCHEMAS = {
  mail: mapping({
    type: v.literal('mail'),
    ...routing,
    from: address,
    to: oneOrMore(address),
    server: v.exactOptional(host),
    port: v.exactOptional(port),
    security: v.exactOptional(oneOf(SECURITIES)),
    user: v.exactOptional(line),
    password: v.exactOptional(secret),
    sendmail: v.exactOptional(line),
  }),
  webhook: mapping({
    type: v.literal('webhook'),
    ...routing,
    url: line,
    secret: v.exactOptional(secret),
    headers: v.exactOptional(record(header, line)),
  }),
  slack: mapping({ type: v.literal('slack'), ...routing, url: secret }),
  teams: mapping({ type: v.literal('teams'), ...routing, url: secret }),
  pagerduty: mapping({
    type: v.literal('pagerduty'),
    ...routing,
    'routing-key': secret,
    url: v.optional(line, 'https://events.pagerduty.com/v2/enqueue'),
  }),
  alertmanager: mapping({
    type: v.literal('alertmanager'),
    ...routing,
    url: line,
    user: v.exactOptional(line),
    password: v.exactOptional(secret),
    token: v.exactOptional(secret),
    labels: v.exactOptional(record(label, line)),
    hold: v.optional(span, '4h'),
  }),
  syslog: mapping({
    type: v.literal('syslog'),
    ...routing,
    server: host,
    port: v.exactOptional(port),
    protocol: v.optional(oneOf(['udp', 'tcp', 'tls'] as const), 'udp'),
    facility: v.optional(oneOf(FACILITIES), 'daemon'),
  }),
  command: mapping({ type: v.literal('command'), ...routing, run: oneOrMore(line) }),
} as const;

/** To begin with, what kind it is. */
const untyped = v.looseObject({ type: oneOf(CHANNEL_TYPES) });

type Channel = {
  readonly [K in keyof typeof SCHEMAS]: v.InferOutput<(typeof SCHEMAS)[K]>;
}[keyof typeof SCHEMAS];

const channel: v.GenericSchema<unknown, Channel> = v.lazy((input) => {
  const type = isMapping(input) ? input['type'] : undefined;
  const schema = CHANNEL_TYPES.find((one) => one === type);
  return (schema === undefined ? untyped : SCHEMAS[schema]) as v.GenericSchema<unknown, Channel>;
});
const name = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'must be lower-case letters, digits and `-`, no more than 32'),
);

const ruleAlerting = mapping({ 'quiet-after': v.exactOptional(span), repeat: v.exactOptional(span) });

export const sectionsSchema = mapping({
  channels: v.optional(record(name, channel), {}),
  alerting: v.optional(
    mapping({
      'min-severity': v.exactOptional(oneOf(SEVERITIES)),
      'quiet-after': v.exactOptional(span),
      repeat: v.exactOptional(span),
      'group-wait': v.exactOptional(span),
      'min-interval': v.exactOptional(span),
      'notices-per-hour': v.exactOptional(
        v.pipe(
          v.number(),
          v.integer('must be a whole number'),
          v.minValue(1, 'must be 1 or more'),
          v.maxValue(1000, 'must be 1000 or less'),
        ),
      ),
      rules: v.exactOptional(record(ruleId, ruleAlerting)),
    }),
    {},
  ),
});

type Sections = v.InferOutput<typeof sectionsSchema>;
export type ChannelSection = Sections['channels'][string];
export type AlertingSection = Sections['alerting'];
