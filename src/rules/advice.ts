// A match's advice: the variant's texts with the record's facts filled in. What comes from the log is cleaned,
// redacted and bounded before it enters a sentence.
import type { Advice } from '../findings/finding.ts';
import { type RedactLevel, redactLine } from '../findings/redact.ts';
import { linksOf, nameSource } from './citation.ts';
import type { Match } from './engine.ts';
import { captureName, FACTS, type Facts } from './facts.ts';
import type { RuleStep, VariantText } from './rule.ts';
import { fillTemplate } from './template.ts';

const MAX_VALUE = 200;
/** What a shell takes as a plain word: a command made with it does what its author wrote. */
const PLAIN_WORD = /^[A-Za-z0-9._:/@%+=,][A-Za-z0-9._:/@%+=,-]*$/;

export function adviceFor(match: Match, facts: Facts, redaction: RedactLevel = 'standard'): Advice {
  const { rule, variant, captures } = match;
  const value = (name: string): string | null => {
    const capture = captureName(name);
    const raw = capture === null ? (FACTS.get(name)?.read(facts) ?? null) : (captures[capture] ?? null);
    return raw === null ? null : oneLine(redactLine(String(raw), redaction));
  };
  const word = (name: string): string | null => {
    const found = value(name);
    return found !== null && PLAIN_WORD.test(found) ? found : null;
  };
  const text = (template: string): string => fillTemplate(template, value);
  const command = (template: string | undefined): string | null =>
    template === undefined ? null : fillTemplate(template, word);
  const outcome = ({ do: what, run, expect }: RuleStep) => ({
    do: text(what),
    run: command(run),
    expect: expect === undefined ? null : text(expect),
  });
  const meant = (step: RuleStep): boolean => step.for === undefined || step.for.includes(variant ?? '');

  const { summary, why, steps, verify } = rule.advice;
  return {
    summary: text(forVariant(summary, variant)),
    why: text(forVariant(why, variant)),
    steps: steps.filter(meant).map((step) => {
      const { do: what, run, expect } = outcome(step);
      const source = step.source === undefined ? null : nameSource(step.source);
      return { do: what, where: step.where ?? null, run, expect, source };
    }),
    verify: verify.filter(meant).map(outcome),
    links: linksOf(rule),
  };
}

function forVariant(text: VariantText, variant: string | null): string {
  if (typeof text === 'string') return text;
  return (variant === null ? undefined : text[variant]) ?? text['default'] ?? '';
}

function oneLine(value: string): string {
  const line = value
    .slice(0, MAX_VALUE * 4)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > MAX_VALUE ? `${line.slice(0, MAX_VALUE - 1)}…` : line;
}
