import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { YamlProblems } from '../../src/lib/yaml/problem.ts';
import { loadBuiltinRules } from '../../src/rules/builtin.ts';
import { loadRuleFiles } from '../../src/rules/load.ts';
import type { Rule, RuleAlert, SuccessPattern } from '../../src/rules/rule.ts';
import { compileSuccesses } from '../../src/rules/success.ts';
import { filesOf, GOOD, recordOf, ruleOf } from './example.ts';

async function load(alert: string, builtIn: readonly Rule[] = []): Promise<RuleAlert | undefined> {
  const directory = await filesOf({ 'a.yaml': `${GOOD}${alert}` });
  const [rule] = await loadRuleFiles([join(directory, 'a.yaml')], builtIn);
  return rule?.alert;
}

async function problemsOf(alert: string): Promise<readonly string[]> {
  const error: unknown = await load(alert).catch((thrown: unknown) => thrown);
  if (!(error instanceof YamlProblems)) throw new Error('expected a YamlProblems', { cause: error });
  return error.problems.map(({ place, message, help }) => {
    const where = `${(place?.line ?? 0) - GOOD.split('\n').length + 1}:${place?.column}`;
    return `${where} ${message.replace(' in rule acme.lost-token', '')}${help === null ? '' : ` | ${help}`}`;
  });
}

describe('the alert section', () => {
  test('is loaded as it is written; a single success is a list of one', async () => {
    const alert = await load(`alert:
  quietAfter: 2h
  repeat: 1d
  fire: { count: 3, within: 10m }
  inhibits: [acme.lost-token, { rule: acme.lost-token, variant: elsewhere, when: in-account }]
  resolveOn: { contains: token found, plugin: X_PLUGIN, same: [region], match: { fact: aws.status, equals: 200 } }
`);
    expect(alert).toEqual({
      quietAfter: '2h',
      repeat: '1d',
      fire: { count: 3, within: '10m' },
      inhibits: ['acme.lost-token', { rule: 'acme.lost-token', variant: 'elsewhere', when: 'in-account' }],
      resolveOn: [
        {
          contains: 'token found',
          plugin: ['X_PLUGIN'],
          same: ['region'],
          match: { fact: 'aws.status', equals: 200 },
        },
      ],
    });
  });

  test.each([
    ['{ quietAfter: 30 }', ["1:22 `quietAfter` must be a text, not the number 30 | put it in quotes: '30'"]],
    ['{ quietAfter: 10ms }', ['1:22 `quietAfter` must be a span of a second or more such as 30m or 4h']],
    ['{ repeat: often }', ['1:18 `repeat` must be a span of a second or more such as 30m or 4h']],
    ['{ repaet: 1h }', ['1:10 unknown field `repaet` | did you mean `repeat`?']],
    ['{ fire: { count: 0, within: 1m } }', ['1:25 `count` must be 1 or more']],
    ['{ fire: { count: 2 } }', ['1:10 missing field `within`']],
    ['{ inhibits: [aws.no-such] }', ['1:21 unknown rule `aws.no-such` | there are: acme.lost-token']],
    [
      '{ inhibits: [{ rule: acme.lost-tokn }] }',
      ['1:29 unknown rule `acme.lost-tokn` | did you mean `acme.lost-token`?'],
    ],
    [
      '{ inhibits: [{ rule: acme.lost-token, when: elswhere }] }',
      ['1:52 unknown variant `elswhere` | did you mean `elsewhere`?'],
    ],
    ['{ resolveOn: { match: { contains: found } } }', ['1:10 missing field `contains`']],
    [
      '{ resolveOn: { contains: ok } }',
      ['1:33 `contains` must be four characters or more: other records hold it, too'],
    ],
    [
      '{ resolveOn: [{ contains: token, match: { fact: capture.what, exists: true } }] }',
      [expect.stringMatching(/^1:56 unknown fact `capture.what` \| there are: record.level,/)],
    ],
    [
      '{ resolveOn: { contains: token, match: { regex: "(?=x)" } } }',
      [
        '1:57 the regular expression uses look-around, which RE2 does not have | use a `not` leaf, or an `all` list of several leaves',
      ],
    ],
  ])('%s is refused', async (alert, problems) => {
    expect(await problemsOf(`alert: ${alert}\n`)).toEqual(problems);
  });

  test('may mute built-in rules', async () => {
    const alert = await load('alert: { inhibits: [aws.access-denied] }\n', await loadBuiltinRules());
    expect(alert?.inhibits).toEqual(['aws.access-denied']);
  });

  test('of the built-in rules has a refused key mute what it explains, and proves nothing', async () => {
    const rules = await loadBuiltinRules();
    const muted = new Map(rules.map(({ code, alert }) => [code, alert?.inhibits ?? []]));
    for (const code of ['VNA1001', 'VNA1002', 'VNA1004']) {
      expect(muted.get(code)).toEqual(expect.arrayContaining(['aws.access-denied', 'aws.unreachable']));
    }
    expect(muted.get('VNA1002')).toContainEqual({
      rule: 'aws.signature-does-not-match',
      variant: 'wrong-secret',
      when: 'clock-skew',
    });
    expect(rules.filter(({ alert }) => alert?.resolveOn !== undefined)).toEqual([]);
    expect((await compileSuccesses(rules)).literals).toEqual([]);
  });
});

