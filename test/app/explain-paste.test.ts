import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { explainPaste } from '../../src/app/explain-paste.ts';
import type { Verdict } from '../../src/findings/explanation.ts';
import { compileRules } from '../../src/rules/compile.ts';
import { builtInRules, scanText } from '../helpers/scan.ts';
import { ruleOf } from '../rules/example.ts';

const rules = await builtInRules();
const paste = async (text: string): Promise<Verdict> => explainPaste(text, false, rules);
const inShort = ({ readAs, fault }: Verdict): readonly unknown[] => [
  readAs,
  fault?.code ?? null,
  fault?.variant ?? null,
  fault?.confidence ?? null,
];

const AUTH =
  'com.amazonaws.services.ec2.model.AmazonEC2Exception: AWS was not able to validate the provided access credentials (Service: AmazonEC2; Status Code: 401; Error Code: AuthFailure; Request ID: x)';
const CLI =
  'An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid.';

test.each(rules.rules.flatMap(({ code, samples }) => samples.match.map((sample) => [code, sample] as const)))(
  '%s: a pasted record is judged as a scan judges it: $name',
  async (code, { text, variant }) => {
    const { findings } = await scanText(text);
    const { fault, readAs } = await paste(text);
    expect([readAs, fault?.code, fault?.variant]).toEqual(['record', code, variant ?? null]);
    expect(fault?.advice).toEqual(findings[0]?.advice);
    expect(fault?.record).toEqual(findings[0]?.record);
    expect(fault?.aws).toEqual(findings[0]?.aws);
  },
);

describe('what people paste besides records', () => {
  test.each([
    ['an exception', AUTH, ['exception', 'VNA1004', 'auth-failure', 'likely']],
    [
      'the end of a chain',
      `Caused by: ${AUTH}\n\tat a.B.c(D.java:1)`,
      ['exception', 'VNA1004', 'auth-failure', 'likely'],
    ],
    [
      'a message behind its tag',
      `[AWS_PLUGIN] Failed: ${AUTH}`,
      ['exception', 'VNA1004', 'auth-failure', 'likely'],
    ],
    [
      'the AWS CLI',
      `$ aws sts get-caller-identity\n\n${CLI}\n`,
      ['aws-cli', 'VNA1001', 'unknown-key', 'likely'],
    ],
    [
      'the AWS CLI with the key at hand',
      `export AWS_ACCESS_KEY_ID=ASIAIOSFODNN7EXAMPLE\n${CLI}`,
      ['aws-cli', 'VNA1001', 'temporary-key', 'certain'],
    ],
    [
      'the AWS CLI, which never prints request ids',
      'An error occurred (403) when calling the HeadBucket operation: Forbidden',
      ['aws-cli', 'VNA1010', 'no-details', 'possible'],
    ],
    [
      'an error without a rule of its own',
      'An error occurred (ValidationError) when calling the X operation: no',
      ['aws-cli', 'VNA1099', null, 'possible'],
    ],
    [
      'a sentence',
      'The security token included in the request is invalid',
      ['sentence', 'VNA1001', 'unknown-key', 'likely'],
    ],
    ['a sentence about the time', 'Signature expired: 2024', ['sentence', 'VNA1002', 'clock-skew', 'likely']],
    ["everybody's words", 'Access denied for user root', ['sentence', 'VNA1003', null, 'possible']],
    ['an error code', ' invalidaccesskeyid\n', ['error-code', 'VNA1004', 'rejected-key', 'likely']],
    ['a word', 'hello', ['unknown', null, null, null]],
    ['nothing', ' \n', ['unknown', null, null, null]],
    ['an unknown error code', 'SomethingElse', ['unknown', null, null, null]],
  ])('%s', async (_name, text, expected) => {
    expect(inShort(await paste(text))).toEqual(expected);
  });
});

test.each([
  ['AuthFailure', true],
  ['RequestExpired', true],
  ['InvalidAccessKeyId', false],
  ['UnrecognizedClientException', false],
  ['ExpiredToken', false],
  ['ExpiredTokenException', false],
])('of %s the clock can be the cause: %s', async (code, canBe) => {
  const advice = (await paste(code)).fault?.advice;
  expect(/clock/.test(`${advice?.summary} ${advice?.why}`)).toBe(canBe);
  expect(advice?.steps.filter(({ run }) => run?.includes('date -u'))).toHaveLength(canBe ? 3 : 0);
});

describe('what was quoted in a mail', () => {
  test.each([
    ['a record', `Hello,\n> ERROR [AWS_PLUGIN] Failed: ${AUTH}\n> \tat a.B.c(D.java:1)\n`, 'record'],
    ['a record, quoted twice', `>> ERROR [AWS_PLUGIN] Failed:\n>> ${AUTH}`, 'record'],
    ['a message of the AWS CLI', `> $ aws sts get-caller-identity\n> ${CLI}`, 'aws-cli'],
  ])('%s', async (_name, text, readAs) => {
    const { fault, ...verdict } = await paste(text);
    expect([verdict.readAs, fault === null]).toEqual([readAs, false]);
    expect(fault?.aws?.message).not.toContain('>');
  });

  test('is no reason to change a record that stands by itself', async () => {
    const { fault } = await paste(`ERROR [AWS_PLUGIN] Failed: ${AUTH}\n> a line of it`);
    expect(fault?.record.text).toMatch(/^> a line of it$/m);
  });
});

test('of several records the first that matches counts', async () => {
  const verdict = await paste(`INFO [AWS_PLUGIN] ok\nERROR [AWS_PLUGIN] ${AUTH}\nERROR [AWS_PLUGIN] ${AUTH}`);
  expect(verdict).toMatchObject({
    records: 3,
    readAs: 'record',
    fault: { code: 'VNA1004' },
    further: [{ code: 'VNA1004', count: 1 }],
    elsewhere: null,
  });
});

