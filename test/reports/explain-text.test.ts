import { expect, test } from '@jest/globals';
import { explainPaste } from '../../src/app/explain-paste.ts';
import { entryOf, explainRule } from '../../src/app/explain-rule.ts';
import { explanationText } from '../../src/reports/explain-text.ts';
import { paintWith } from '../../src/reports/paint.ts';
import { tableOf } from '../../src/reports/rules-text.ts';
import { verdictText } from '../../src/reports/verdict-text.ts';
import { loadBuiltinRules } from '../../src/rules/builtin.ts';
import { builtInRules } from '../helpers/scan.ts';
import { ruleOf } from '../rules/example.ts';

const rules = await loadBuiltinRules();
const PLAIN = { color: false, columns: 80 };
/** One blank for any white space. */
const folded = (text: string): string => text.replace(/\s+/g, ' ');

test.each(rules.map((rule) => [rule.code, rule] as const))(
  '%s tells every part, in order',
  async (_, rule) => {
    const explanation = await explainRule(rule, rules);
    const text = explanationText(explanation, PLAIN);
    expect(text.startsWith(`${rule.code} ${rule.title}\n`)).toBe(true);
    const labels = Array.from(text.matchAll(/^ {2}([a-z][a-z ]*?): /gm), ([, label]) => label);
    const parts = explanation.variants.flatMap(({ variant }) => [
      variant === null ? 'sure' : 'variant',
      'example',
      'cause',
      'fix',
      'verify',
    ]);
    expect(labels).toEqual(['rule', 'known by', ...parts, 'wrong if', 'sources']);
    for (const { advice } of explanation.variants) {
      expect(folded(text)).toContain(folded(advice.why));
      for (const { run } of [...advice.steps, ...advice.verify])
        for (const line of run?.split('\n') ?? [])
          expect(text).toMatch(new RegExp(`^ +${literally(line)}$`, 'm'));
    }
    for (const limit of explanation.limits) expect(folded(text)).toContain(folded(limit));
  },
);

function literally(text: string): string {
  return text.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

test('prose fits the width; commands, addresses and the title stay whole', async () => {
  for (const columns of [40, 60, 80, 100]) {
    for (const rule of rules) {
      const explanation = await explainRule(rule, rules);
      const whole = explanation.variants.flatMap(({ advice }) => [
        rule.title,
        ...advice.links.map(({ url }) => url),
        ...[...advice.steps, ...advice.verify].flatMap(({ run }) => run?.split('\n') ?? []),
      ]);
      const long = explanationText(explanation, { color: false, columns })
        .split('\n')
        .filter((line) => line.length > columns && !whole.some((one) => line.endsWith(one.trimEnd())));
      // Paths within a sentence are whole, too.
      expect(long.filter((line) => !/\S{1,120}\/\S*$/.test(line))).toEqual([]);
    }
  }
});

test('what a rule file says cannot steer the terminal', async () => {
  const rule = ruleOf({
    title: 'Red \x1b[31m alert \u202e',
    match: { contains: 'a\x1b]0;title\x07b' },
    advice: {
      summary: '\x1b[2J',
      why: '\u009b5m',
      steps: [{ do: 'd', run: 'ls\x1b[0m' }],
      verify: [{ do: 'v' }],
      links: [],
      limits: ['\x00x'],
    },
    samples: {
      match: [{ name: 'm', text: 'x\x1b[31m' }],
      nomatch: [{ name: 'n\x07', because: 'b\x1b', text: 'y' }],
    },
  });
  const explanation = await explainRule(rule, [rule]);
  expect(explanationText(explanation, PLAIN)).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  expect(tableOf([entryOf(rule)], paintWith(false))).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
});

test('colour is for terminals', async () => {
  const [rule] = rules;
  if (rule === undefined) throw new Error('no rules');
  const explanation = await explainRule(rule, rules);
  const colored = explanationText(explanation, { ...PLAIN, color: true });
  expect(colored).toContain('\x1b[');
  expect(colored.replace(/\x1b\[[\d;]*m/g, '')).toBe(explanationText(explanation, PLAIN));
});

test('rules are a table', () => {
  const table = tableOf(
    [
      entryOf(ruleOf({ code: 'A1', title: 'One', severity: 'critical', status: 'experimental' })),
      entryOf(ruleOf({ code: 'LONGER22', title: 'Two', applies: { plugin: ['A_PLUGIN', 'B_PLUGIN'] } })),
    ],
    paintWith(false),
  );
  expect(table).toBe(
    [
      'A1        critical  any                 One (experimental)',
      'LONGER22  info      A_PLUGIN, B_PLUGIN  Two',
      '',
    ].join('\n'),
  );
});

test('a verdict names the fault, how it was read, how sure it is, and what to do', async () => {
  const verdict = await explainPaste('SignatureDoesNotMatch', true, await builtInRules());
  const text = verdictText(verdict, PLAIN);
  expect(text).toMatch(
    /^CRITICAL VNA1002 .*\n {2}sure: +likely: wrong-secret\n {2}read as: +one of AWS's error codes/,
  );
  expect(text).toContain('only the first MiB was looked at');
  expect(text).toMatch(/^ +oclog explain VNA1002$/m);
  expect(text).toMatch(/^ +aws sts get-caller-identity$/m);
});

test('a pasted record is shown line by line, and no more of it than its beginning', async () => {
  const head =
    '2024-03-01 10:15:30,123 ERROR [AWS_PLUGIN] (t) com.amazonaws.AmazonServiceException: Rate exceeded (Service: AmazonSNS; Status Code: 400; Error Code: Throttling; Request ID: x)';
  const frames = Array.from(
    { length: 40 },
    (_, index) => `\tat com.example.Poller.poll(Poller.java:${index})`,
  );
  const pasted = [head, ...frames].join('\n');
  const text = verdictText(explainPaste(pasted, false, await builtInRules()), PLAIN);
  const [, evidence = ''] = /^ {2}evidence: (.*?)^$/ms.exec(text) ?? [];
  expect(evidence).toMatch(/^ {12}at com\.example\.Poller\.poll\(Poller\.java:0\)$/m);
  expect(evidence).toMatch(/^ {12}\.\.\.$/m);
  expect(evidence.length).toBeLessThan(1200);
});

test('what is not recognised says what to paste', async () => {
  const text = verdictText(await explainPaste('hello', false, await builtInRules()), PLAIN);
  expect(text).toMatch(/^No fault recognised\.\n/);
  expect(text).toContain('An error occurred');
});
