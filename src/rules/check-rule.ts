// What the sections of one rule mean to each other. Each kind of section is looked into elsewhere.

import { quote, type Report } from '../lib/yaml/problem.ts';
import { checkAdvice } from './check-advice.ts';
import { checkAlert } from './check-alert.ts';
import { checkCondition } from './check-condition.ts';
import { checkRegex } from './check-regex.ts';
import { checkSamples } from './check-samples.ts';
import { checkVariants } from './check-variants.ts';
import type { Rule, Variant } from './rule.ts';
import type { Draft } from './shape.ts';
import { VALUE_GROUP } from './value-group.ts';

/** Looks at the sections that are in shape; `present` tells a section that is missing from one that is not. */
export function checkRule(draft: Draft, present: (section: keyof Rule) => boolean, report: Report): void {
  const broken = (section: keyof Rule): boolean => present(section) && draft[section] === undefined;
  const captures = broken('capture') ? null : (draft.capture ?? {});
  const variants = broken('variants') ? null : (draft.variants ?? []);
  const variantIds = variants?.map(({ id }) => id) ?? null;
  const captureNames = captures === null ? null : Object.keys(captures);

  const context = { report, captures: captureNames, ids: new Set<string>() };
  if (draft.match) checkCondition(draft.match, ['match'], context);
  if (captures !== null) checkCaptures(captures, report);
  if (variants !== null) {
    checkVariants(variants, context);
    checkConfidence(draft, variants, present, report);
  }
  if (draft.advice) checkAdvice(draft.advice, variantIds, captures, report);
  if (draft.alert) checkAlert(draft.alert, variantIds, report);
  if (draft.samples) checkSamples(draft.samples, variantIds, captureNames, report);
}

function checkCaptures(captures: NonNullable<Rule['capture']>, report: Report): void {
  for (const [name, { regex }] of Object.entries(captures)) {
    const path = ['capture', name, 'regex'];
    const group = checkRegex(regex, path, report)?.groups.find((one) => one !== VALUE_GROUP);
    if (group === undefined) continue;
    report(path, `a capture takes the group ${quote(VALUE_GROUP)}, not ${quote(group)}`, {
      piece: `<${group}>`,
      help: 'write (?P<v>…) for the part that is wanted and (?:…) for others',
    });
  }
}

function checkConfidence(
  draft: Draft,
  variants: readonly Variant[],
  present: (section: keyof Rule) => boolean,
  report: Report,
): void {
  if (variants.length === 0 && !present('confidence')) {
    report([], 'missing field `confidence`', { help: 'required where there are no variants' });
  } else if (variants.length > 0 && draft.confidence !== undefined) {
    report(['confidence'], '`confidence` belongs to each variant here', { at: 'key' });
  }
}
