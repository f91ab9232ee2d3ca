// Masks secrets in free text: a record, a path, a message, a JSON string. Escape sequences belong removed first
// (see clean.ts). Masks too much rather than too little; a secret of 40 characters that is folded without a name
// before it passes. What tells that a text may hold one stands here; secrets.ts finds them.
import { cleanLine } from './clean.ts';
import { spansOf } from './redaction/secrets.ts';
import { applySpans } from './redaction/spans.ts';

/** `strict` masks account numbers and the names in ARNs as well. */
export type RedactLevel = 'standard' | 'strict';

/** Masking can lay bare what stood beside a secret, so it is repeated until nothing changes; bounded anyway. */
const MAX_PASSES = 6;

/** What no secret is without: a name, a shape, an escape that may hide one, a line of nothing but base64. */
const TRIGGER =
  /secret|pass|pwd|token|key|authori|cookie|sess|signature|communit|assertion|saml|clear|\b(?:pw|psk|sig|otp)\b|bearer|basic|A3T|AKIA|ASIA|ABIA|ACCA|IQoJ|AQoD|AgoG|FwoG|FQoG|eyJ|:\/\/|[A-Za-z0-9/+]{40}|[\w/+-]{100}|%[0-9a-f]{2}|\\|&|\u001b|\n[ \t]{0,200}(?:[>|][ \t]{1,8})?["']?[A-Za-z0-9/+=_-]{4,}(?:\s|$|["'&<,;)}\][])/i;
/** Most of what an AWS error says has one of these, and they are found sooner than all the others. */
const COMMON_TRIGGER = /token|key|signature/i;
const STRICT_TRIGGER = /\d{12}|\d{4}-\d{4}-\d{4}|arn:aws|AIDA|AROA|AGPA|AIPA|ANPA|ANVA|APKA|ASCA/;

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

/** Whether anything in a text may have to be masked: a cheap look. */
export function isSuspect(text: string, level: RedactLevel): boolean {
  return COMMON_TRIGGER.test(text) || TRIGGER.test(text) || (level === 'strict' && STRICT_TRIGGER.test(text));
}

/** Text from outside for one line: cleaned first, as it must be. */
export function redactLine(text: string, level: RedactLevel): string {
  return redact(cleanLine(text), level);
}

/** Shapes that nothing but a secret has, and that no text of oclog's own holds. */
const UNMISTAKABLE =
  /(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12}|PRIVATE KEY-----|IQoJb3JpZ2lu|AQoDYXdz|F[wQ]oGZXIvYXdz|eyJ[\w-]{10,}\.eyJ/;

/** Whether a text has such a shape, in whatever surroundings. */
export function isUnmistakable(text: string): boolean {
  return UNMISTAKABLE.test(text);
}

/** The last look at what is about to leave the program: should a part of it have slipped past, it is masked here. */
export function guard(text: string): string {
  return isUnmistakable(text) ? redact(text, 'standard') : text;
}
