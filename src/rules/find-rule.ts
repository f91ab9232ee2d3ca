// The rule that a word names: by code, in any letter case, or by id.
import { redactLine } from '../findings/redact.ts';
import { UsageError } from '../lib/errors.ts';
import { nearest } from '../lib/nearest.ts';
import { awsCodesOf } from './describe.ts';
import type { Rule } from './rule.ts';

const MAX_WORD = 64;

/** Throws a `UsageError` that names the nearest code. */
export function findRule(rules: readonly Rule[], word: string): Rule {
  const typed = word.trim().toLowerCase();
  const found = rules.find(({ code, id }) => code.toLowerCase() === typed || id === typed);
  if (found !== undefined) return found;
  if (typed === '') throw new UsageError('an empty CODE', { hint: 'is a shell variable not set?' });
  // Before it is cut: a part of a secret does not look like one.
  const safe = redactLine(word, 'standard');
  const shown = safe.length > MAX_WORD ? `${safe.slice(0, MAX_WORD)}…` : safe;
  throw new UsageError(`unknown code \`${shown}\``, { hint: hintFor(rules, typed) });
}

/** The rule about an error code of AWS, and that code as AWS writes it; in any letter case. */
export function findAwsCode(
  rules: readonly Rule[],
  word: string,
): { readonly rule: Rule; readonly awsCode: string } | null {
  const typed = word.trim().toLowerCase();
  for (const rule of rules) {
    const awsCode = awsCodesOf(rule).find((code) => code.toLowerCase() === typed);
    if (awsCode !== undefined) return { rule, awsCode };
  }
  return null;
}

/** People know AWS's codes better than ours. */
function hintFor(rules: readonly Rule[], typed: string): string {
  const known = findAwsCode(rules, typed);
  if (known !== null) return `AWS's ${known.awsCode} is \`${known.rule.code}\``;
  const names = new Map(
    rules.flatMap((rule) => [rule.code, rule.id, ...awsCodesOf(rule)].map((name) => [name, rule])),
  );
  const meant = nearest(typed, names.keys());
  const rule = meant === undefined ? undefined : names.get(meant);
  return rule === undefined
    ? 'see oclog rules list'
    : `did you mean \`${meant === rule.id ? rule.id : rule.code}\`?`;
}
