// The rules there are, for people or for programs: what `explain` without a code and `rules list` print.
import { entryOf } from '../app/explain-rule.ts';
import { serialise } from '../findings/serialise.ts';
import { paintWith } from '../reports/paint.ts';
import { tableOf } from '../reports/rules-text.ts';
import type { Rule } from '../rules/rule.ts';

/** `behind` follows the table that people read. */
export function ruleList(
  rules: readonly Rule[],
  { json, color }: { readonly json: boolean; readonly color: boolean },
  behind = '',
): string {
  const entries = rules.map(entryOf);
  if (json) return jsonText({ schemaVersion: 1, type: 'rules', rules: entries });
  return tableOf(entries, paintWith(color)) + behind;
}

/** One document, indented. */
export function jsonText(value: unknown): string {
  return `${serialise(value, 2)}\n`;
}
