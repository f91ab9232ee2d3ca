// Samples of rules as they may be shown: cleaned, redacted, and, in an explanation, no longer than tells what they are about.
import { cleanText } from '../findings/clean.ts';
import { redact } from '../findings/redact.ts';
import type { Rule } from '../rules/rule.ts';

const MAX_LINES = 8;
const MAX_LINE = 600;

export function shownText(text: string): string {
  const lines = redact(cleanText(text), 'standard').trimEnd().split('\n');
  const shown = lines
    .slice(0, MAX_LINES)
    .map((line) => (line.length > MAX_LINE ? `${line.slice(0, MAX_LINE - 1)}…` : line));
  return (lines.length > MAX_LINES ? [...shown, '…'] : shown).join('\n');
}

/** The rule with its samples redacted, whole. */
export function redactSamples(rule: Rule): Rule {
  const redacted = <T extends { readonly text: string }>(sample: T): T => ({
    ...sample,
    text: redact(cleanText(sample.text), 'standard'),
  });
  const { match, nomatch } = rule.samples;
  return { ...rule, samples: { match: match.map(redacted), nomatch: nomatch.map(redacted) } };
}
