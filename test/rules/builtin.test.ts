import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { loadBuiltinRules, loadRules, readCompiled, sendRules } from '../../src/rules/builtin.ts';
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
  const [one, two] = [join(directory, 'one'), join(directory, 'two')];
  for (const folder of [one, two]) {
    await mkdir(folder);
    await compileBuiltin(join(ROOT, 'src/rules/builtin'), folder);
  }
  for (const file of ['builtin.json', 'builtin-advice.json', 'builtin-samples.json'])
    expect(await readFile(join(one, file), 'utf8')).toBe(await readFile(join(two, file), 'utf8'));
  const [compiled, written] = [readCompiled(one), await loadBuiltinRules()];
  expect(compiled).toEqual(written);
  // In the order in which they were written, as `rules show` prints them.
  expect(JSON.stringify(compiled)).toBe(JSON.stringify(written));
  // A thread reads the ones by itself, and is told the others.
  expect(sendRules([...compiled, ...written])).toEqual([...compiled.map(({ code }) => code), ...written]);
  const [fast, slow] = [await compileRules(compiled), await compileRules(written)];
  expect(fast.literals).toEqual(slow.literals);
  for (const raw of ['', 'InvalidClientTokenId', 'Service: AWSSecurityTokenService; Status Code: 403'])
    expect(fast.mayHold(raw)).toBe(slow.mayHold(raw));
});

test('a start reads a small part of the built-in rules', async () => {
  const directory = await filesOf({});
  await compileBuiltin(join(ROOT, 'src/rules/builtin'), directory);
  expect((await readFile(join(directory, 'builtin.json'))).length).toBeLessThan(20_000);
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