describe('records of success', () => {
  const facts = (text: string, header: Parameters<typeof recordOf>[1] = {}) => ({
    record: recordOf(text, { level: 'INFO', ...header }),
    aws: null,
    key: null,
  });

  async function setOf(pattern: Partial<SuccessPattern>) {
    const alert = { resolveOn: [{ contains: 'connected', ...pattern }] };
    return compileSuccesses([ruleOf({ applies: { plugin: ['AWS_PLUGIN'], levels: ['ERROR'] }, alert })]);
  }

  test('are INFO records of the plug-in that hold the text', async () => {
    const set = await setOf({});
    expect(set.literals).toEqual(['connected']);
    expect(set.successesIn(facts('x connected y'))).toMatchObject([{ rule: 'acme.test', same: [] }]);
    expect(set.successesIn(facts('x disconnect y'))).toEqual([]);
    expect(set.successesIn(facts('connected', { level: 'DEBUG' }))).toEqual([]);
    expect(set.successesIn(facts('connected', { plugin: 'X_PLUGIN' }))).toEqual([]);
    expect(set.successesIn(facts('connected', { plugin: null }))).toEqual([]);
    expect(set.concerns(recordOf('other', { level: 'INFO' }))).toBe(true);
    expect(set.concerns(recordOf('connected', { level: 'ERROR' }))).toBe(false);
  });

  test('are of other levels and plug-ins where the pattern says so', async () => {
    const set = await setOf({ levels: ['DEBUG'], plugin: ['X_PLUGIN'] });
    expect(set.successesIn(facts('connected', { level: 'DEBUG', plugin: 'X_PLUGIN' }))).toHaveLength(1);
    expect(set.successesIn(facts('connected'))).toEqual([]);
  });

  test('satisfy the condition, too', async () => {
    const set = await setOf({ match: { regex: 'in [0-9]+ ms' } });
    expect(set.successesIn(facts('connected in 20 ms'))).toHaveLength(1);
    expect(set.successesIn(facts('connected in no time'))).toEqual([]);
  });

  test('can be named for rules that bring none, by id or code', async () => {
    const rules = await loadBuiltinRules();
    const pattern = { contains: 'Connected to AWS' };
    const set = await compileSuccesses(rules, [{ rules: ['VNA1001', 'aws.access-denied'], pattern }]);
    expect(set.successesIn(facts('Connected to AWS region')).map(({ rule }) => rule)).toEqual([
      'aws.invalid-client-token-id',
      'aws.access-denied',
    ]);
  });
});
