import { expect, test } from '@jest/globals';
import { adviceFor } from '../../src/rules/advice.ts';
import type { Match } from '../../src/rules/engine.ts';
import type { Facts } from '../../src/rules/facts.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { parseTemplate } from '../../src/rules/template.ts';
import { factsOf, ruleOf } from './example.ts';

type AdviceParts = Partial<Rule['advice']>;

function advise(
  advice: AdviceParts,
  facts: Facts = factsOf('x'),
  match: Partial<Match> = {},
  parts: Partial<Rule> = {},
) {
  const rule = ruleOf(parts);
  return adviceFor(
    {
      rule: { ...rule, advice: { ...rule.advice, ...advice } },
      variant: null,
      confidence: 'likely',
      captures: {},
      ...match,
    },
    facts,
  );
}

test('a rule without anything special has all fields', () => {
  expect(advise({})).toEqual({
    summary: 's',
    why: 'w',
    steps: [{ do: 'd', where: null, run: null, expect: null, source: null }],
    verify: [{ do: 'v', run: null, expect: null }],
    links: [{ title: 'Broadcom KB 1234', url: 'https://knowledge.broadcom.com/external/article/1234' }],
  });
});

test('the variant chooses texts and steps', () => {
  const advice: AdviceParts = {
    summary: { a: 'for a', default: 'for all' },
    why: { a: 'as a', b: 'as b' },
    steps: [{ do: 'one' }, { do: 'two', for: ['b'] }, { do: 'three', for: ['a', 'b'] }],
    verify: [
      { do: 'check', for: ['a'] },
      { do: 'test', for: ['b'] },
    ],
  };
  const inShort = (variant: string) => {
    const { summary, why, steps, verify } = advise(advice, factsOf('x'), { variant });
    return [summary, why, ...steps.map((step) => step.do), ...verify.map((step) => step.do)];
  };
  expect(inShort('a')).toEqual(['for a', 'as a', 'one', 'three', 'check']);
  expect(inShort('b')).toEqual(['for all', 'as b', 'one', 'two', 'three', 'test']);
});

test('placeholders take facts and captures, or what stands in for them', () => {
  const facts = factsOf('x', { status: 403, region: 'eu-west-1' });
  const match = { captures: { account: '123' } };
  const text =
    '{aws.status|?} in {aws.region|your region} of {capture.account|it} by {aws.service|a service}{capture.none|} {{x}}';
  expect(advise({ summary: text }, facts, match).summary).toBe('403 in eu-west-1 of 123 by a service {x}');
});

test('what comes from the log is one line of at most 200 characters', () => {
  const { summary } = advise({ summary: '<{record.text}>' }, factsOf(`a\r\n\t b ${'of words '.repeat(99)}`));
  expect(summary).toMatch(/^<a b (?:of words )+[of words]*…>$/);
  expect(summary).toHaveLength(202);
});

test('what comes from the log is redacted', () => {
  const { summary } = advise(
    { summary: '{aws.message|}' },
    factsOf('x', { message: 'no password=hunter2hunter2' }),
  );
  expect(summary).toMatch(/^no password/);
  expect(summary).not.toContain('hunter2');
});

test('a value that a shell could take for more than a word is left out of a command', () => {
  const run = (value: string) =>
    advise({ steps: [{ do: 'd', run: 'aws --region {aws.region|REGION}' }] }, factsOf('x', { region: value }))
      .steps[0]?.run;
  expect(run('eu-west-1')).toBe('aws --region eu-west-1');
  for (const value of ['x; rm -rf /', '$(id)', '`id`', '--endpoint', "a'b", 'a b', 'a\nb', '~', 'a>b', '']) {
    expect(run(value)).toBe('aws --region REGION');
  }
});

test('sources are named, and each leads to one link', () => {
  const page = { title: 'A page', url: 'https://example.com/a' };
  const { steps, links } = advise(
    {
      steps: [
        { do: 'a', source: { article: '442985', section: 'Resolution', step: 1 } },
        { do: 'b', source: { article: '442985', section: 'Resolution', step: '2b' } },
        { do: 'c', source: page },
      ],
      links: [
        { title: 'Own', url: 'https://example.com/own' },
        { ...page, title: 'The page' },
      ],
    },
    factsOf('x'),
    {},
    { sources: [{ article: '442985', section: 'Cause' }, { article: '431603', section: 'Issue' }, page] },
  );
  expect(steps.map(({ source }) => source)).toEqual([
    'KB 442985, Resolution 1',
    'KB 442985, Resolution 2b',
    'A page',
  ]);
  expect(links).toEqual([
    { title: 'Own', url: 'https://example.com/own' },
    { title: 'The page', url: 'https://example.com/a' },
    {
      title: 'Broadcom KB 442985',
      url: 'https://knowledge.broadcom.com/external/article/442985/error-403-invalidclienttokenid-when-conf.html',
    },
    { title: 'Broadcom KB 431603', url: 'https://knowledge.broadcom.com/external/article/431603' },
  ]);
});

test.each([
  ['plain', ['plain'], null],
  ['', [], null],
  ['{{', ['{'], null],
  ['{a|b|c}', [{ name: 'a', fallback: 'b|c', piece: '{a|b|c}' }], null],
  ['{{{a}}}', ['{', { name: 'a', fallback: null, piece: '{a}' }, '}'], null],
  ['a } b {', ['a ', '}', ' b ', '{'], '}'],
])('the template %s', (text, parts, stray) => {
  expect(parseTemplate(text)).toEqual({ parts, stray });
});
