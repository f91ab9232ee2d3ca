import { expect, test } from '@jest/globals';
import { UsageError } from '../../src/lib/errors.ts';
import { loadBuiltinRules } from '../../src/rules/builtin.ts';
import { findRule } from '../../src/rules/find-rule.ts';

const rules = await loadBuiltinRules();

test.each(['VNA1001', 'vna1001', ' Vna1001 ', 'aws.invalid-client-token-id'])('%j is a rule', (word) => {
  expect(findRule(rules, word).code).toBe('VNA1001');
});

test.each([
  ['VNA101', 'did you mean `VNA1001`?'],
  ['VNA10999', 'did you mean `VNA1099`?'],
  ['aws.acces-denied', 'did you mean `aws.access-denied`?'],
  ['SignatureDoesNotMatch', "AWS's SignatureDoesNotMatch is `VNA1002`"],
  ['accesdenied', 'did you mean `VNA1003`?'],
  ['zebra', 'see oclog rules list'],
  ['x'.repeat(100_000), 'see oclog rules list'],
  ['word '.repeat(100), 'see oclog rules list'],
])('%.20s is none: %s', (word, hint) => {
  const attempt = (): unknown => findRule(rules, word);
  expect(attempt).toThrow(UsageError);
  expect(attempt).toThrow(expect.objectContaining({ hint }));
  expect(attempt).toThrow(/^unknown code `.{0,65}`$/);
});
