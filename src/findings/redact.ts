// Masks secrets in free text: a record, a path, a message, a JSON string. Escape sequences belong removed first
// (see clean.ts). Masks too much rather than too little; a secret of 40 characters that is folded without a name
// before it passes.
import { cleanLine } from './clean.ts';
import { nextKey } from './redaction/keys.ts';
import { markPrivateKeys } from './redaction/pem.ts';
import { type Mark, markExactRuns, markRuns } from './redaction/runs.ts';
import {
  markEncodedMessages,
  markKeyIds,
  markQuotedValues,
  markTokens,
  markUrlPasswords,
  markWrittenUrlPasswords,
} from './redaction/shapes.ts';
import { applySpans, PLACEHOLDER, type Span } from './redaction/spans.ts';
import { markStrict } from './redaction/strict.ts';
import { valueBehind } from './redaction/values.ts';
import { sourceAt, type View, viewOf } from './redaction/view.ts';

/** `strict` masks account numbers and the names in ARNs as well. */
export type RedactLevel = 'standard' | 'strict';

const KEY_ID_LENGTH = 20;

/** Masking can lay bare what stood beside a secret, so it is repeated until nothing changes; bounded anyway. */
const MAX_PASSES = 6;

/** What no secret is without: a name, a shape, an escape that may hide one, a line of nothing but base64. */
const TRIGGER =
  /secret|pass|pwd|token|key|authori|cookie|sess|signature|communit|assertion|saml|clear|\b(?:pw|psk|sig|otp)\b|bearer|basic|A3T|AKIA|ASIA|ABIA|ACCA|IQoJ|AQoD|AgoG|FwoG|FQoG|eyJ|:\/\/|[A-Za-z0-9/+]{40}|%[0-9a-f]{2}|\\|&|\u001b|\n[ \t]{0,200}[A-Za-z0-9/+=_-]{4,}\s/i;
/** Most of what an AWS error says has one of these, and they are found sooner than all the others. */
const COMMON_TRIGGER = /token|key|signature/i;
const STRICT_TRIGGER = /\d{12}|\d{4}-\d{4}-\d{4}|arn:aws|AIDA|AROA|AGPA|AIPA|ANPA|ANVA|APKA|ASCA/;

/** `ASIA…MPLE`. The characters between encode the account number; of an id of another length more is not shown. */
export function maskKeyId(id: string): string {
  return `${id.slice(0, 4)}…${id.length === KEY_ID_LENGTH ? id.slice(-4) : ''}`;
}

export function redact(text: string, level: RedactLevel): string {
  let current = text;
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    if (!isSuspect(current, level)) return current;
    const masked = applySpans(current, spansOf(current, level));
    if (masked === current) return current;
    current = masked;
  }
  return current;
}

function isSuspect(text: string, level: RedactLevel): boolean {
  return COMMON_TRIGGER.test(text) || TRIGGER.test(text) || (level === 'strict' && STRICT_TRIGGER.test(text));
}

/** Text from outside for one line: cleaned first, as it must be. */
export function redactLine(text: string, level: RedactLevel): string {
  return redact(cleanLine(text), level);
}

/** Shapes that nothing but a secret has, and that no text of oclog's own holds. */
const UNMISTAKABLE =
  /(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12}|PRIVATE KEY-----|IQoJb3JpZ2lu|AQoDYXdz|F[wQ]oGZXIvYXdz|eyJ[\w-]{10,}\.eyJ/;

/** The last look at what is about to leave the program: should a part of it have slipped past, it is masked here. */
export function guard(text: string): string {
  return UNMISTAKABLE.test(text) ? redact(text, 'standard') : text;
}

function spansOf(source: string, level: RedactLevel): readonly Span[] {
  const spans: Span[] = [];
  const view = viewOf(source);
  const add = (start: number, end: number, mask: string): void => {
    spans.push({ start: sourceAt(view, start), end: sourceAt(view, end), mask });
  };
  const secret: Mark = (start, end) => add(start, end, PLACEHOLDER);
  const keyId: Mark = (start, end) => add(start, end, maskKeyId(view.text.slice(start, end)));

  markEncodedMessages(view.text, (start, end, length) => add(start, end, `[redacted ${length} characters]`));
  markKeyIds(view.text, keyId, secret);
  markPrivateKeys(view.text, secret);
  markTokens(view.text, secret);
  markUrlPasswords(view, secret);
  markRuns(view.text, secret);
  markQuotedValues(view.text, secret);
  markValues(view, secret);
  if (level === 'strict') {
    markStrict(view.text, {
      account: (start, end) => add(start, end, '<account>'),
      name: (start, end) => add(start, end, '<name>'),
      id: keyId,
    });
  }
  if (view.text !== source) markSource(source, spans);
  return spans;
}

/** The source as it stands, for what an escape that is none (`C:\nJal…`) hides in the view. */
function markSource(source: string, spans: Span[]): void {
  const secret: Mark = (start, end) => spans.push({ start, end, mask: PLACEHOLDER });
  markExactRuns(source, secret);
  markWrittenUrlPasswords(source, secret);
  markKeyIds(
    source,
    (start, end) => spans.push({ start, end, mask: maskKeyId(source.slice(start, end)) }),
    secret,
  );
}

function markValues(view: View, mark: Mark): void {
  for (let key = nextKey(view, 0); key !== undefined; ) {
    const value = valueBehind(view, key);
    for (const range of value.ranges) mark(range.start, range.end);
    key = nextKey(view, value.next);
  }
}
