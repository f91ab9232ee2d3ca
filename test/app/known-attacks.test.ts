// What a log may hold so that records of one wording do not say the same thing after all.
import { expect, test } from '@jest/globals';
import type { ScanSettings } from '../../src/app/settings.ts';
import { compileRules, type RuleSet } from '../../src/rules/compile.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { expectKnown } from '../helpers/known-laws.ts';
import { builtInRules } from '../helpers/scan.ts';
import { ruleOf } from '../rules/example.ts';

const STAMP = '2024-03-01 10:15:30,123';
const IDS = ['74aa7f8a-f557-11e7-850c-33d05b3658d7', 'acca0000-acca-acca-acca-accaaccaacca'];
const [ID = '', OTHER_ID = ''] = IDS;
const V1 = `com.amazonaws.services.ec2.model.AmazonEC2Exception: Request limit exceeded. (Service: AmazonEC2; Status Code: 503; Error Code: RequestLimitExceeded; Request ID: ${ID})`;
const FRAME = '\tat com.amazonaws.http.AmazonHttpClient.execute(AmazonHttpClient.java:541)\n';

const ANY_ERROR: Partial<Rule> = { match: { fact: 'aws.status', gte: 100 } };

interface Saying {
  readonly tag?: string;
  readonly thread?: string;
  readonly words?: string;
  readonly frames?: string;
}

function record({ tag = 'AWS_PLUGIN', thread = 'default task-1', words = V1, frames = '' }: Saying): string {
  return `${STAMP} ERROR [${tag}] (${thread}) ${words}\n${frames}`;
}

/** The first is met often enough to be known before the others come. */
function logOf(...said: readonly Saying[]): Buffer {
  const [first = {}] = said;
  return Buffer.from([{}, first, first, first, ...said, ...said, ...said].map(record).join(''));
}

async function rulesWith(...parts: readonly Partial<Rule>[]): Promise<RuleSet> {
  const { rules } = await builtInRules();
  const own = parts.map((part, at) => ruleOf({ id: `acme.own${at}`, code: `OWN${at}`, ...part }));
  return compileRules([...rules, ...own]);
}

async function alike(log: Buffer, more: Partial<ScanSettings> = {}, ...own: readonly Partial<Rule>[]) {
  const rules = own.length === 0 ? await builtInRules() : await rulesWith(...own);
  return expectKnown([log], rules, more);
}

test.each(['us-east-1 us-west-2', 'US_EAST_1 US_WEST_2', 'eu-west-1 US_EAST_1'])(
  'a thread that names two regions: %s',
  (thread) => alike(logOf({ words: `in us-east-1: ${V1}` }, { thread, words: `in us-east-1: ${V1}` })),
);

test('a region in capital letters behind a category that ends in the word', () =>
  alike(logOf({ tag: 'com.acme.Region' }, { tag: 'com.acme.Region', thread: 'US-EAST-1' }), {}, ANY_ERROR));

test('a thread of a length that a sentence is bounded by', async () => {
  const scope = { match: { fact: 'aws.cause', equals: 'scope' } };
  for (const pad of ['', 'x'.repeat(45)]) {
    const tag = "the region '";
    const words = `${pad}' is wrong; expecting (Service: Amazon S3; Status Code: 400; Request ID: ${ID})`;
    const threads = ['x y '.repeat(8), 'x', 'x y '.repeat(15)];
    await alike(logOf(...threads.map((thread) => ({ tag, words, thread }))), {}, scope);
  }
});

test('a thread that moves a plugin tag over the end of what is read of a header', async () => {
  const words = `[${'A'.repeat(2000)}_PLUGIN] ${V1}`;
  const plugin = {
    match: {
      all: [
        { fact: 'aws.status', gte: 100 },
        { fact: 'record.plugin', exists: true },
      ],
    },
  };
  await alike(
    logOf({ tag: 'com.acme.A', words }, { tag: 'com.acme.A', words, thread: 'x y '.repeat(15) }),
    {},
    plugin,
    ANY_ERROR,
  );
});

test('a thread that blanks move over that end', () => {
  const words = V1;
  const spaced = (thread: string): string =>
    `${STAMP} ERROR${' '.repeat(2010)}[AWS_PLUGIN] (${thread}) ${words}\n`;
  const threads = ['a', 'a', 'a', 'a', 'x y '.repeat(15), 'a'];
  return alike(Buffer.from(record({}) + threads.map(spaced).join('')), {}, ANY_ERROR);
});

