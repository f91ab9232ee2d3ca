import { describe, expect, test } from '@jest/globals';
import type { Clause } from '../../src/findings/explanation.ts';
import { loadBuiltinRules } from '../../src/rules/builtin.ts';
import { awsCodesOf, describeCondition, describeRule } from '../../src/rules/describe.ts';
import type { Condition, Leaf } from '../../src/rules/rule.ts';
import { ruleOf } from './example.ts';

const lines = (clauses: readonly Clause[], indent = ''): readonly string[] =>
  clauses.flatMap(({ text, parts }) => [indent + text, ...lines(parts, `${indent}  `)]);
const say = (condition: Condition): readonly string[] => lines(describeCondition(condition));

describe('a leaf in words', () => {
  const LEAVES: readonly (readonly [Leaf, string, string])[] = [
    [{ fact: 'aws.errorCode', equals: 'X' }, "AWS's error code is X", "AWS's error code is not X"],
    [
      { fact: 'aws.errorCode', in: ['A', 'B', 'C'] },
      "AWS's error code is A, B or C",
      "AWS's error code is none of A, B and C",
    ],
    [
      { contains: 'token was lost' },
      'the record\'s text contains "token was lost"',
      'the record\'s text does not contain "token was lost"',
    ],
    [
      { fact: 'record.thread', startsWith: 'pool' },
      'the name of the record\'s thread begins with "pool"',
      'the name of the record\'s thread does not begin with "pool"',
    ],
    [
      { fact: 'aws.message', regex: '(?i)not authorized' },
      'AWS\'s sentence contains "not authorized", in capital or small letters',
      'AWS\'s sentence does not contain "not authorized", in capital or small letters',
    ],
    [
      { regex: 'a+b' },
      "the record's text matches the expression a+b",
      "the record's text does not match the expression a+b",
    ],
    [{ fact: 'aws.status', gt: 400 }, 'the HTTP status is above 400', 'the HTTP status is not above 400'],
    [
      { fact: 'aws.status', gte: 400 },
      'the HTTP status is 400 or more',
      'the HTTP status is not 400 or more',
    ],
    [{ fact: 'aws.status', lt: 400 }, 'the HTTP status is below 400', 'the HTTP status is not below 400'],
    [
      { fact: 'aws.status', lte: 400 },
      'the HTTP status is 400 or less',
      'the HTTP status is not 400 or less',
    ],
    [
      { fact: 'aws.requestId', exists: false },
      'the record gives no request id of AWS',
      'the record gives a request id of AWS',
    ],
    [
      { fact: 'capture.account', exists: true },
      'the part of the text called account is known',
      'the part of the text called account is not known',
    ],
    [
      { fact: 'aws.inferred', equals: false },
      'the log prints the error code',
      'the log does not print the error code',
    ],
    [
      { fact: 'key.kind', equals: 'temporary' },
      'the record, or one shortly before it on the same thread, shows a temporary key: an ASIA key id, or the ARN of an assumed role or federated user',
      'no temporary key is shown',
    ],
  ];

  test.each(LEAVES)('%j', (leaf, holds, contrary) => {
    expect(say(leaf)).toEqual([holds]);
    expect(say({ not: leaf })).toEqual([contrary]);
  });
});

test('combinations say what must hold together, and what of several', () => {
  const a: Leaf = { fact: 'aws.errorCode', equals: 'A' };
  const b: Leaf = { fact: 'aws.status', equals: 1 };
  expect(say({ all: [a, b], not: [{ contains: 'x' }, { contains: 'y' }] })).toEqual([
    "AWS's error code is A",
    'the HTTP status is 1',
    'the record\'s text does not contain "x"',
    'the record\'s text does not contain "y"',
  ]);
  expect(say({ any: [a, { all: [b, { contains: 'x' }] }] })).toEqual([
    'at least one of these holds:',
    "  AWS's error code is A",
    '  all of these hold:',
    '    the HTTP status is 1',
    '    the record\'s text contains "x"',
  ]);
  expect(say({ any: [{ all: [a] }] })).toEqual(["AWS's error code is A"]);
  expect(say({ not: { any: [a, b] } })).toEqual(["AWS's error code is not A", 'the HTTP status is not 1']);
  expect(say({ not: { all: [a, b] } })).toEqual([
    'these do not hold together:',
    "  AWS's error code is A",
    '  the HTTP status is 1',
  ]);
});

test('a rule says which records it looks at, what it needs of them, and which rules go first', () => {
  const first = ruleOf({ code: 'ACME1', exclusive: { group: 'acme', rank: 1 } });
  const rule = ruleOf({
    code: 'ACME2',
    exclusive: { group: 'acme', rank: 2 },
    applies: { plugin: ['AWS_PLUGIN', 'DNAC_PLUGIN'], levels: ['SEVERE', 'FATAL', 'ERROR'] },
    capture: { who: { regex: 'by (?P<v>\\w+)' }, account: { regex: '\\d{12}', optional: true } },
  });
  expect(lines(describeRule(rule, [first, rule]))).toEqual([
    'the record bears the tag [AWS_PLUGIN] or [DNAC_PLUGIN] and stands at ERROR or above',
    'the record\'s text contains "x"',
    'the text has a part that matches by (?P<v>\\w+) (who)',
    'it is not already reported as ACME1, which goes first',
  ]);
  const odd = ruleOf({ applies: { levels: ['ERROR', 'INFO'] } });
  expect(lines(describeRule(odd, [odd]))[0]).toBe('the record stands at ERROR or INFO');
});

test('the error codes of AWS are those that a match may rest on', async () => {
  const rules = await loadBuiltinRules();
  const denied = rules.find(({ code }) => code === 'VNA1003');
  if (denied === undefined) throw new Error('no VNA1003');
  expect(awsCodesOf(denied)).toContain('UnauthorizedOperation');
  expect(awsCodesOf(denied)).not.toContain('AuthFailure');
});
