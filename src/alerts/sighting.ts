// What a finding, or a gap in the log, says about a fault: the part that is worth remembering, bounded.
import type { Finding } from '../findings/finding.ts';
import type { Sighting } from './alert.ts';
import { digest } from './ids.ts';
import { GAP, OVERFLOW } from './own-faults.ts';

/** A fault of oclog's own, which is certain and concerns no service of AWS. */
const OF_NO_SERVICE = {
  plugin: null,
  account: null,
  region: null,
  service: null,
  errorCode: null,
  variant: null,
  confidence: 'certain',
  accessKey: null,
} as const;

const MAX_MESSAGE = 300;
/** Who asked: the caller's ARN stands before that of what was asked for. */
const CALLER = /\barn:aws[a-z-]{0,12}:(?:iam|sts)::(\d{12}):/;

/** Findings come redacted; nothing of theirs is made longer here. */
export function sightingOf(finding: Finding): Sighting {
  const { aws, record, source } = finding;
  return detached({
    id: finding.id,
    fingerprint: finding.fingerprint,
    code: finding.code,
    rule: finding.rule,
    severity: finding.severity,
    title: finding.title,
    host: finding.host,
    plugin: record.plugin,
    account: CALLER.exec(record.text)?.[1] ?? null,
    region: aws?.region ?? null,
    service: aws?.service ?? null,
    errorCode: aws?.errorCode ?? null,
    variant: finding.variant,
    confidence: finding.confidence,
    accessKey: aws?.accessKey ?? null,
    time: finding.time,
    path: source.path,
    line: source.line,
    message: shorten(aws?.message ?? firstLine(record.text)),
    advice: finding.advice ?? null,
  });
}

/** Shares no text with the input: a slice of it would keep a whole chunk of the log in memory. */
function detached({ advice, ...sighting }: Sighting): Sighting {
  return { ...(JSON.parse(JSON.stringify(sighting)) as typeof sighting), advice };
}

/** Bytes of a log that nobody could read any more. */
export interface Gap {
  readonly host: string;
  /** Of the file as its reader knew it; redacted. */
  readonly path: string;
  /** `null`: not even that is known. */
  readonly from: number | null;
  readonly to: number | null;
  /** Why, in a sentence; redacted. */
  readonly detail: string;
}

/** A gap is a fault of its own for each file: open until none was seen for a while. */
export function sightingOfGap({ host, path, from, to, detail }: Gap): Sighting {
  const range = from === null ? 'an unknown part' : `bytes ${from} to ${to ?? 'an unknown end'}`;
  return {
    id: digest([host, GAP.id, path, from, to], 16),
    fingerprint: digest([GAP.id, host, null, null, null], 12),
    code: GAP.code,
    rule: GAP.id,
    severity: GAP.severity,
    title: GAP.title,
    host,
    ...OF_NO_SERVICE,
    time: null,
    path,
    line: 0,
    message: shorten(`${range} of ${path}: ${detail}`),
    advice: GAP.advice,
  };
}

function shorten(text: string): string {
  return text.length > MAX_MESSAGE
    ? `${text.slice(0, MAX_MESSAGE - 1).replace(/[\ud800-\udbff]$/, '')}…`
    : text;
}

function firstLine(text: string): string {
  const end = text.indexOf('\n');
  return end < 0 ? text : text.slice(0, end);
}

/** Faults beyond those that are kept apart are one fault a severity, so that status and notices still tell of them. */
export function sightingOfMany(sighting: Sighting): Sighting {
  const { host, severity, code, title } = sighting;
  return {
    ...sighting,
    fingerprint: digest([OVERFLOW.id, host, severity], 12),
    code: OVERFLOW.code,
    rule: OVERFLOW.id,
    title: OVERFLOW.title,
    ...OF_NO_SERVICE,
    message: shorten(`the latest one is ${code}, ${title}`),
    advice: OVERFLOW.advice,
  };
}
