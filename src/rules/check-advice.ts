// Advice of rule files: a text for every variant, steps and verification for each, placeholders that hold.

import { type KeyPath, quote, type Report, suggest } from '../lib/yaml/problem.ts';
import { checkAdviceSecrets } from './check-secrets.ts';
import { captureName, FACTS, factNames } from './facts.ts';
import type { Rule, RuleStep, VariantText } from './rule.ts';
import { parseTemplate } from './template.ts';

interface AdviceContext {
  readonly report: Report;
  /** Ids of the rule's variants, empty where it has none; `null` where they are not in shape. */
  readonly variants: readonly string[] | null;
  /** The same of its captures. */
  readonly captures: NonNullable<Rule['capture']> | null;
}

export function checkAdvice(
  advice: Rule['advice'],
  variants: readonly string[] | null,
  captures: NonNullable<Rule['capture']> | null,
  report: Report,
): void {
  const context = { report, variants, captures };
  checkTexts(advice.summary, ['advice', 'summary'], context);
  checkTexts(advice.why, ['advice', 'why'], context);
  checkSteps(advice.steps, ['advice', 'steps'], 'step', context);
  checkSteps(advice.verify, ['advice', 'verify'], 'verification', context);
  for (const [index, limit] of (advice.limits ?? []).entries()) {
    checkText(limit, ['advice', 'limits', index], false, context);
  }
}

function checkTexts(text: VariantText, path: KeyPath, context: AdviceContext): void {
  if (typeof text === 'string') {
    checkText(text, path, false, context);
    return;
  }
  const { variants, report } = context;
  for (const [variant, one] of Object.entries(text)) {
    checkText(one, [...path, variant], false, context);
    if (variant !== 'default') checkVariant(variant, [...path, variant], 'key', context);
  }
  if ('default' in text || variants === null) return;
  for (const variant of variants) {
    if (variant in text) continue;
    report(path, `no text for the variant ${quote(variant)}`, {
      at: 'key',
      help: 'add one, or a `default`',
    });
  }
  if (variants.length === 0) report(path, 'a text by variants in a rule that has none', { at: 'key' });
}

function checkSteps(steps: readonly RuleStep[], path: KeyPath, what: string, context: AdviceContext): void {
  for (const [index, step] of steps.entries()) {
    const at = [...path, index];
    checkText(step.do, [...at, 'do'], false, context);
    if (step.run !== undefined) checkText(step.run, [...at, 'run'], true, context);
    if (step.expect !== undefined) checkText(step.expect, [...at, 'expect'], false, context);
    for (const [place, variant] of (step.for ?? []).entries()) {
      checkVariant(variant, [...at, 'for', place], 'value', context);
    }
  }
  for (const variant of context.variants ?? []) {
    if (steps.some((step) => step.for === undefined || step.for.includes(variant))) continue;
    context.report(path, `no ${what} for the variant ${quote(variant)}`, { at: 'key' });
  }
}

function checkVariant(
  variant: string,
  path: KeyPath,
  at: 'key' | 'value',
  { variants, report }: AdviceContext,
): void {
  if (variants === null || variants.includes(variant)) return;
  const help = variants.length === 0 ? 'the rule has no variants' : suggest(variant, variants);
  report(path, `unknown variant ${quote(variant)}`, { at, help });
}

function checkText(text: string, path: KeyPath, isCommand: boolean, context: AdviceContext): void {
  const { report } = context;
  checkAdviceSecrets(text, path, report);
  const { parts, stray } = parseTemplate(text);
  if (stray !== null) {
    report(path, `a ${quote(stray)} that belongs to no placeholder`, {
      piece: stray,
      help: `write ${stray}${stray} for the character itself`,
    });
  }
  for (const part of parts) {
    if (typeof part !== 'string') checkPlaceholder(part, path, isCommand, context);
  }
}

function checkPlaceholder(
  {
    name,
    fallback,
    piece,
  }: { readonly name: string; readonly fallback: string | null; readonly piece: string },
  path: KeyPath,
  isCommand: boolean,
  { captures, report }: AdviceContext,
): void {
  const capture = captureName(name);
  const fact = FACTS.get(name);
  if (capture !== null ? captures !== null && captures[capture] === undefined : fact === undefined) {
    const names = factNames(Object.keys(captures ?? {}));
    const near = suggest(name, names);
    const help = near?.startsWith('did') ? near : 'write {{ and }} for braces themselves';
    report(path, `unknown placeholder ${quote(piece)}`, { piece, help });
    return;
  }
  if (fallback !== null) return;
  const optional = capture === null ? fact?.nullable : captures?.[capture]?.optional;
  const help = `write {${name}|what to say instead}`;
  if (optional) report(path, `${quote(piece)} may have no value`, { piece, help });
  else if (isCommand) {
    // What a log says can hold what a shell would run; such a value is left out of a command.
    report(path, `${quote(piece)} may have no value that is safe in a command`, { piece, help });
  }
}
