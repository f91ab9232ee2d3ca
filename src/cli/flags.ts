// The one table of options: yargs, the help text, the configuration file and the README's list are made from it.
import type { FlagTable } from '../config/flag.ts';
import { SEVERITIES } from '../findings/finding.ts';
import { COLOR_CHOICES } from '../lib/color.ts';
import { LOG_LEVELS } from '../lib/log.ts';
import { STREAM_FORMATS } from '../records/message.ts';
import { CHECK_FORMATS } from '../reports/check-format.ts';
import { LIVE_FORMATS } from '../reports/live-format.ts';
import { FORMATS } from '../reports/report.ts';

export const SCAN_FLAGS = {
  format: {
    type: 'string',
    choices: FORMATS,
    help: 'text, pretty and brief for people, html to attach, ndjson and json for programs (default: pretty on a terminal, else text)',
  },
  output: { type: 'string', value: 'FILE', help: 'write the report to FILE, whole or not at all' },
  rules: {
    type: 'list',
    value: 'PATH',
    help: 'a rule file, or a directory of them, added to the built-in rules; may be repeated',
  },
  'min-severity': {
    type: 'string',
    choices: SEVERITIES,
    help: 'report only findings at or above it (default: info)',
  },
  'fail-on': {
    type: 'string',
    choices: [...SEVERITIES, 'never'],
    help: 'exit with 1 only if a reported finding is at or above it (default: info)',
  },
  since: {
    type: 'string',
    value: 'TIME',
    help: 'only records from then on: an ISO time, or a span such as 90m, 2h, 3d',
  },
  until: { type: 'string', value: 'TIME', help: 'only records up to then' },
  tz: {
    type: 'string',
    value: 'ZONE',
    help: 'time zone of log times that print none (default: that of this machine)',
  },
  host: { type: 'string', value: 'NAME', help: 'the name findings bear (default: that of this machine)' },
  redact: {
    type: 'string',
    choices: ['standard', 'strict'],
    help: 'strict masks account numbers and ARN resource names too (default: standard)',
  },
  advice: { type: 'string', choices: ['full', 'none'], help: 'none leaves the advice out (default: full)' },
  color: { type: 'string', choices: COLOR_CHOICES, help: 'colours (default: auto)' },
  config: {
    type: 'string',
    value: 'FILE',
    help: 'YAML file of these options, for what the command line leaves open',
  },
  'max-record': { type: 'string', value: 'SIZE', help: 'how much of one record is matched (default: 256k)' },
  'max-record-lines': {
    type: 'string',
    value: 'N',
    help: 'how many lines of one record are matched (default: 2000)',
  },
  'max-inflated': {
    type: 'string',
    value: 'SIZE',
    help: 'most bytes one archive may inflate to (default: 16g)',
  },
  'max-ratio': {
    type: 'string',
    value: 'N',
    help: 'most bytes out for a byte of an archive, beyond its first 32 MiB (default: 200)',
  },
  jobs: {
    type: 'string',
    value: 'N',
    help: 'how many threads read, each another file or another part of a large one (default: the cores)',
  },
  'log-level': {
    type: 'string',
    choices: LOG_LEVELS,
    help: "oclog's own log on standard error (default: silent)",
  },
  quiet: { type: 'boolean', help: 'no notes and errors on standard error; they stay in the report' },
} as const satisfies FlagTable;

