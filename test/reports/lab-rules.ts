// A few rules of our own for the looks of reports, so that a better wording of a shipped rule changes none of them.
import { join } from 'node:path';
import { loadRules } from '../../src/rules/builtin.ts';
import { compileRules, type RuleSet } from '../../src/rules/compile.ts';

export async function labRules(): Promise<RuleSet> {
  const rules = await loadRules([join(import.meta.dirname, 'rules')]);
  return compileRules(rules.filter(({ code }) => code.startsWith('LAB')));
}
