import { describe, expect, test } from '@jest/globals';
import { AWS_ERROR_LITERALS } from '../../src/aws/error-literals.ts';
import { parseAwsError } from '../../src/aws/parse.ts';
import { recordsIn } from '../../src/records/live-framer.ts';
import { DEFAULT_RECORD_LIMITS } from '../../src/records/record.ts';
import { loadBuiltinRules } from '../../src/rules/builtin.ts';
import { literalsFor } from '../../src/rules/clauses.ts';
import { compileRules } from '../../src/rules/compile.ts';
import { clausesOf } from '../../src/rules/literals.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { CORPUS } from '../helpers/corpus.ts';
import { ruleOf } from './example.ts';

const AWS = [...AWS_ERROR_LITERALS];

describe('what a rule needs', () => {
  test.each<readonly [Partial<Rule>, readonly (readonly string[])[]]>([
    [{ match: { contains: 'lost token' } }, [['token']]],
    [{ match: { contains: 'no' } }, []],
    // Where a stack frame and an exception are put together from a JSON formatter's parts.
    [{ match: { contains: 'at com.acme.Poller.poll(Poller.java:1)' } }, [['com.acme.Poller']]],
    [{ match: { contains: 'Caused by: com.acme.Lost: gone' } }, [['com.acme.Lost']]],
    [{ match: { contains: 'a="quoted/path"' } }, [['quoted']]],
    [{ match: { contains: 'größte Not' } }, [['Not']]],
    [{ match: { startsWith: 'ERROR [Z_PLUGIN]' } }, [['[Z_PLUGIN]']]],
    [{ match: { regex: 'queue depth [0-9]+' } }, [['queue']]],
    [{ match: { regex: '(?i)queue' } }, []],
    [{ match: { fact: 'aws.status', gte: 400 } }, [AWS]],
    [{ match: { fact: 'aws.errorCode', exists: true } }, [AWS]],
    [{ match: { fact: 'aws.errorCode', exists: false } }, []],
    [{ match: { fact: 'record.level', equals: 'ERROR' } }, []],
    [{ match: { fact: 'key.kind', equals: 'temporary' } }, []],
    [{ match: { fact: 'record.plugin', in: ['A_PLUGIN', 'B_PLUGIN'] } }, [['A_PLUGIN', 'B_PLUGIN']]],
    [{ match: { fact: 'record.plugin', in: ['A_PLUGIN', 'x'] } }, []],
    [{ match: { any: [{ contains: 'one two three' }, { contains: 'four' }] } }, [['four', 'three']]],
    [{ match: { any: [{ contains: 'three' }, { contains: 'x' }] } }, []],
    [{ match: { all: [{ contains: 'three' }, { contains: 'four' }] } }, [['three'], ['four']]],
    [{ match: { not: { contains: 'three' } } }, []],
    [{ match: { contains: 'x' }, applies: { plugin: ['A_PLUGIN'] } }, [['A_PLUGIN']]],
    [{ match: { contains: 'x' }, capture: { a: { regex: 'lost [a-z]+' } } }, [['lost']]],
    [{ match: { contains: 'x' }, capture: { a: { regex: 'lost [a-z]+', optional: true } } }, []],
    [
      {
        match: { fact: 'capture.a', exists: true },
        capture: { a: { regex: 'lost [a-z]+', optional: true } },
      },
      [['lost']],
    ],
  ])('%j', (parts, clauses) => {
    expect(clausesOf(ruleOf(parts))).toEqual(clauses);
  });
});

test('few literals are searched for, and none where a rule may match anything', () => {
  expect(literalsFor([[['a'], ['b', 'c']], [['b', 'c']]])).toEqual(['b', 'c']);
  expect(literalsFor([[['a']], [['b', 'c'], ['a']]])).toEqual(['a']);
  expect(literalsFor([[['aa'], ['bbbb']]])).toEqual(['bbbb']);
  expect(literalsFor([[['a']], []])).toBeNull();
  expect(literalsFor([])).toBeNull();
});

test('what costs less is searched for instead, though it be more', () => {
  const costOf = (literal: string): number => (literal === 'a' ? 5 : 2);
  expect(literalsFor([[['a'], ['b', 'c']]], costOf)).toEqual(['b', 'c']);
  expect(literalsFor([[['a'], ['b', 'c', 'd']]], costOf)).toEqual(['a']);
  // What another rule needs anyway costs nothing more.
  expect(literalsFor([[['a']], [['a'], ['b', 'c']]], costOf)).toEqual(['a']);
});

test('no text of a log is broken within what the parser of AWS errors looks for', () => {
  for (const literal of AWS) expect(literal).not.toMatch(/\s/);
});

test('for the built-in rules it is one, the plug-in that they look at', async () => {
  const rules = await loadBuiltinRules();
  expect((await compileRules(rules)).literals).toEqual(['AWS_PLUGIN']);
  for (const rule of rules) expect(clausesOf(rule)).toEqual([['AWS_PLUGIN'], AWS]);
});

test('no record that a built-in rule is to report lacks them', async () => {
  const rules = await loadBuiltinRules();
  const ruleSet = await compileRules(rules);
  const texts = [
    ...rules.flatMap(({ samples }) => samples.match.map(({ text }) => text)),
    ...CORPUS.map(({ lines }) => lines.join('\n')),
  ];
  let reported = 0;
  for (const text of texts) {
    for (const record of recordsIn(Buffer.from(text), DEFAULT_RECORD_LIMITS)) {
      if (!ruleSet.concerns(record) || parseAwsError(record.text) === null) continue;
      reported += 1;
      expect(ruleSet.likely(record)).toEqual(ruleSet.candidates(record));
      expect(ruleSet.mayHold(record.raw)).toBe(true);
    }
  }
  expect(reported).toBeGreaterThan(50);
});

test('a rule is not asked where its literals are not', async () => {
  const ruleSet = await compileRules([
    ruleOf({ code: 'A1', id: 'a.a', match: { contains: 'alpha' } }),
    ruleOf({ code: 'B1', id: 'b.b', match: { all: [{ contains: 'alpha' }, { contains: 'beta' }] } }),
  ]);
  const codes = (raw: string): readonly string[] => {
    const [record] = recordsIn(Buffer.from(raw), DEFAULT_RECORD_LIMITS);
    return record === undefined ? [] : ruleSet.likely(record).map(({ rule }) => rule.code);
  };
  expect(codes('ERROR [A_PLUGIN] alpha')).toEqual(['A1']);
  expect(codes('ERROR [A_PLUGIN] beta alpha')).toEqual(['A1', 'B1']);
  expect(codes('ERROR [A_PLUGIN] beta')).toEqual([]);
});