describe('a test of a key in a shell that AWS did not refuse', () => {
  const identity = (arn: string): string =>
    `$ aws sts get-caller-identity\n{\n    "UserId": "AIDAEXAMPLE",\n    "Account": "123456789012",\n    "Arn": "${arn}"\n}\n`;
  test.each([
    ['a user', identity('arn:aws:iam::123456789012:user/vna'), 'permanent-key'],
    ['a user in China', identity('arn:aws-cn:iam::123456789012:user/a/b/vna'), 'permanent-key'],
    ['as text', 'Arn arn:aws:iam::123456789012:user/vna', 'permanent-key'],
    ['root', identity('arn:aws:iam::123456789012:root'), 'root-key'],
    ['a role', identity('arn:aws:sts::123456789012:assumed-role/Admin/me'), 'temporary-key'],
    [
      'no key',
      'Unable to locate credentials. You can configure credentials by running "aws configure".',
      'no-key',
    ],
    ['half a key', 'Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY', 'half-key'],
    [
      'a key with a line break',
      `Invalid header value b'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\\n/20`,
      'broken-key',
    ],
    ['no profile', 'aws: [ERROR]: The config profile (vna) could not be found', 'no-profile'],
    [
      'an SSO log-in that is over',
      'Error when retrieving token from sso: Token has expired and refresh failed',
      'sso-profile',
    ],
    [
      'another',
      'The SSO session associated with this profile has expired or is otherwise invalid.',
      'sso-profile',
    ],
    ['no SSO log-in', 'Error loading SSO Token: Token for default does not exist', 'sso-profile'],
    [
      'a region with a blank',
      "Provided region_name 'us east' doesn't match a supported format.",
      'bad-region',
    ],
    ['a region that makes no address', 'Invalid endpoint: https://sts.us_east.amazonaws.com', 'bad-region'],
    [
      'a list of machines',
      '$ aws ec2 describe-instances --max-items 1\n{\n    "Reservations": []\n}',
      'may-read',
    ],
    [
      'no region',
      'You must specify a region. You can also configure your region by running "aws configure".',
      'no-region',
    ],
    ['no CLI in bash', 'bash: aws: command not found', 'no-cli'],
    ['no CLI in sh', 'sh: 1: aws: not found', 'no-cli'],
    ['no CLI in zsh', 'zsh: command not found: aws', 'no-cli'],
  ])('%s', async (_name, text, outcome) => {
    expect(await paste(text)).toMatchObject({ readAs: 'aws-cli', fault: null, outcome });
  });

  test('is none where AWS refused it', async () => {
    const text = `${identity('arn:aws:iam::123456789012:user/vna')}$ aws ec2 describe-instances\n${CLI}`;
    expect(await paste(text)).toMatchObject({ outcome: null, fault: { code: 'VNA1001' } });
  });

  test('is none in a record of the log', async () => {
    expect(await paste('ERROR [AWS_PLUGIN] Unable to locate credentials')).toMatchObject({ outcome: null });
  });
});

test('a message is not cut within a secret', async () => {
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const head = 'An error occurred (InvalidClientTokenId) when calling the X operation: ';
  for (const prefix of [
    head,
    'The security token included in the request is invalid ',
    'Could not connect to the endpoint URL: ',
  ]) {
    for (let length = 940; length <= 1000; length += 4) {
      const text = `${prefix}${'lorem ipsum '.repeat(100).slice(0, length - 60)} ${secret} tail ${'x '.repeat(100)}`;
      expect(JSON.stringify(await paste(text))).not.toMatch(/wJalr/);
    }
  }
});

test('an echo of the words at INFO is named too', async () => {
  expect(await paste('INFO [AWS_PLUGIN] earlier: 403 InvalidClientTokenId, retrying')).toMatchObject({
    fault: null,
    elsewhere: 'VNA1001',
  });
});

test('a record that is no fault of the plugin is none, but its words are named', async () => {
  for (const head of ['INFO [AWS_PLUGIN]', 'ERROR [OTHER_PLUGIN]', '2024-03-01 10:15:30,123 ERROR [a.b] (t)'])
    expect(await paste(`${head} ${AUTH}`)).toMatchObject({
      readAs: 'record',
      fault: null,
      elsewhere: 'VNA1004',
    });
  expect(await paste('ERROR [AWS_PLUGIN] all is well')).toMatchObject({ fault: null, elsewhere: null });
});

test('rules of other plugins judge what bears their tag', async () => {
  const own = await compileRules([
    ruleOf({ applies: { plugin: ['DNAC_PLUGIN'] }, match: { contains: 'lost' } }),
  ]);
  expect(inShort(explainPaste('[DNAC_PLUGIN] token lost', false, own))).toEqual([
    'exception',
    'ACME1',
    null,
    'likely',
  ]);
  expect(inShort(explainPaste('token lost', false, own))).toEqual(['unknown', null, null, null]);
});

test('whatever is pasted, no secret and no control character comes back', async () => {
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const piece = fc.constantFrom(
    AUTH,
    CLI,
    '\n',
    ' ',
    '\x1b[31m',
    '\u009b2J',
    '\u202e',
    'ERROR [AWS_PLUGIN] ',
    `aws_secret_access_key=${secret}`,
    'AKIAIOSFODNN7EXAMPLE',
    'Access Denied',
    '\0',
    'é',
    '{\n "level": "ERROR"\n}',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
      const verdict = await paste(pieces.join(''));
      expect(JSON.stringify(verdict)).not.toMatch(/AKIAIOSF|wJalrXUtn|\\u001b|\\u0000|\u009b|\u202e/);
    }),
    { numRuns: 200 },
  );
});
