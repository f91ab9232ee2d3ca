// Variants of rule files: one name each, a condition each, and a last one for the rest.

import { type KeyPath, quote, type Report } from '../lib/yaml/problem.ts';
import { type ConditionContext, checkCondition } from './check-condition.ts';
import type { Variant } from './rule.ts';

export function checkVariants(variants: readonly Variant[], context: ConditionContext): void {
  const { report } = context;
  const seen = new Set<string>();
  for (const [index, variant] of variants.entries()) {
    const path = ['variants', index];
    const { id, when } = variant;
    if (seen.has(id)) report([...path, 'id'], `two variants with the id ${quote(id)}`);
    seen.add(id);
    // Texts by variants have their own use for this name.
    if (id === 'default') report([...path, 'id'], '`default` cannot be the id of a variant');
    checkChoice(variant, path, index === variants.length - 1, report);
    if (when) checkCondition(when, [...path, 'when'], context);
  }
}

function checkChoice({ id, when, otherwise }: Variant, path: KeyPath, isLast: boolean, report: Report): void {
  const at = 'key';
  if (when && otherwise) {
    report([...path, 'otherwise'], 'a variant with both `when` and `otherwise`', { at });
  } else if (otherwise && !isLast) {
    report([...path, 'otherwise'], '`otherwise` must be the last variant', { at });
  } else if (isLast && !otherwise) {
    report(path, 'the last variant must be `otherwise: true`');
  } else if (!when && !otherwise) {
    report(path, `the variant ${quote(id)} needs a \`when\``);
  }
}