test.each([
  'FooException',
  'FooError',
  'SocketTimeoutException',
  'AWS endpoint',
  'region',
  'Rate exceeded',
  'connection refused',
  'amazon',
  'amazonaws',
])('a thread with words of errors: %s', async (thread) => {
  const any = { match: { fact: 'aws.cause', exists: true } };
  const bare = '(Service: AmazonEC2; Status Code: 403; Request ID: 74aa7f8a-f557-11e7-850c-33d05b3658d7)';
  for (const words of [
    V1,
    `Failed: nothing ${bare}`,
    `us-east-1 ${bare}`,
    'java.net.SocketTimeoutException: Read timed out',
    'amazonaws.com did not answer',
    'java.lang.X: amazonaws.com said java.net.ConnectException',
  ])
    await alike(logOf({ words }, { words, thread }), {}, ANY_ERROR, any);
});

test('a request id in what a rule reads of an error', async () => {
  const fields = `Status Code: 403; Error Code: X; Request ID: ${ID})`;
  const words = [
    `(Service: Request ID: ${ID}; ${fields}`,
    `x.AmazonEC2Exception: said Request ID: ${ID}, it (Service: AmazonEC2; ${fields}`,
    `Failed: Request ID: ${ID}; (Service: AmazonEC2; ${fields}`,
  ];
  for (const one of words)
    for (const fact of ['aws.message', 'aws.service'])
      await alike(
        logOf({ tag: 'com.acme.A', words: one.replaceAll(ID, OTHER_ID) }, { tag: 'com.acme.A', words: one }),
        {},
        { match: { fact, regex: '74aa7f8a' } },
      );
});

test('a frame that is too long to be one for the parser', async () => {
  const frames = `\tat ${'<clinit>'.repeat(130)}us-east-1(X.java:1)\n`;
  await alike(logOf({ frames: FRAME }, { frames }));
});

test('frames that the last look at a finding is alarmed by', async () => {
  const frames = '\tat a.xeyJabcdefghijkl.eyJk(B.java:1)\n\tat a.IQoJb3JpZ2lu(B.java:1)\n';
  // A tab is written as a backslash and a t.
  const words = `\token=hunter2hunter2 ${V1}`;
  await alike(logOf({ words, frames: FRAME }, { words, frames }));
});

test('a file whose name reads like a key', async () => {
  const proof = `${STAMP} ERROR [AWS_PLUGIN] (default task-1) as arn:aws:sts::123456789012:assumed-role/a/b\n`;
  const logs = [Buffer.concat([Buffer.from(proof), logOf({})]), logOf({})];
  for (const names of [
    ['oc.log', 'temporary null oc.log'],
    ['temporary null oc.log', 'oc.log'],
  ])
    await expectKnown(logs, await builtInRules(), {}, names);
});

test('letters of a request id that a secret is looked for by', async () => {
  const secret = Array.from({ length: 4 }, (_, at) => `aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zA${at}`).join('_');
  const folded = Array.from({ length: 6 }, (_, at) => `> aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0z${at}`).join('\n');
  for (const words of [`${secret} ${V1}`, `${V1}\n${folded}`]) {
    const said = await alike(logOf({ words }, { words: words.replaceAll(ID, OTHER_ID) }));
    expect(said).not.toContain('aB3dE5gH7jK9mN1p');
  }
});

test('a request id in a category, and in a thread that is too long to be shown', async () => {
  for (const length of [1, 990, 1000])
    for (const [tag = '', thread = ''] of [
      ['com.acme.A', `${'x y '.repeat(300).slice(0, length)}Request ID: ${ID}; z`],
      [`x Request ID: ${ID}, y`, 'z'],
    ]) {
      const proof = { tag, thread, words: 'as arn:aws:sts::123456789012:assumed-role/a/b' };
      const said: Saying = { tag, thread };
      const other = { tag: tag.replace(ID, OTHER_ID), thread: thread.replace(ID, OTHER_ID) };
      const any = { match: { fact: 'record.category', regex: '74aa' } };
      await alike(logOf(other, other, said, other, proof, said, other), {}, any, ANY_ERROR);
    }
});

test('a name of a secret before the thread, and its value behind', () => {
  const said = ['a', 'x y '.repeat(8)].map((thread) => ({
    tag: 'com.acme.Token',
    thread,
    words: `= hunter2hunter2 ${V1}`,
  }));
  return alike(logOf(...said), {}, ANY_ERROR);
});

test.each(['<password>x', '&lt;password&gt;x', '%3Cpassword%3Ex', 'encoded authorization failure message:'])(
  'frames behind what may go on in them: %s',
  async (end) => {
    const words = `${V1} ${end}`;
    const all = [FRAME, '\tat a.B.<init>(B.java:1)\n', '\t... 12 more\n'];
    await alike(logOf(...[...all, ...all].map((frames) => ({ words, frames }))));
  },
);

test('a thread that tells which region is meant', () => {
  const words = `us-east-1 or us-west-2: ${V1}`;
  return alike(logOf({ words }, { words, thread: 'region' }));
});

test('a host of any length', () => alike(logOf({}), { host: 'h'.repeat(9000) }));