export const TAIL_FLAGS = {
  format: {
    type: 'string',
    choices: LIVE_FORMATS,
    help: 'pretty, text and brief for people, ndjson for programs (default: pretty on a terminal, else text)',
  },
  output: {
    type: 'string',
    value: 'FILE',
    help: 'add findings to the end of FILE, in whole lines and on the disk at once',
  },
  'from-start': { type: 'boolean', help: 'read what the log holds first, not only what is added' },
  since: {
    type: 'string',
    value: 'TIME',
    help: 'read back that far first, through archives where need be: an ISO time, or a span such as 2h',
  },
  'idle-flush': {
    type: 'string',
    value: 'SPAN',
    help: 'how long a log is left alone before its last record is judged (default: 1s)',
  },
  repeat: {
    type: 'string',
    value: 'SPAN',
    help: 'for people: count out a fault that goes on so often (default: 1h)',
  },
  poll: {
    type: 'boolean',
    help: 'look four times a second instead of waiting for events; chosen by itself on network file systems',
  },
  'stdin-format': {
    type: 'string',
    choices: STREAM_FORMATS,
    help: 'what a line of - is: of the log itself, or a message that holds a whole record (default: raw; with --confirm: rsyslog-escaped)',
  },
  confirm: {
    type: 'boolean',
    help: "answer OK on standard output for each message of -, as rsyslog's omprog wants it, once its findings are delivered",
  },
  rules: SCAN_FLAGS.rules,
  'min-severity': SCAN_FLAGS['min-severity'],
  tz: SCAN_FLAGS.tz,
  host: SCAN_FLAGS.host,
  redact: SCAN_FLAGS.redact,
  advice: SCAN_FLAGS.advice,
  color: SCAN_FLAGS.color,
  config: SCAN_FLAGS.config,
  'max-record': SCAN_FLAGS['max-record'],
  'max-record-lines': SCAN_FLAGS['max-record-lines'],
  'log-level': SCAN_FLAGS['log-level'],
  quiet: {
    type: 'boolean',
    help: 'nothing on standard error but faults of oclog; findings go to standard output',
  },
} as const satisfies FlagTable;

/** What a check prints. */

export const CHECK_FLAGS = {
  format: {
    type: 'string',
    choices: CHECK_FORMATS,
    help: 'nagios: one line, perfdata, then what to do; ndjson and json for programs (default: nagios)',
  },
  cron: {
    type: 'boolean',
    help: 'print nothing, and exit with 0, where there is no news: cron then mails news only',
  },
  textfile: {
    type: 'string',
    value: 'FILE',
    help: "also write numbers for the textfile collector of Prometheus' node exporter (a *.prom), whole or not at all",
  },
  'state-dir': {
    type: 'string',
    value: 'DIR',
    help: 'where to remember what was read (default: $OCLOG_STATE_DIR; /var/lib/oclog for root, else ~/.local/state/oclog)',
  },
  name: { type: 'string', value: 'NAME', help: 'keeps two services that check one log apart' },
  lookback: {
    type: 'string',
    value: 'SPAN',
    help: 'how far back the first run reports (default: 24h)',
  },
  'record-timeout': {
    type: 'string',
    value: 'SPAN',
    help: 'how long after the log last grew its last record may be unfinished (default: 60s)',
  },
  deadline: {
    type: 'string',
    value: 'SPAN',
    help: 'stop after so long, at the end of a record; the next run goes on (default: none)',
  },
  'max-age': {
    type: 'string',
    value: 'SPAN',
    help: 'warn if the log did not grow for so long (default: never)',
  },
  'quiet-after': {
    type: 'string',
    value: 'SPAN',
    help: 'a fault is over when it was not seen for so long while the log grew (default: 30m)',
  },
  repeat: {
    type: 'string',
    value: 'SPAN',
    help: 'tell again of what is still wrong so often (default: critical faults after 1h, 4h, 24h, then all daily)',
  },
  'dry-run': { type: 'boolean', help: 'read and print, and change nothing' },
  'show-state': { type: 'boolean', help: 'print what is remembered, and do nothing else' },
  reset: { type: 'boolean', help: 'forget what is remembered, after asking' },
  yes: { type: 'boolean', help: 'do not ask' },
  rules: SCAN_FLAGS.rules,
  'min-severity': SCAN_FLAGS['min-severity'],
  tz: SCAN_FLAGS.tz,
  host: SCAN_FLAGS.host,
  redact: SCAN_FLAGS.redact,
  advice: SCAN_FLAGS.advice,
  config: SCAN_FLAGS.config,
  'max-record': SCAN_FLAGS['max-record'],
  'max-record-lines': SCAN_FLAGS['max-record-lines'],
  'max-inflated': SCAN_FLAGS['max-inflated'],
  'max-ratio': SCAN_FLAGS['max-ratio'],
  'log-level': SCAN_FLAGS['log-level'],
} as const satisfies FlagTable;

