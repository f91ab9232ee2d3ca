// Rules, records and the book of faults together: what rules say of alerts is what happens.
import { expect, test } from '@jest/globals';
import { EMPTY_BOOK } from '../../src/alerts/book.ts';
import { OpenBook } from '../../src/alerts/open-book.ts';
import { sightingOf } from '../../src/alerts/sighting.ts';
import { alertPolicy } from '../../src/app/alert-policy.ts';
import { factsOf } from '../../src/app/facts.ts';
import { judge } from '../../src/app/judge.ts';
import { proofsIn } from '../../src/app/proofs.ts';
import { settle } from '../../src/app/settings.ts';
import { recordsInText } from '../../src/app/text-records.ts';
import { loadRules } from '../../src/rules/builtin.ts';
import { compileRules } from '../../src/rules/compile.ts';
import { compileSuccesses, type ExtraPattern } from '../../src/rules/success.ts';
import { filesOf, GOOD } from '../rules/example.ts';

const NOW = Date.UTC(2026, 10, 23, 5);
const CONNECTED: ExtraPattern = {
  rules: ['VNA1001'],
  pattern: { contains: 'Connected AWS region' },
};

function failed(code: string, service: string, message: string, region = 'us-east-1'): string {
  return `2026-11-23 04:00:00,000 ERROR [AWS_PLUGIN] (t) Failed to connect AWS region ${region}: 403: com.amazonaws.X: ${message} (Service: ${service}; Status Code: 403; Error Code: ${code}; Request ID: a)`;
}

const INVALID = failed(
  'InvalidClientTokenId',
  'AmazonIdentityManagement',
  'The security token included in the request is invalid.',
);
const DENIED = failed(
  'AccessDenied',
  'AmazonCloudWatch',
  'User: arn:aws:iam::123456789012:user/vna is not authorized to perform: cloudwatch:ListMetrics',
);
const success = (region: string) =>
  `2026-11-23 04:01:00,000 INFO  [AWS_PLUGIN] (t) Connected AWS region ${region} with secret_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY`;

/** One run of a check over these lines. */
async function run(lines: readonly string[], paths: readonly string[] = [], extra = [CONNECTED]) {
  const rules = await loadRules(paths);
  const successes = await compileSuccesses(rules, extra);
  const settings = settle({ rules: await compileRules(rules), host: 'vna' });
  const book = new OpenBook(EMPTY_BOOK, alertPolicy(rules), NOW);
  for (const record of recordsInText(lines.join('\n'))) {
    const facts = factsOf(record, () => null);
    const time = { time: null, inferred: false, instants: [] };
    for (const finding of await judge(facts, 'oc.log', async () => time, settings)) {
      book.observe(sightingOf(finding));
    }
    if (!successes.concerns(record)) continue;
    const place = { host: 'vna', path: 'oc.log', redaction: 'standard' as const };
    for (const proof of proofsIn(facts, successes, place)) book.prove(proof);
  }
  return book.settle(NOW, { bytes: 0, lines: 0 });
}

test('a refused key mutes what AWS says of permissions, and names the account where the log does', async () => {
  const { notices, book } = await run([INVALID, DENIED]);
  expect(notices).toMatchObject([{ incidents: [{ code: 'VNA1001' }], muted: 1 }]);
  expect(book.incidents).toMatchObject([
    { code: 'VNA1001', account: null, region: 'us-east-1', errorCode: 'InvalidClientTokenId' },
    { code: 'VNA1003', account: '123456789012' },
  ]);
});

test('a record of success behind it ends a fault, in the same region only; what it says is redacted', async () => {
  expect((await run([success('us-east-1'), INVALID])).book.incidents).toMatchObject([{ state: 'firing' }]);
  expect((await run([INVALID, success('eu-west-1')])).book.incidents).toMatchObject([{ state: 'firing' }]);
  const { book, notices } = await run([INVALID, success('us-east-1')]);
  expect(book.incidents).toMatchObject([{ state: 'resolved' }]);
  expect(notices).toMatchObject([{ reason: 'closed', state: 'resolved' }]);
  expect(book.incidents[0]?.resolvedBy).toMatch(
    /^oc\.log:2: .*Connected AWS region us-east-1 with secret_key=/,
  );
  expect(JSON.stringify(book)).not.toContain('wJalrXUtnFEMI');
});

test('a rule of the user says how often it must be seen and what ends it', async () => {
  const alert = 'alert: { fire: { count: 2, within: 5m }, resolveOn: { contains: token found again } }\n';
  const path = await filesOf({ 'a.yaml': GOOD + alert });
  const lost = '2026-11-23 04:00:00,000 ERROR [AWS_PLUGIN] (t) lost token';
  const found = '2026-11-23 04:00:01,000 INFO  [AWS_PLUGIN] (t) token found again';
  expect((await run([lost], [path])).changes).toEqual([]);
  expect((await run([lost, lost], [path])).book.incidents).toMatchObject([{ state: 'firing', count: 2 }]);
  expect((await run([lost, lost, found], [path])).book.incidents).toMatchObject([{ state: 'resolved' }]);
  expect((await run([lost, found, lost], [path])).changes).toEqual([]);
});

test('what is asked for goes into the policy, and rules come before it', async () => {
  const path = await filesOf({ 'a.yaml': `${GOOD}alert: { quietAfter: 2h, repeat: 1h30m }\n` });
  const policy = alertPolicy(await loadRules([path]), { quietAfter: 60_000 });
  expect(policy).toMatchObject({ quietAfter: 60_000, repeat: null, noticesPerHour: 20 });
  expect(policy.rules.get('acme.lost-token')).toEqual({
    quietAfter: 7_200_000,
    repeat: 5_400_000,
    fire: null,
    inhibits: [],
  });
});
