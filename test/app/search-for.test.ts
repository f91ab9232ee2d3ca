import { expect, test } from '@jest/globals';
import { searchFor } from '../../src/app/search-for.ts';
import type { Search } from '../../src/records/candidate-options.ts';
import { loadBuiltinRules } from '../../src/rules/builtin.ts';
import { compileRules } from '../../src/rules/compile.ts';
import { LiveRules } from '../../src/rules/live.ts';
import { recordAt } from '../helpers/vna-log.ts';
import { ruleOf } from '../rules/example.ts';

const logOf = (plugin: string, message: string): Buffer =>
  Buffer.from(recordAt(new Date('2024-03-01T10:15:30.123Z'), 'INFO', plugin, 't', message).repeat(200));
const QUIET = logOf('DNAC_PLUGIN', 'polled');
const CHATTY = logOf('AWS_PLUGIN', 'polled');
const ABOUT_AWS = logOf('DNAC_PLUGIN', 'exit code: 0, Service: none, amazonaws.com');

const builtIn = async (): Promise<LiveRules> => new LiveRules(await compileRules(await loadBuiltinRules()));

/** How many hits there are in the text. */
function hitsIn(search: Search | null, text: string | Buffer): number {
  if (search === null) throw new Error('nothing is searched for');
  const { memory, inputAt } = search.searcher;
  const length = Buffer.from(text).copy(memory, inputAt);
  return search.searcher.search(inputAt, inputAt + length).count;
}

test('the plug-in is searched for where it says little', async () => {
  const search = searchFor(await builtIn())(QUIET);
  expect(hitsIn(search, 'AWS_PLUGIN')).toBe(1);
  expect(hitsIn(search, 'amazonaws')).toBe(0);
});

test("what AWS's errors hold is searched for where the plug-in says much", async () => {
  const search = searchFor(await builtIn())(CHATTY);
  expect(hitsIn(search, CHATTY)).toBe(0);
  expect(hitsIn(search, 'amazonaws')).toBe(1);
});

test('what stands once is searched for rather than what stands twice', async () => {
  const rules = await compileRules([
    ruleOf({ match: { all: [{ contains: 'once' }, { contains: 'two-times' }] } }),
  ]);
  const search = searchFor(rules)(Buffer.from('two-times once two-times'));
  expect(hitsIn(search, 'once')).toBe(1);
  expect(hitsIn(search, 'two-times')).toBe(0);
});

test('the choice is made anew when there are many hits, by what was read last', async () => {
  const find = searchFor(await builtIn(), { patience: 100 });
  const first = find(QUIET);
  hitsIn(first, CHATTY.subarray(0, CHATTY.length / 4));
  expect(find(CHATTY)).toBe(first);
  hitsIn(first, CHATTY);
  const second = find(CHATTY);
  expect(second).not.toBe(first);
  expect(hitsIn(second, CHATTY)).toBe(0);

  hitsIn(second, ABOUT_AWS);
  expect(hitsIn(find(ABOUT_AWS), ABOUT_AWS)).toBe(0);
});

test('what nothing better is found for stays, and is looked at more and more seldom', async () => {
  const rules = new LiveRules(await compileRules([ruleOf({ match: { contains: 'polled' } })]));
  const find = searchFor(rules, { patience: 100 });
  hitsIn(find(QUIET), QUIET);
  // In a log full of hits the key in use is searched for, too.
  const search = find(QUIET);
  expect(search?.hints).toBe(true);
  let asked = 0;
  const literalsBy = rules.literalsBy.bind(rules);
  rules.literalsBy = (costOf) => {
    asked += 1;
    return literalsBy(costOf);
  };
  for (let round = 0; round < 64; round += 1) {
    hitsIn(search, QUIET);
    expect(find(QUIET)).toBe(search);
  }
  // 200 hits a round, after 100, 300, 700, 1500, 3100, 6300 and 12700.
  expect(asked).toBe(7);
});

test('rules are exchanged, and the searcher with them if they need something else', async () => {
  const rules = await builtIn();
  const find = searchFor(rules);
  const first = find(QUIET);
  rules.exchange(await compileRules(await loadBuiltinRules()));
  expect(find(QUIET)).toBe(first);
  rules.exchange(await compileRules([ruleOf({ match: { contains: 'polled' } })]));
  expect(hitsIn(find(QUIET), QUIET)).toBe(200);
  rules.exchange(await compileRules([ruleOf({ match: { not: { contains: 'polled' } } })]));
  expect(find(QUIET)).toBeNull();
});
