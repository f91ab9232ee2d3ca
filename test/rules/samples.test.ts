// Every rule that ships proves itself: its samples run through the whole pipeline, as they stand, with CRLF, and among
// ordinary records.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loadBuiltinRules, loadRules } from '../../src/rules/builtin.ts';
import { compileRules } from '../../src/rules/compile.ts';
import { scanText } from '../helpers/scan.ts';
import { cleanLog } from '../helpers/vna-log.ts';

const EXAMPLES = join(import.meta.dirname, '../../fixtures/rules');
const rules = await loadRules([EXAMPLES]);
const ruleSet = await compileRules(rules);
const builtIn = await loadBuiltinRules();

const before = cleanLog({ seed: 21, lines: 30 });
const after = cleanLog({ seed: 22, lines: 30 });
const FORMS: readonly (readonly [string, (text: string) => string])[] = [
  ['alone', (text) => text],
  ['with CRLF', (text) => text.replaceAll('\n', '\r\n')],
  ['among others', (text) => `${before}${text.trimEnd()}\n${after}`],
];

const positives = rules.flatMap((rule) =>
  rule.samples.match.map((sample) => [rule.code, sample.name, rule, sample] as const),
);
const negatives = rules.flatMap((rule) =>
  rule.samples.nomatch.map((sample) => [rule.code, sample.name, rule, sample] as const),
);

describe('samples', () => {
  test.each(positives)('%s reports: %s', async (_code, _name, { code }, { text, variant }) => {
    for (const [form, write] of FORMS) {
      const { findings } = await scanText(write(text), { rules: ruleSet });
      expect([form, findings.map((finding) => [finding.code, finding.variant])]).toEqual([
        form,
        [[code, variant ?? null]],
      ]);
    }
  });

  test.each(negatives)('%s does not report: %s', async (_code, _name, { code }, { text }) => {
    for (const [, write] of FORMS) {
      const { findings } = await scanText(write(text), { rules: ruleSet });
      expect(findings.map((finding) => finding.code)).not.toContain(code);
    }
  });

  test.each(rules.map((rule) => [rule.code, rule] as const))(
    '%s has one for each variant',
    (_, { variants, samples }) => {
      const proven = new Set(samples.match.map(({ variant }) => variant));
      for (const { id } of variants ?? []) expect(proven).toContain(id);
    },
  );
});

describe('the built-in rules', () => {
  test('are the twelve of the contract', () => {
    expect(builtIn.map(({ code, id, severity }) => [code, id, severity])).toEqual([
      ['VNA1001', 'aws.invalid-client-token-id', 'critical'],
      ['VNA1002', 'aws.signature-does-not-match', 'critical'],
      ['VNA1003', 'aws.access-denied', 'warning'],
      ['VNA1004', 'aws.access-key-rejected', 'critical'],
      ['VNA1005', 'aws.token-expired', 'critical'],
      ['VNA1006', 'aws.incomplete-authentication', 'critical'],
      ['VNA1007', 'aws.region-not-enabled', 'warning'],
      ['VNA1008', 'aws.throttled', 'info'],
      ['VNA1009', 'aws.unreachable', 'warning'],
      ['VNA1010', 'aws.refused-without-code', 'warning'],
      ['VNA1011', 'aws.no-credentials', 'critical'],
      ['VNA1099', 'aws.other-error', 'info'],
    ]);
    expect(readdirSync(join(import.meta.dirname, '../../src/rules/builtin'))).toHaveLength(12);
  });

  test('speak of no command and no format that does not exist', () => {
    const words = JSON.stringify(builtIn.map(({ advice }) => advice));
    expect(
      words.match(
        /oclog (?:tail|check|preflight|encode-secret)|--format (?!text|ndjson|json|pretty|brief|html)/,
      ),
    ).toBeNull();
  });

  test.each(builtIn.map((rule) => [rule.code, rule] as const))(
    '%s cites a source for every step',
    (_, { advice }) => {
      for (const step of advice.steps) {
        expect(step.source).toBeDefined();
        expect(step.where).toBeDefined();
      }
    },
  );
});
