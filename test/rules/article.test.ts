// The vendor's article, statement by statement, and where the advice of VNA1001 to VNA1003 says it (or corrects it).
import { describe, expect, test } from '@jest/globals';
import { loadBuiltinRules } from '../../src/rules/builtin.ts';
import type { Rule, RuleStep } from '../../src/rules/rule.ts';
import { fillTemplate } from '../../src/rules/template.ts';

const rules = new Map((await loadBuiltinRules()).map((rule) => [rule.code, rule]));

interface Statement {
  /** The article's place, and what it says there. */
  readonly place: string;
  readonly says: string;
  /** Where we say it: the code, the variant (if it depends on it), and words of it. */
  readonly code: 'VNA1001' | 'VNA1002' | 'VNA1003';
  readonly variant?: string;
  readonly words: RegExp;
}

const STATEMENTS: readonly Statement[] = [
  {
    place: 'Issue',
    says: 'saving the plugin configuration fails with 403 InvalidClientTokenId',
    code: 'VNA1001',
    words: /InvalidClientTokenId/,
  },
  {
    place: 'Issue',
    says: 'usually temporary (STS/SSO) credentials were used',
    code: 'VNA1001',
    variant: 'unknown-key',
    words: /usual cause is a temporary key from AWS STS or SSO/,
  },
  {
    place: 'Cause',
    says: 'only permanent keys of an IAM user are supported',
    code: 'VNA1001',
    variant: 'temporary-key',
    words: /permanent access key of an IAM user/,
  },
  {
    place: 'Cause',
    says: 'temporary keys need a session token',
    code: 'VNA1001',
    variant: 'temporary-key',
    words: /session token/,
  },
  {
    place: 'Cause',
    says: 'temporary keys start with ASIA',
    code: 'VNA1001',
    variant: 'unknown-key',
    words: /ASIA/,
  },
  {
    place: 'Resolution 1',
    says: 'create a dedicated IAM user for VNA',
    code: 'VNA1001',
    variant: 'temporary-key',
    words: /Create an IAM user just for VNA/,
  },
  {
    place: 'Resolution 1',
    says: 'with ReadOnlyAccess',
    code: 'VNA1001',
    variant: 'temporary-key',
    words: /ReadOnlyAccess/,
  },
  {
    place: 'Resolution 1',
    says: 'a permanent key starts with AKIA',
    code: 'VNA1001',
    variant: 'temporary-key',
    words: /AKIA/,
  },
  {
    place: 'Test 1',
    says: 'log in to the VNA server over SSH',
    code: 'VNA1001',
    words: /VNA server over SSH/,
  },
  {
    place: 'Test 2',
    says: 'see whether the AWS CLI is installed',
    code: 'VNA1001',
    words: /^aws --version$/m,
  },
  {
    place: 'Test 2',
    says: 'a version number, or "command not found"',
    code: 'VNA1001',
    words: /aws-cli\/.*command not found/,
  },
  {
    place: 'Test 2',
    says: 'how to install it: download',
    code: 'VNA1001',
    words: /^curl -O https:\/\/awscli\.amazonaws\.com\/awscli-exe-linux-x86_64\.zip$/m,
  },
  {
    place: 'Test 2',
    says: 'how to install it: unpack',
    code: 'VNA1001',
    words: /^unzip awscli-exe-linux-x86_64\.zip$/m,
  },
  { place: 'Test 2', says: 'how to install it: install', code: 'VNA1001', words: /^sudo \.\/aws\/install$/m },
  {
    place: 'Test 3',
    says: 'key id and secret as environment variables',
    code: 'VNA1001',
    words: /export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY/,
  },
  { place: 'Test 3', says: 'the default region too', code: 'VNA1001', words: /export AWS_DEFAULT_REGION=/ },
  {
    place: 'Test 3 (corrected)',
    says: 'not in the shell history, where its exports would stay',
    code: 'VNA1001',
    words: /out of the shell history/,
  },
  {
    place: 'Resolution 2, Test 4',
    says: 'run get-caller-identity',
    code: 'VNA1001',
    words: /^aws sts get-caller-identity$/m,
  },
  {
    place: 'Test 5',
    says: 'success: UserId, Account and Arn',
    code: 'VNA1001',
    words: /UserId, Account and an Arn/,
  },
  {
    place: 'Test 5',
    says: 'success: the Arn is that of an IAM user',
    code: 'VNA1001',
    words: /:user\/<name>/,
  },
  {
    place: 'Test 5',
    says: 'failure InvalidClientTokenId: still temporary keys',
    code: 'VNA1001',
    words: /InvalidClientTokenId: the key is temporary/,
  },
  {
    place: 'Test 5 (corrected)',
    says: 'the same failure has other causes',
    code: 'VNA1001',
    words: /mistyped, inactive or deleted/,
  },
  {
    place: 'Test 5',
    says: 'failure SignatureDoesNotMatch: a typing error',
    code: 'VNA1001',
    words: /SignatureDoesNotMatch: the secret is wrong; look for a typing error/,
  },
  {
    place: 'Test 5',
    says: 'look for trailing spaces',
    code: 'VNA1002',
    variant: 'wrong-secret',
    words: /a blank behind the secret/,
  },
  {
    place: 'Test 5 (corrected)',
    says: 'a blank behind the key id gives IncompleteSignature',
    code: 'VNA1001',
    words: /IncompleteSignature: a blank stands before or behind the key ID/,
  },
  {
    place: 'Test 5 (corrected)',
    says: 'SignatureDoesNotMatch may be the clock',
    code: 'VNA1002',
    variant: 'clock-skew',
    words: /AWS speaks of the time alone/,
  },
  {
    place: 'Test 5 (corrected)',
    says: 'SignatureDoesNotMatch may be the region',
    code: 'VNA1002',
    variant: 'credential-scope',
    words: /signed for another region/,
  },
  {
    place: 'Resolution 3',
    says: 'URL-encode special characters of the secret in the UI',
    code: 'VNA1001',
    words: /URL-encode the secret for the Admin UI/,
  },
  { place: 'Resolution 3', says: 'for example %23 for #', code: 'VNA1001', words: /# is %23/ },
  {
    place: 'Resolution 3 (completed)',
    says: 'the CLI wants the raw secret',
    code: 'VNA1001',
    words: /the AWS CLI always wants the raw secret/,
  },
  {
    place: 'Resolution 4',
    says: 'enter the verified keys into the Admin UI',
    code: 'VNA1001',
    words: /Enter the tested Access Key ID and the URL-encoded secret .* in the Admin UI/,
  },
  { place: 'Issue', says: 'or via Swagger', code: 'VNA1001', words: /Swagger/ },
  {
    place: 'Test 6',
    says: 'optional EC2 permission test',
    code: 'VNA1001',
    variant: 'temporary-key',
    words: /^aws ec2 describe-instances --max-items 1$/m,
  },
  {
    place: 'Test 6',
    says: 'success: a JSON block or an empty list',
    code: 'VNA1001',
    variant: 'temporary-key',
    words: /A JSON block; an empty list is fine/,
  },
  {
    place: 'Test 6',
    says: 'failure AccessDenied: attach AmazonEC2ReadOnlyAccess',
    code: 'VNA1001',
    variant: 'temporary-key',
    words: /AccessDenied.*attach AmazonEC2ReadOnlyAccess/,
  },
  {
    place: 'Test 6 (corrected)',
    says: 'EC2 says UnauthorizedOperation',
    code: 'VNA1001',
    variant: 'temporary-key',
    words: /UnauthorizedOperation/,
  },
  ...(['VNA1001', 'VNA1002', 'VNA1003'] as const).map((code) => ({
    place: 'Resolution, end',
    says: `who is to be asked if nothing helps (${code})`,
    code,
    words: /open a case with Broadcom Support/,
  })),
  {
    place: 'Test 6',
    says: 'the same where the permission is missing already',
    code: 'VNA1003',
    words: /AmazonEC2ReadOnlyAccess/,
  },
];

/** All that the advice says, of one variant or of every variant. */
function wordsOf({ advice }: Rule, variant: string | undefined): readonly string[] {
  const meant = (step: RuleStep): boolean =>
    variant === undefined || step.for === undefined || step.for.includes(variant);
  const texts = [advice.summary, advice.why].flatMap((text) => {
    if (typeof text === 'string') return [text];
    return variant === undefined ? Object.values(text) : [text[variant] ?? text['default'] ?? ''];
  });
  const steps = [...advice.steps, ...advice.verify].filter(meant);
  return [...texts, ...steps.flatMap(({ do: what, run = '', expect: seen = '' }) => [what, run, seen])];
}

describe('the article', () => {
  test.each(STATEMENTS)('$place: $says', ({ code, variant, words }) => {
    const rule = rules.get(code);
    const found = rule === undefined ? [] : wordsOf(rule, variant).filter((text) => words.test(text));
    expect(found.length).toBeGreaterThan(0);
  });

  test('every part of it is cited', () => {
    const cited = ['VNA1001', 'VNA1002', 'VNA1003'].flatMap((code) =>
      [
        ...(rules.get(code)?.sources ?? []),
        ...(rules.get(code)?.advice.steps ?? []).flatMap(({ source }) => source ?? []),
      ].flatMap((source) => ('article' in source ? [`${source.section} ${source.step ?? ''}`.trim()] : [])),
    );
    for (const part of [
      'Cause',
      'Resolution 1',
      'Resolution 3',
      'Resolution 4',
      'How to Test AWS Credentials Outside of VNA 2',
      'How to Test AWS Credentials Outside of VNA 3',
      'How to Test AWS Credentials Outside of VNA 5',
      'How to Test AWS Credentials Outside of VNA 6',
    ]) {
      expect(cited).toContain(part);
    }
  });

  test('its number stands where a text first speaks of it', () => {
    for (const rule of rules.values()) {
      const first = [...wordsOf(rule, undefined), ...(rule.advice.limits ?? [])].flatMap(
        (text) => /(\w+ )?\barticle\b( \d+)?/i.exec(text)?.[0] ?? [],
      );
      for (const words of first) expect(words).toMatch(/article 442985$/i);
    }
  });

  test('no secret is put into the shell history by any command', () => {
    for (const rule of rules.values()) {
      for (const { run = '' } of rule.advice.steps)
        expect(run).not.toMatch(/AWS_SECRET_ACCESS_KEY=["']?[^"'\s)]/);
    }
  });
});

describe('the steps', () => {
  const told = [...rules.values()].flatMap(({ code, advice }) =>
    [...advice.steps, ...advice.verify].map((step) => ({ code, step })),
  );

  test('have commands that fit 80 columns, indented', () => {
    for (const { step } of told) {
      const shown = fillTemplate(step.run ?? '', () => null).split('\n');
      expect(shown.filter((line) => line.length > 74)).toEqual([]);
    }
  });

  test('that do the same say the same, whichever the rule', () => {
    const known = new Map<string, RuleStep>();
    for (const { code, step } of told.filter(({ step }) => step.where !== undefined)) {
      const { for: _, ...words } = step;
      const before = known.get(words.do) ?? words;
      expect([code, words]).toEqual([code, before]);
      known.set(words.do, before);
    }
  });

  test('speak of each other by what they do, not by number', () => {
    for (const { step } of told) {
      const text = `${step.do} ${step.expect ?? ''}`;
      expect(text).not.toMatch(/\b(?:first|second|third|fourth|fifth) step\b|\bsteps? \d/i);
    }
  });
});
