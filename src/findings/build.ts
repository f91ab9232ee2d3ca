// Puts a finding together. Redaction happens here, so that no report can forget it: everything that comes
// from the log or its path is cleaned and redacted before it enters the finding.
import type { AwsError, KeyEvidence } from '../aws/aws-error.ts';
import type { LogRecord } from '../records/record.ts';
import { cleanText } from './clean.ts';
import type { Advice, Confidence, Finding, Severity } from './finding.ts';
import { fingerprintOf, occurrenceIdOf } from './identity.ts';
import { type RedactLevel, redact, redactLine } from './redact.ts';
import { maskKeyId } from './redaction/secrets.ts';

/** Most bytes of a record's text that a finding carries. */
const TEXT_BYTES = 4096;
/** Most bytes of any other field from the log. */
const FIELD_BYTES = 1024;

/** A rule's verdict, with all that is known of the record it speaks of. */
export interface FindingParts {
  readonly rule: {
    readonly id: string;
    readonly code: string;
    readonly severity: Severity;
    readonly title: string;
  };
  readonly variant: string | null;
  readonly confidence: Confidence;
  readonly advice: Advice | null;
  readonly record: LogRecord;
  readonly aws: AwsError | null;
  readonly key: KeyEvidence | null;
  readonly host: string;
  readonly path: string;
  readonly time: string | null;
  readonly timeInferred: boolean;
  readonly redaction: RedactLevel;
}

export function buildFinding(parts: FindingParts): Finding {
  const { rule, record, aws, host } = parts;
  const { header, position } = record;
  // Redacted first: half a secret would no longer look like one.
  const show = (text: string): string => showField(text, parts.redaction);
  const showAny = (text: string | null): string | null => (text === null ? null : show(text));
  return {
    schemaVersion: 1,
    type: 'finding',
    id: occurrenceIdOf(host, record.headerLine, position.offset),
    host,
    code: rule.code,
    rule: rule.id,
    severity: rule.severity,
    title: rule.title,
    variant: parts.variant,
    confidence: parts.confidence,
    fingerprint: fingerprintOf({
      rule: rule.id,
      host,
      plugin: header.plugin,
      region: aws?.region ?? null,
      service: aws?.service ?? null,
    }),
    time: parts.time,
    timeInferred: parts.timeInferred,
    truncated: record.truncated,
    source: { path: show(parts.path), ...position },
    record: {
      level: header.level,
      plugin: header.plugin,
      category: showAny(header.category),
      thread: showAny(header.thread),
      text: showText(record, parts.redaction),
    },
    aws:
      aws === null
        ? null
        : {
            service: showAny(aws.service),
            status: aws.status,
            errorCode: showAny(aws.errorCode),
            inferred: aws.inferred,
            message: showAny(aws.message),
            requestId: showAny(aws.requestId),
            region: aws.region,
            accessKey: typeof parts.key?.keyId === 'string' ? maskKeyId(parts.key.keyId) : null,
            sdk: aws.sdk,
          },
    ...(parts.advice === null ? {} : { advice: parts.advice }),
  };
}

/** Fields of a log repeat; those of so many short values are remembered as they are shown. */
const MOST_REMEMBERED = 500;
const LONGEST_REMEMBERED = 200;
const remembered = { standard: new Map<string, string>(), strict: new Map<string, string>() };

function showField(text: string, level: RedactLevel): string {
  if (text.length > LONGEST_REMEMBERED) return showLine(text, level);
  const known = remembered[level].get(text);
  if (known !== undefined) return known;
  const shown = showLine(text, level);
  if (remembered[level].size >= MOST_REMEMBERED) remembered[level].clear();
  // Copies: a slice of the log's text would keep all of it alive.
  remembered[level].set(Buffer.from(text).toString(), Buffer.from(shown).toString());
  return shown;
}

function showLine(text: string, level: RedactLevel): string {
  return cutToBytes(redactLine(text, level), FIELD_BYTES);
}

/** Redacted as a whole before it is cut: half a secret would no longer look like one. */
function showText(record: LogRecord, level: RedactLevel): string {
  const whole = record.truncated ? withoutCutToken(record.text) : record.text;
  return cutToBytes(redact(cleanText(whole), level), TEXT_BYTES);
}

/** Where the limits cut a record they may have cut a secret in two: the last token goes. */
function withoutCutToken(text: string): string {
  let end = text.length;
  while (end > 0 && !/[\s"'<>{}()[\],;]/.test(text.charAt(end - 1))) end -= 1;
  return end === 0 ? '' : text.slice(0, end);
}

/** Cuts UTF-8 at a character's end, with an ellipsis within the bound. */
function cutToBytes(text: string, limit: number): string {
  // Three bytes a UTF-16 unit is the most UTF-8 needs.
  if (text.length * 3 <= limit || Buffer.byteLength(text) <= limit) return text;
  let end = limit - 3;
  const bytes = Buffer.from(text);
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return `${bytes.toString('utf8', 0, end)}…`;
}