export const CHECK_GROUPS: FlagGroups = {
  'Report:': ['format', 'textfile', 'cron', 'min-severity', 'advice', 'redact', 'host'],
  'Faults:': ['quiet-after', 'repeat', 'max-age'],
  'Reading on:': ['lookback', 'record-timeout', 'deadline', 'tz'],
  'Memory:': ['state-dir', 'name', 'dry-run', 'show-state', 'reset', 'yes'],
  'Rules and limits:': ['rules', 'max-record', 'max-record-lines', 'max-inflated', 'max-ratio'],
  'The run:': ['config', 'log-level'],
};

export const TAIL_GROUPS: FlagGroups = {
  'Report:': ['format', 'output', 'repeat', 'color', 'min-severity', 'advice', 'redact', 'host'],
  'Where to begin:': ['from-start', 'since', 'tz'],
  'Following:': ['idle-flush', 'poll'],
  'Standard input:': ['stdin-format', 'confirm'],
  'Rules and limits:': ['rules', 'max-record', 'max-record-lines'],
  'The run:': ['config', 'log-level', 'quiet'],
};

/** How the options of `oclog scan --help` are put together; what is named nowhere follows. */
export const SCAN_GROUPS: FlagGroups = {
  'Report:': ['format', 'output', 'color', 'min-severity', 'advice', 'redact', 'host'],
  'Which records:': ['since', 'until', 'tz'],
  'Rules and exit status:': ['rules', 'fail-on'],
  'Limits:': ['max-record', 'max-record-lines', 'max-inflated', 'max-ratio'],
  'The run:': ['jobs', 'config', 'log-level', 'quiet'],
};

const TEXT_OR_JSON = {
  type: 'string',
  choices: ['text', 'json'],
  help: 'text for people, json for programs (default: text)',
} as const;

/** Of `explain` and of `rules`: what works without a log. */
export const RULE_FLAGS = {
  format: TEXT_OR_JSON,
  rules: SCAN_FLAGS.rules,
  color: SCAN_FLAGS.color,
} as const satisfies FlagTable;

/** Of all `alerts` commands. */
export const ALERT_FLAGS = {
  'state-dir': CHECK_FLAGS['state-dir'],
} as const satisfies FlagTable;

export const ALERT_LIST_FLAGS = { format: TEXT_OR_JSON, ...ALERT_FLAGS } as const satisfies FlagTable;

export const ALERT_WORD_FLAGS = {
  reason: { type: 'string', value: 'TEXT', help: 'why: a ticket, a name; required' },
  by: { type: 'string', value: 'NAME', help: 'who says so (default: the user who is logged in)' },
  ...ALERT_FLAGS,
} as const satisfies FlagTable;

export const ALERT_SILENCE_FLAGS = {
  for: { type: 'string', value: 'SPAN', help: 'how long, such as 2h; at most 90d; required' },
  host: { type: 'string', value: 'NAME', help: 'only faults of this host' },
  ...ALERT_WORD_FLAGS,
  rules: SCAN_FLAGS.rules,
} as const satisfies FlagTable;

export const ALERT_TEST_FLAGS = {
  channel: { type: 'list', value: 'NAME', help: 'only this channel; may be repeated (default: all)' },
  host: SCAN_FLAGS.host,
  config: SCAN_FLAGS.config,
} as const satisfies FlagTable;

/** Title -> names of options. */
export type FlagGroups = Readonly<Record<string, readonly string[]>>;
