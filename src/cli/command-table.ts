// The one table of commands: the command line, its help, the shell completions and the guesses at mistyped words are made
// from it. What a command does is in dispatch.ts.
import type { FlagTable } from '../config/flag.ts';
import {
  ALERT_FLAGS,
  ALERT_LIST_FLAGS,
  ALERT_SILENCE_FLAGS,
  ALERT_TEST_FLAGS,
  ALERT_WORD_FLAGS,
  CHECK_FLAGS,
  CHECK_GROUPS,
  type FlagGroups,
  RULE_FLAGS,
  SCAN_FLAGS,
  SCAN_GROUPS,
  TAIL_FLAGS,
  TAIL_GROUPS,
} from './flags.ts';

/** What a word behind the command may be; a shell completes it by that. */
export type WordKind = 'file' | 'code' | 'shell' | 'free';

/** A word, or a group and what stands in it. */
export type CommandName =
  | 'scan'
  | 'tail'
  | 'check'
  | 'alerts list'
  | 'alerts ack'
  | 'alerts resolve'
  | 'alerts silence'
  | 'alerts unsilence'
  | 'alerts test'
  | 'alerts dead'
  | 'explain'
  | 'rules list'
  | 'rules show'
  | 'completion';

export interface CommandSpec {
  readonly name: CommandName;
  readonly help: string;
  readonly word?: {
    readonly name: string;
    readonly kind: WordKind;
    readonly help: string;
    readonly arity: 'optional' | 'required' | 'many';
  };
  readonly flags: FlagTable;
  readonly groups?: FlagGroups;
  /** Command line and what it is for. */
  readonly examples: readonly (readonly [string, string])[];
  /** Stands at the end of the help. */
  readonly notes?: string;
}

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

interface GroupSpec {
  readonly help: string;
  readonly examples: CommandSpec['examples'];
}

export const COMMAND_GROUPS: Readonly<Record<string, GroupSpec>> = {
  alerts: {
    help: 'the faults that checks remember, and what people say of them',
    examples: [
      ['oclog alerts list', 'what is open, and since when'],
      ['oclog alerts ack VNA1001 --reason case-4711', 'no more repeats of it'],
      ['oclog alerts test', 'whether the channels work'],
    ],
  },
  rules: {
    help: 'the rules by which faults are recognised',
    examples: [
      ['oclog rules list', 'what oclog knows, a rule a line'],
      ['oclog rules show VNA1001', 'all of one rule, as YAML'],
    ],
  },
};

const SCAN_STATUS = `Exit status:
  0  nothing found at or above --fail-on
  1  something found
  2  wrong usage, configuration or rule file; nothing was scanned
  3  an input could not be read, wholly or in part; the rest is reported
  4  the report could not be written
  70 a fault of oclog itself
  130, 143  interrupted, terminated; what was read is reported`;

const TAIL_STATUS = `It survives rotation, compression, truncation, removal and return of the log.
SIGINT and SIGTERM end it; what was read is reported. SIGHUP reads the rule files again. Exit status:
  0  ended by a signal, by the reader of a pipe, or by the end of standard input
  2  wrong usage, configuration or rule file
  3  an input that can never be followed (an archive, say), or standard input was not read to its end
  4  the output could not be written
  70 a fault of oclog itself`;

const CHECK_STATUS = `It remembers what it read, so that each run reads on where the last one stopped, through any number of rotations.
Exit status, that of a monitoring plugin and nothing else:
  0  OK: no fault is open, or only for information
  1  WARNING: a fault of that severity is open, a part of the log is lost, or --max-age is over
  2  CRITICAL: a fault of that severity is open
  3  UNKNOWN: wrong usage, no log, no memory, no space, another run`;

