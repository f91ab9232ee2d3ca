import { expect, test } from '@jest/globals';
import { loadBuiltinRules } from '../../src/rules/builtin.ts';
import { loadRuleFiles } from '../../src/rules/load.ts';
import { filesOf, GOOD } from './example.ts';

const withLimits = (limits: string): string => GOOD.replace('samples:\n', `  limits: ${limits}\nsamples:\n`);
const load = async (text: string) => loadRuleFiles([await filesOf({ 'a.yaml': text })], []);

test('every built-in rule says when its advice is wrong', async () => {
  for (const { code, advice } of await loadBuiltinRules())
    expect([code, advice.limits?.length]).toEqual([code, expect.any(Number)]);
});

test('a rule may say when its advice is wrong', async () => {
  const [rule] = await load(withLimits("['Not in {aws.region|GovCloud}.', Not on Sundays.]"));
  expect(rule?.advice.limits).toEqual(['Not in {aws.region|GovCloud}.', 'Not on Sundays.']);
});

test.each([
  ['[]', '`limits` must not be empty'],
  ['never', 'must be a list'],
  ["['']", 'must not be empty'],
  ["['{aws.regoin|x}']", 'unknown placeholder'],
  ["['AWS_SECRET_ACCESS_KEY=abc']", 'must not hold the value of a secret'],
])('limits: %s is refused', async (limits, message) => {
  await expect(load(withLimits(limits))).rejects.toThrow(message);
});
