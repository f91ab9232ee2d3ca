// The `alert` section of a rule: variants that are there, and conditions on records of success.
import { quote, type Report, suggest } from '../lib/yaml/problem.ts';
import { checkCondition } from './check-condition.ts';
import type { RuleAlert } from './rule.ts';

/** `variants` are the rule's ids of them; `null` where they are not in shape. */
export function checkAlert(alert: RuleAlert, variants: readonly string[] | null, report: Report): void {
  for (const [index, inhibited] of (alert.inhibits ?? []).entries()) {
    const when = typeof inhibited === 'string' ? undefined : inhibited.when;
    if (variants === null || when === undefined || variants.includes(when)) continue;
    const help = suggest(when, variants);
    report(['alert', 'inhibits', index, 'when'], `unknown variant ${quote(when)}`, { help });
  }
  const context = { report, captures: [], ids: new Set<string>() };
  for (const [index, { match }] of (alert.resolveOn ?? []).entries()) {
    if (match !== undefined) checkCondition(match, ['alert', 'resolveOn', index, 'match'], context);
  }
}
