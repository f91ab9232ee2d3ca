// `oclog rules list` and `oclog rules show`: the rules as data.
import { redactSamples } from '../../app/shown-text.ts';
import type { Given } from '../../config/flag.ts';
import { COLOR_CHOICES, wantsColor } from '../../lib/color.ts';
import { loadRules } from '../../rules/builtin.ts';
import { findRule } from '../../rules/find-rule.ts';
import type { Console } from '../console.ts';
import { choiceOf, listOf } from '../given.ts';
import { print } from '../print.ts';
import { jsonText, ruleList } from '../rule-list.ts';

export async function runRulesList(given: Given, io: Console): Promise<number> {
  const json = isJson(given);
  const rules = await loadRules(listOf(given, 'rules'));
  const color = wantsColor(choiceOf(given, 'color', COLOR_CHOICES, 'auto'), io.env, io.stdout.isTTY === true);
  return await print(ruleList(rules, { json, color }), io);
}

export async function runRulesShow(code: string, given: Given, io: Console): Promise<number> {
  const json = isJson(given);
  const rule = findRule(await loadRules(listOf(given, 'rules')), code);
  const definition = redactSamples(rule);
  if (json) return await print(jsonText({ schemaVersion: 1, type: 'rule', definition }), io);
  // Loaded here: YAML is needed by nothing else that a start loads.
  const { definitionText } = await import('../../reports/definition-text.ts');
  return await print(definitionText(definition), io);
}

function isJson(given: Given): boolean {
  return choiceOf(given, 'format', ['text', 'json'], 'text') === 'json';
}
