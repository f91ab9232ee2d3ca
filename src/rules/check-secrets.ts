// Finds what must not be in a rule file: an AWS secret in a command, a real key in a sample.
import type { KeyPath, Report } from '../lib/yaml/problem.ts';

const VALUE = String.raw`(?<value>"[^"\n]*"|'[^'\n]*'|[^\s;&|)]+)`;
const NAME = String.raw`\b(?:aws_)?(?:secret_access_key|session_token)\b["']?`;
/** Most advice names none. */
const NAMED = /secret_access_key|session_token/i;
/** A value given to a secret's name; prose that only speaks of the name is left alone. */
const ASSIGNMENTS = [
  new RegExp(String.raw`${NAME}[ \t]*=[ \t]*${VALUE}`, 'gi'),
  new RegExp(String.raw`^[\s"'{]*${NAME}[ \t]*:[ \t]*${VALUE}`, 'gim'),
  new RegExp(String.raw`\bconfigure[ \t]+set[ \t]+${NAME}[ \t]+${VALUE}`, 'gi'),
];
/** Something to fill in, or something the shell fills in. */
const PLACEHOLDER = /^["']?(?:$|[<$`{(*…]|\.\.\.|your|xxx|paste)|^["']+$/i;
const KEY_ID = /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g;
const SECRET = /(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g;
const TOKEN = /(?<![A-Za-z0-9/+=])(?:IQoJ|FwoG|FQoG)[A-Za-z0-9/+=]{40,}/g;

const NO_VALUE = 'let the shell ask for it, with read -s, or write <secret>';
const EXAMPLES = "use AWS's documented examples, such as AKIAIOSFODNN7EXAMPLE";

/** Advice may name a secret, never hold one. */
export function checkAdviceSecrets(text: string, path: KeyPath, report: Report): void {
  const values = (NAMED.test(text) ? ASSIGNMENTS : []).flatMap((pattern) => [...text.matchAll(pattern)]);
  if (values.some(({ groups }) => !PLACEHOLDER.test(groups?.['value'] ?? ''))) {
    report(path, 'advice must not hold the value of a secret', { help: NO_VALUE, secret: true });
  }
  checkKeys(text, path, report);
}

/** Keys in shape of a real one, other than those that AWS made up for its documentation. */
export function checkKeys(text: string, path: KeyPath, report: Report): void {
  const real = (value: string): boolean => !value.includes('EXAMPLE');
  const matches = (pattern: RegExp): readonly string[] => (text.match(pattern) ?? []).filter(real);
  const [keyId] = matches(KEY_ID);
  if (keyId !== undefined) {
    report(path, 'an access key id that may be a real one', { piece: keyId, help: EXAMPLES, secret: true });
  }
  const secret = [...matches(SECRET).filter(isMixed), ...matches(TOKEN)][0];
  if (secret !== undefined) {
    report(path, 'what looks like a secret of AWS', { piece: secret, help: EXAMPLES, secret: true });
  }
}

/** A digest is hexadecimal, a path has no digits; a secret has all kinds of characters. */
function isMixed(value: string): boolean {
  return /[A-Z]/.test(value) && /[a-z]/.test(value) && /\d/.test(value);
}