const FAULT_HELP = 'a fingerprint, a code or the id of a rule';

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'scan',
    help: 'scan live and archived logs once',
    word: {
      name: 'paths',
      kind: 'file',
      arity: 'many',
      help: 'a log, a directory (its oc.log with all archives), a quoted glob, or - for standard input',
    },
    flags: SCAN_FLAGS,
    groups: SCAN_GROUPS,
    examples: [
      ['oclog scan', "scan VNA's own log directory on this server"],
      ['oclog scan --since 2h oc.log', 'what went wrong in the last two hours'],
      ['oclog scan --format ndjson - < oc.log', 'for programs: one JSON object a line'],
    ],
    notes: SCAN_STATUS,
  },
  {
    name: 'tail',
    help: 'follow live logs and report findings as they happen',
    word: {
      name: 'logs',
      kind: 'file',
      arity: 'many',
      help: 'a log, a directory that holds an oc.log, or - for standard input; several are labelled by their paths',
    },
    flags: TAIL_FLAGS,
    groups: TAIL_GROUPS,
    examples: [
      ['oclog tail', "follow VNA's own log on this server"],
      ['oclog tail --since 2h', 'the last two hours first, through archives where need be'],
      ['oclog tail --format ndjson | jq .code', 'for programs: one JSON object a line'],
    ],
    notes: TAIL_STATUS,
  },
  {
    name: 'check',
    help: 'for cron and Nagios: what is new since the last run, and what is still wrong',
    word: {
      name: 'logs',
      kind: 'file',
      arity: 'many',
      help: 'a log, a directory that holds an oc.log, or a quoted glob; each is remembered by itself',
    },
    flags: CHECK_FLAGS,
    groups: CHECK_GROUPS,
    examples: [
      ['oclog check', "VNA's own log on this server, as a Nagios plugin"],
      ['oclog check --deadline 45s --max-age 1h', 'done before Nagios loses patience; warns of a silent log'],
      ['oclog check --cron', 'as a cron job: mails news only'],
      ['oclog check --dry-run', 'what the next run will say; changes nothing'],
      ['oclog check --show-state', 'what is remembered, and where'],
    ],
    notes: CHECK_STATUS,
  },
  {
    name: 'alerts list',
    help: 'list the faults that checks remember, open ones first, and the silences',
    flags: ALERT_LIST_FLAGS,
    examples: [
      ['oclog alerts list', 'open faults, and those that were over within a day'],
      ['oclog alerts list --format json', 'for programs, advice included'],
    ],
  },
  {
    name: 'alerts ack',
    help: 'acknowledge an open fault: no more repeats; its status, news of it and its end stay',
    word: { name: 'fault', kind: 'code', arity: 'required', help: FAULT_HELP },
    flags: ALERT_WORD_FLAGS,
    examples: [['oclog alerts ack VNA1001 --reason case-4711', 'until it is over']],
  },
  {
    name: 'alerts resolve',
    help: 'say that an open fault is over; it opens again when it is seen again',
    word: { name: 'fault', kind: 'code', arity: 'required', help: FAULT_HELP },
    flags: ALERT_WORD_FLAGS,
    examples: [['oclog alerts resolve VNA1001 --reason new-key', 'the next check tells its receivers']],
  },
  {
    name: 'alerts silence',
    help: 'mute notices for a while; the status of the check stays as it is',
    word: { name: 'fault', kind: 'code', arity: 'optional', help: `${FAULT_HELP}; none: all of --host` },
    flags: ALERT_SILENCE_FLAGS,
    examples: [['oclog alerts silence VNA1003 --for 2h --reason 4711', '']],
  },
  {
    name: 'alerts unsilence',
    help: 'end a silence',
    word: {
      name: 'id',
      kind: 'free',
      arity: 'required',
      help: 'the id of a silence, as oclog alerts list shows it',
    },
    flags: ALERT_FLAGS,
    examples: [['oclog alerts unsilence 3f2a9c01', 'what is still open is told by the next check']],
  },
  {
    name: 'alerts test',
    help: 'send a test notice through the channels of the configuration',
    flags: ALERT_TEST_FLAGS,
    examples: [
      ['oclog alerts test', 'all of them; exits with 1 if one does not work'],
      ['oclog alerts test --channel ops-mail', 'one of them'],
    ],
  },
  {
    name: 'alerts dead',
    help: 'notices that could not be delivered: list, show, retry, drop',
    word: {
      name: 'what',
      kind: 'free',
      arity: 'many',
      help: 'list; or show, retry or drop, and the ids that list shows, or all',
    },
    flags: ALERT_FLAGS,
    examples: [
      ['oclog alerts dead list', 'which, for which channel, and why'],
      ['oclog alerts dead retry all', 'the next check sends them again'],
      ['oclog alerts dead drop 3f2a9c01d4e5f607', 'nobody needs it any more'],
    ],
  },
  {
    name: 'explain',
    help: 'explain a code, or say what a pasted record is about',
    word: {
      name: 'code',
      kind: 'code',
      arity: 'optional',
      help: 'a code or the id of a rule; - for a record, an exception or an AWS CLI message on standard input',
    },
    flags: RULE_FLAGS,
    examples: [
      ['oclog explain', 'the codes there are'],
      ['oclog explain VNA1001', 'cause, example, fix, and when the advice is wrong'],
      ['aws sts get-caller-identity 2>&1 | oclog explain -', 'what an answer of AWS means'],
    ],
  },
  {
    name: 'rules list',
    help: 'list the rules: code, severity, plugin, title',
    flags: RULE_FLAGS,
    examples: [
      ['oclog rules list', 'the built-in rules'],
      ['oclog rules list --rules my-rules', 'those of a directory of your own as well'],
    ],
  },
  {
    name: 'rules show',
    help: 'print the whole definition of a rule',
    word: { name: 'code', kind: 'code', arity: 'required', help: 'a code or the id of a rule' },
    flags: RULE_FLAGS,
    examples: [
      ['oclog rules show VNA1001', 'as YAML, as in a rule file'],
      ['oclog rules show aws.access-denied --format json', 'for programs'],
    ],
  },
  {
    name: 'completion',
    help: 'print a script that completes oclog in a shell',
    word: { name: 'shell', kind: 'shell', arity: 'required', help: SHELLS.join(', ') },
    flags: {},
    examples: [
      ['source <(oclog completion bash)', 'in ~/.bashrc; for zsh likewise in ~/.zshrc, behind compinit'],
      ['oclog completion fish > ~/.config/fish/completions/oclog.fish', 'for fish'],
    ],
  },
];
