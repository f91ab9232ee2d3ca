import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { loadBuiltinRules, loadRules } from '../../src/rules/builtin.ts';
import { compileRules } from '../../src/rules/compile.ts';
import { compileBuiltin } from '../../src/rules/compile-builtin.ts';
import { loadRuleFiles } from '../../src/rules/load.ts';
import { filesOf, GOOD } from './example.ts';

const ROOT = join(import.meta.dirname, '../..');

test('the built-in rules are sound, sorted and compile', async () => {
  const rules = await loadBuiltinRules();
  const codes = rules.map(({ code }) => code);
  expect(codes).toContain('VNA1001');
  expect(codes).toEqual([...codes].sort());
  expect(codes.filter((code) => !/^VNA10\d\d$/.test(code))).toEqual([]);
  expect((await compileRules(rules)).rules).toEqual(rules);
});

test('the compiled rules are the same rules, byte for byte each time', async () => {
  const directory = await filesOf({});
  const written = join(ROOT, 'src/rules/builtin');
  await compileBuiltin(written, join(directory, 'one.json'));
  await compileBuiltin(written, join(directory, 'two.json'));
  const one = await readFile(join(directory, 'one.json'), 'utf8');
  expect(one).toBe(await readFile(join(directory, 'two.json'), 'utf8'));
  expect(JSON.parse(one)).toEqual(await loadBuiltinRules());
});

test('rules of the user come after the built-in ones, and may not take their codes', async () => {
  const builtIn = await loadBuiltinRules();
  await expect(loadRules([])).resolves.toEqual(builtIn);
  const rules = await loadRules([await filesOf({ 'a.yaml': GOOD })]);
  expect(rules.map(({ code }) => code)).toEqual([...builtIn.map(({ code }) => code), 'ACME7']);
  const taken = await filesOf({ 'a.yaml': GOOD.replace('ACME7', 'VNA1001') });
  await expect(loadRules([taken])).rejects.toThrow(
    'error: the code `VNA1001` is taken by the built-in rule aws.invalid-client-token-id in rule acme.lost-token',
  );
});

test('the rules that are shipped as examples are sound beside the built-in ones', async () => {
  const rules = await loadRuleFiles([join(ROOT, 'fixtures/rules')], await loadBuiltinRules());
  expect(rules.map(({ code }) => code)).toContain('DNAC0429');
});

test('the rule that the documentation begins with is sound', async () => {
  const page = await readFile(join(ROOT, 'docs/rules.md'), 'utf8');
  const example = /```yaml\n(schema: 1\n[\s\S]*?)```/.exec(page)?.[1] ?? '';
  const rules = await loadRuleFiles([await filesOf({ 'a.yaml': example })], await loadBuiltinRules());
  expect(rules.map(({ code }) => code)).toEqual(['ACME7']);
});
