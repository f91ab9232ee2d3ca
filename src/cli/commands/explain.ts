// `oclog explain`: what a code means, or what a pasted text is about. Needs no log and no network.
import { explainOwn } from '../../app/explain-own.ts';
import { explainRule } from '../../app/explain-rule.ts';
import type { Given } from '../../config/flag.ts';
import { COLOR_CHOICES, wantsColor } from '../../lib/color.ts';
import { type ExplainOptions, explanationText } from '../../reports/explain-text.ts';
import { loadRules } from '../../rules/builtin.ts';
import { findAwsCode, findRule } from '../../rules/find-rule.ts';
import type { Rule } from '../../rules/rule.ts';
import type { Console } from '../console.ts';
import { choiceOf, listOf } from '../given.ts';
import { print } from '../print.ts';
import { jsonText, ruleList } from '../rule-list.ts';

const HOW_TO_ASK = `
oclog explain CODE   explains one of them
oclog explain -      says what a pasted record, exception or AWS CLI message is about
`;

interface Look extends ExplainOptions {
  readonly json: boolean;
}

export async function runExplain(code: string | undefined, given: Given, io: Console): Promise<number> {
  const look: Look = {
    json: choiceOf(given, 'format', ['text', 'json'], 'text') === 'json',
    color: wantsColor(choiceOf(given, 'color', COLOR_CHOICES, 'auto'), io.env, io.stdout.isTTY === true),
    columns: io.stdout.columns || 80,
  };
  const rules = await loadRules(listOf(given, 'rules'));
  if (code === undefined) return await print(ruleList(rules, look, HOW_TO_ASK), io);
  if (code === '-') return await print(await verdictOf(rules, look, io), io);
  if (findAwsCode(rules, code) !== null) return await print(await explainWords(code, false, rules, look), io);
  const explanation = explainOwn(code) ?? (await explainRule(findRule(rules, code), rules));
  return await print(look.json ? jsonText(explanation) : explanationText(explanation, look), io);
}

async function verdictOf(rules: readonly Rule[], look: Look, io: Console): Promise<string> {
  // Loaded here: the explanation of a code reads nothing and knows no layout of the AWS CLI.
  const { readPaste } = await import('../paste.ts');
  const paste = await readPaste(io);
  return paste === null ? '' : await explainWords(paste.text, paste.cut, rules, look);
}

async function explainWords(text: string, cut: boolean, rules: readonly Rule[], look: Look): Promise<string> {
  const { explainPaste } = await import('../../app/explain-paste.ts');
  const { compileRules } = await import('../../rules/compile.ts');
  const verdict = explainPaste(text, cut, compileRules(rules));
  if (look.json) return jsonText(verdict);
  return (await import('../../reports/verdict-text.ts')).verdictText(verdict, look);
}
