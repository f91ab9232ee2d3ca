import { describe, expect, test } from '@jest/globals';
import { explainRule } from '../../src/app/explain-rule.ts';
import { recordsInText } from '../../src/app/text-records.ts';
import { loadBuiltinRules } from '../../src/rules/builtin.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { ruleOf } from '../rules/example.ts';

const rules = await loadBuiltinRules();
const ruleNamed = (code: string): Rule => {
  const rule = rules.find((one) => one.code === code);
  if (rule === undefined) throw new Error(`no ${code}`);
  return rule;
};

describe.each(rules.map((rule) => [rule.code, rule] as const))('%s explained', (code, rule) => {
  test('has all that its reader needs, for each variant', async () => {
    const explanation = await explainRule(rule, rules);
    expect(explanation).toMatchObject({ code, rule: rule.id, title: rule.title });
    expect(explanation.recognised[0]?.text).toBe(
      'the record bears the tag [AWS_PLUGIN] and stands at WARN or above',
    );
    expect(explanation.limits.length + explanation.lookalikes.length).toBeGreaterThan(2);
    expect(explanation.sources.length).toBeGreaterThan(0);
    expect(explanation.variants.map(({ variant }) => variant)).toEqual(
      rule.variants?.map(({ id }) => id) ?? [null],
    );
    for (const { example, advice } of explanation.variants) {
      expect(example).toContain('[AWS_PLUGIN]');
      expect(advice.steps.length).toBeGreaterThan(0);
      expect(advice.verify.length).toBeGreaterThan(0);
    }
  });

  test('shows no key, and commands that do not depend on the example', async () => {
    const { variants } = await explainRule(rule, rules);
    for (const { example, advice } of variants) {
      expect(example).not.toMatch(/A[KS]IA[A-Z0-9]{16}/);
      const commands = [...advice.steps, ...advice.verify].flatMap(({ run }) => run ?? []).join('\n');
      for (const [region] of commands.matchAll(/\b[a-z]{2}(?:-gov)?-[a-z]+-\d\b/g))
        expect(['us-east-1', 'us-gov-west-1', 'cn-north-1']).toContain(region);
    }
  });
});

test('the prose is filled in from the example', async () => {
  const { variants } = await explainRule(ruleNamed('VNA1002'), rules);
  expect(variants[0]?.advice.why).toMatch(/AWS's sentence: Signature expired: \d{8}T/);
});

test('a rule whose sample does not match is explained all the same', async () => {
  const samples = { match: [{ name: 'm', text: 'no header' }], nomatch: [{ name: 'n', text: 'y' }] };
  const rule = ruleOf({ match: { contains: 'zebra' }, samples });
  const { variants, lookalikes } = await explainRule(rule, [rule]);
  expect(variants).toMatchObject([
    { variant: null, confidence: 'likely', example: 'no header', advice: { why: 'w' } },
  ]);
  expect(lookalikes).toEqual([]);
});

test('a long example is shown in part', async () => {
  const text = `ERROR [X_PLUGIN] x ${'y'.repeat(2000)}\n${'\tat a.B.c(D.java:1)\n'.repeat(50)}`;
  const rule = ruleOf({ samples: { match: [{ name: 'm', text }], nomatch: [] } });
  const { variants } = await explainRule(rule, [rule]);
  const lines = variants[0]?.example?.split('\n') ?? [];
  expect(lines).toHaveLength(9);
  expect(lines.every((line) => line.length <= 600)).toBe(true);
  expect(lines.at(-1)).toBe('…');
});

test('a text in memory has the records of a file', async () => {
  const records = recordsInText('lead\r\nERROR [A_PLUGIN] één\r\n  more\r\n\r\nINFO [B_PLUGIN] two');
  expect(records.map(({ text, position }) => [text, position.line, position.endLine])).toEqual([
    ['ERROR [A_PLUGIN] één\n  more', 2, 3],
    ['INFO [B_PLUGIN] two', 5, 5],
  ]);
  expect(recordsInText('')).toEqual([]);
});
