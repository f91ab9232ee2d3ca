// A sound rule, and ways to make rules, records and facts for tests.
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import type { AwsError, KeyEvidence } from '../../src/aws/aws-error.ts';
import type { Level, LogRecord } from '../../src/records/record.ts';
import type { Facts } from '../../src/rules/facts.ts';
import type { Rule } from '../../src/rules/rule.ts';

const root = mkdtempSync(join(tmpdir(), 'oclog-rules-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

export const GOOD = `schema: 1
id: acme.lost-token
code: ACME7
title: The token was lost
severity: warning
exclusive: { group: acme, rank: 3 }
sources:
  - { article: '0442985', section: Cause, checked: '2026-11-23' }
  - { title: A page, url: 'https://example.com/page' }
applies: { plugin: AWS_PLUGIN, levels: [ERROR, WARN] }
match:
  all:
    - { id: word, contains: lost }
    - any: [{ fact: aws.status, gte: 400 }, { fact: aws.status, exists: false }]
capture:
  account: { regex: 'account (?P<v>[0-9]{12})', optional: true }
  what: { regex: 'lost \\w+' }
variants:
  - { id: in-account, when: { fact: capture.account, exists: true }, confidence: certain }
  - { id: elsewhere, otherwise: true, confidence: likely }
advice:
  summary: Find {capture.what} again.
  why: { in-account: 'In {capture.account|some account}.', default: Not known where. }
  steps:
    - do: Look in {aws.region|your region}.
      where: aws-console
      run: aws sts get-caller-identity --region {aws.region|us-east-1}
      expect: An ARN.
      source: { article: '0442985', section: Resolution, step: 1 }
    - { do: Ask the owner of the account., for: [in-account] }
  verify:
    - { do: Scan again., run: oclog scan, expect: Nothing. }
samples:
  match:
    - { name: one, variant: elsewhere, captures: { what: lost token }, text: 'ERROR [AWS_PLUGIN] lost token' }
  nomatch:
    - { name: another, because: found, text: 'ERROR [AWS_PLUGIN] found' }
`;

/** A directory with these files. */
export async function filesOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const directory = await mkdtemp(join(root, 'rules-'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content);
  return directory;
}

/** A minimal rule; `parts` go over it. */
export function ruleOf(parts: Partial<Rule>): Rule {
  return {
    schema: 1,
    id: 'acme.test',
    code: 'ACME1',
    title: 'Test',
    severity: 'info',
    status: 'stable',
    sources: [{ article: '1234', section: 'Cause' }],
    match: { contains: 'x' },
    ...(parts.variants ? {} : { confidence: 'likely' as const }),
    advice: { summary: 's', why: 'w', steps: [{ do: 'd' }], verify: [{ do: 'v' }], links: [] },
    samples: { match: [], nomatch: [] },
    ...parts,
  };
}

export function recordOf(
  text: string,
  header: { readonly level?: Level; readonly plugin?: string | null } = {},
): LogRecord {
  const { level = 'ERROR', plugin = 'AWS_PLUGIN' } = header;
  return {
    header: { level, timestamp: null, plugin, category: null, thread: null },
    position: { line: 1, endLine: 1, offset: 0, bytes: text.length },
    headerLine: text,
    raw: text,
    text,
    truncated: false,
  };
}

export function factsOf(
  text: string,
  aws: Partial<AwsError> | null = null,
  key: KeyEvidence | null = null,
): Facts {
  return { record: recordOf(text), aws: aws === null ? null : awsOf(aws), key };
}

function awsOf(parts: Partial<AwsError>): AwsError {
  return {
    origin: 'service',
    service: null,
    status: null,
    errorCode: null,
    inferred: false,
    message: null,
    requestId: null,
    region: null,
    cause: null,
    sdk: null,
    ...parts,
  };
}
