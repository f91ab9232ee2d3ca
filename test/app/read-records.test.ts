import { describe, expect, test } from '@jest/globals';
import { CandidateReader } from '../../src/app/read-candidates.ts';
import { readRecords } from '../../src/app/read-records.ts';
import { searchFor } from '../../src/app/search-for.ts';
import { SourceError } from '../../src/lib/errors.ts';
import { DEFAULT_RECORD_LIMITS } from '../../src/records/record.ts';
import { compileRules } from '../../src/rules/compile.ts';
import { recordAt } from '../helpers/vna-log.ts';
import { ruleOf } from '../rules/example.ts';

const recordOf = (text: string): string =>
  recordAt(new Date('2024-03-01T10:15:30.123Z'), 'ERROR', 'AWS_PLUGIN', 't', text);

/** What is read of chunks that come until an abort; `then` happens at it. */
async function readUntilAbort(
  chunks: readonly string[],
  then: 'more comes' | 'nothing more comes',
  road: 'fast' | 'slow',
): Promise<readonly string[]> {
  const abort = new AbortController();
  const problems: SourceError[] = [];
  async function* open(): AsyncGenerator<Buffer> {
    for (const chunk of chunks) yield Buffer.from(chunk);
    abort.abort();
    if (then === 'more comes') yield Buffer.from(' (never read)\n');
    else throw new SourceError('-', 'gone');
  }
  const source = { path: '-', modified: null, rereadable: false, open };
  const texts: string[] = [];
  const counter = { bytes: 0, lines: 0 };
  const limits = DEFAULT_RECORD_LIMITS;
  const { signal } = abort;
  const rules = await compileRules([ruleOf({ match: { fact: 'record.plugin', equals: 'AWS_PLUGIN' } })]);
  const candidates = new CandidateReader(
    source,
    { limits, search: searchFor(rules), problems, signal },
    counter,
  );
  const batches =
    road === 'fast' ? candidates.batches() : readRecords(source, limits, counter, problems, signal);
  for await (const batch of batches)
    for (const record of batch)
      if ('text' in record) texts.push(record.text.slice(record.text.indexOf(') ') + 2));
  expect(problems).toEqual([]);
  expect(counter.bytes).toBe(chunks.join('').length);
  return texts;
}

describe.each(['fast', 'slow'] as const)('an abort on the %s road', (road) => {
  const [first, second] = [recordOf('first'), recordOf('second')];

  test('leaves out the record that goes on in bytes at hand', async () => {
    expect(await readUntilAbort([first, second], 'more comes', road)).toEqual(['first']);
    expect(await readUntilAbort([first, second.slice(0, -5)], 'more comes', road)).toEqual(['first']);
  });

  test('takes what a waiting writer has written, up to its last whole line', async () => {
    expect(await readUntilAbort([first, second], 'nothing more comes', road)).toEqual(['first', 'second']);
    expect(await readUntilAbort([first, second.slice(0, -5)], 'nothing more comes', road)).toEqual(['first']);
    expect(await readUntilAbort([], 'nothing more comes', road)).toEqual([]);
  });
});

/** All that is read of a file whose opening fails, and the problems. */
async function readFailing(gone: Error): Promise<readonly unknown[]> {
  const source = {
    path: 'oc.log',
    modified: null,
    rereadable: true,
    blocks: () => Promise.reject(gone),
    // biome-ignore lint/correctness/useYield: it fails before.
    async *open(): AsyncGenerator<Buffer> {
      if (gone instanceof SourceError) throw gone;
    },
  };
  const problems: SourceError[] = [];
  const search = searchFor(await compileRules([ruleOf({ match: { contains: 'zeta' } })]));
  const counter = { bytes: 0, lines: 0 };
  const settings = { limits: DEFAULT_RECORD_LIMITS, search, problems, signal: undefined };
  const records: unknown[] = [];
  for await (const batch of new CandidateReader(source, settings, counter).batches()) records.push(...batch);
  return [...records, ...problems];
}

test('a file that cannot be opened is a problem, told once; what is no such thing is thrown', async () => {
  const gone = new SourceError('oc.log', 'gone');
  expect(await readFailing(gone)).toEqual([gone]);
  await expect(readFailing(new TypeError('a fault of ours'))).rejects.toThrow('a fault of ours');
});
