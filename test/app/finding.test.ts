import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { findZone } from '../../src/lib/find-zone.ts';
import { scanText } from '../helpers/scan.ts';

/** The one line that was published. */
const KB_LINE =
  'ERROR [AWS_PLUGIN] AWSPluginConfigHandler: Failed to connect AWS region: Http status code: 403: com.amazonaws.services.identitymanagement.model.AmazonIdentityManagementException: The security token included in the request is invalid. (Service: AmazonIdentityManagement; Status Code: 403; Error Code: InvalidClientTokenId)';
const HEAD = '2024-03-01 10:15:30,123 ERROR [AWS_PLUGIN] (default task-1) ';
const FAULT = KB_LINE.slice('ERROR [AWS_PLUGIN] '.length);
const V2_FAULT =
  'Failed: software.amazon.awssdk.services.iam.model.IamException: The security token included in the request is invalid. (Service: Iam, Status Code: 403, Request ID: a9b216f5-18d4-411a-82c8-6a6546bd7833)';

const hash = (values: unknown[]): string => createHash('sha256').update(JSON.stringify(values)).digest('hex');
const info = (thread: string, message: string): string =>
  `2024-03-01 10:15:29,000 INFO  [com.ca.oc.Config] (${thread}) ${message}\n`;

describe('a finding', () => {
  test('of the published line has every field of the contract', async () => {
    const { findings } = await scanText(`${KB_LINE}\n`, { host: 'vna-fra-1' });
    expect(findings).toEqual([
      {
        schemaVersion: 1,
        type: 'finding',
        id: hash(['vna-fra-1', KB_LINE, 0]).slice(0, 16),
        host: 'vna-fra-1',
        code: 'VNA1001',
        rule: 'aws.invalid-client-token-id',
        severity: 'critical',
        title: 'AWS does not recognise the access key that VNA sent',
        variant: 'unknown-key',
        confidence: 'likely',
        fingerprint: hash(['aws.invalid-client-token-id', 'vna-fra-1', 'AWS_PLUGIN', null, 'iam']).slice(
          0,
          12,
        ),
        time: null,
        timeInferred: false,
        truncated: false,
        source: {
          path: expect.stringMatching(/oc\.log$/),
          line: 1,
          endLine: 1,
          offset: 0,
          bytes: KB_LINE.length + 1,
        },
        record: { level: 'ERROR', plugin: 'AWS_PLUGIN', category: 'AWS_PLUGIN', thread: null, text: KB_LINE },
        aws: {
          service: 'AmazonIdentityManagement',
          status: 403,
          errorCode: 'InvalidClientTokenId',
          inferred: false,
          message: 'The security token included in the request is invalid.',
          requestId: null,
          region: null,
          accessKey: null,
          sdk: 'v1',
        },
        advice: {
          summary: expect.any(String),
          why: expect.any(String),
          steps: expect.arrayContaining([expect.objectContaining({ source: 'KB 442985, Resolution 1' })]),
          verify: expect.any(Array),
          links: expect.any(Array),
        },
      },
    ]);
  });

  test('is the same fault in the words of both SDK generations', async () => {
    const { findings } = await scanText(`${HEAD}${FAULT}\n${HEAD}${V2_FAULT}\n`);
    expect(findings.map(({ aws }) => aws?.service)).toEqual(['AmazonIdentityManagement', 'Iam']);
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(1);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(2);
  });

  test.each(['WARN', 'WARNING', 'ERROR', 'SEVERE', 'FATAL'])('comes from level %s', async (level) => {
    const { findings } = await scanText(`${HEAD.replace('ERROR', level)}${FAULT}\n`);
    expect(findings).toHaveLength(1);
  });

  test.each(['INFO ', 'DEBUG', 'TRACE', 'FINE ', 'CONFIG'])('does not come from level %s', async (level) => {
    const { findings } = await scanText(`${HEAD.replace('ERROR', level)}${FAULT}\n`);
    expect(findings).toEqual([]);
  });

  test('leaves the advice out on request', async () => {
    const { findings } = await scanText(`${HEAD}${FAULT}\n`, { advice: false });
    expect(findings[0]).not.toHaveProperty('advice');
  });

  test('shows at most 4 KiB of a record that is matched as a whole', async () => {
    const { findings } = await scanText(`${HEAD}é ${'x '.repeat(20_000)}${FAULT}\n`);
    expect(findings[0]?.code).toBe('VNA1001');
    expect(Buffer.byteLength(findings[0]?.record.text ?? '')).toBeLessThanOrEqual(4096);
    expect(findings[0]?.truncated).toBe(false);
  });

  test('of a record over the limits says so', async () => {
    const big = `${HEAD}${FAULT}\n${'\tat a.B.c(B.java:1)\n'.repeat(3000)}`;
    const { findings } = await scanText(`${big}${HEAD}next\n`);
    expect(findings).toMatchObject([
      { truncated: true, source: { line: 1, endLine: 3001, bytes: big.length } },
    ]);
  });

  test('is not made from what stands beyond the limits', async () => {
    const { findings } = await scanText(
      `${HEAD}x\n${'\tat a.B.c(B.java:1)\n'.repeat(3000)}Caused by: ${FAULT}\n`,
    );
    expect(findings).toEqual([]);
  });

  test('control characters and colours of the log do not reach its texts', async () => {
    const { findings } = await scanText(
      `\x1b[31m${HEAD}${FAULT}\x1b[0m\x07\x1b]0;owned\x07\x9b2J\u202eabc\n`,
    );
    expect(findings[0]?.record.text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(findings[0]?.record.text).not.toContain('owned');
  });
});

describe('the kind of key', () => {
  const ASIA = 'ASIAIOSFODNN7EXAMPLE';
  const AKIA = 'AKIAIOSFODNN7EXAMPLE';
  const task = (message: string): string => info('default task-1', message);

  test.each([
    ['an ASIA id in the record', `${HEAD}key ${ASIA}: ${FAULT}\n`, 'temporary-key', 'ASIA…MPLE'],
    [
      'an ASIA id before in the thread',
      `${task(`key ${ASIA}`)}${HEAD}${FAULT}\n`,
      'temporary-key',
      'ASIA…MPLE',
    ],
    [
      'an assumed-role ARN',
      `${task('as arn:aws:sts::123456789012:assumed-role/Admin/me')}${HEAD}${FAULT}\n`,
      'temporary-key',
      null,
    ],
    [
      'a federated user',
      `${HEAD}arn:aws-us-gov:sts::123456789012:federated-user/me ${FAULT}\n`,
      'temporary-key',
      null,
    ],
    ['an AKIA id', `${task(`key=${AKIA}`)}${HEAD}${FAULT}\n`, 'permanent-key', 'AKIA…MPLE'],
    [
      'the latest id of the thread',
      `${task(ASIA)}${task(AKIA)}${HEAD}${FAULT}\n`,
      'permanent-key',
      'AKIA…MPLE',
    ],
    ['an id in another thread', `${info('pool-1', ASIA)}${HEAD}${FAULT}\n`, 'unknown-key', null],
    ['an id after the record', `${HEAD}${FAULT}\n${task(ASIA)}`, 'unknown-key', null],
    [
      'an IAM role ARN',
      `${task('arn:aws:iam::123456789012:role/ASIA')}${HEAD}${FAULT}\n`,
      'unknown-key',
      null,
    ],
    ['half an id', `${task('ASIA')}${HEAD}${FAULT}\n`, 'unknown-key', null],
    ['records without a thread', `ERROR [DNAC_PLUGIN] ${ASIA}\n${KB_LINE}\n`, 'unknown-key', null],
  ])('is told by %s', async (_, log, variant, accessKey) => {
    const { findings } = await scanText(log);
    expect(findings).toMatchObject([{ code: 'VNA1001', variant, aws: { accessKey } }]);
    expect(findings[0]?.confidence).toBe(variant === 'temporary-key' ? 'certain' : 'likely');
    expect(JSON.stringify(findings)).not.toContain('IOSFODNN7EXA');
  });

  test.each([
    [64 * 1024, 'temporary-key'],
    [64 * 1024 + 1, 'unknown-key'],
  ])('counts evidence up to 64 KiB back: %d bytes', async (distance, variant) => {
    const evidence = task(ASIA);
    const filler = info('other', '');
    const between = filler.slice(0, -1) + 'x'.repeat(distance - evidence.length - filler.length);
    const { findings } = await scanText(`${evidence}${between}\n${HEAD}${FAULT}\n`);
    expect(findings[0]?.source.offset).toBe(distance);
    expect(findings[0]?.variant).toBe(variant);
  });
});

describe('the time of a finding', () => {
  const at = (stamp: string, plugin = 'AWS_PLUGIN'): string => `${stamp} ERROR [${plugin}] (t) ${FAULT}\n`;

  test.each([
    ['2024-03-01 10:15:30,123', '2024-03-01T10:15:30.123'],
    ['2024-03-01 10:15:30', '2024-03-01T10:15:30'],
    ['2024-03-01T10:15:30.123456Z', '2024-03-01T10:15:30.123456Z'],
    ['2024-03-01T10:15:30,5+0100', '2024-03-01T10:15:30.5+01:00'],
  ])('%s is printed as %s', async (stamp, time) => {
    const { findings } = await scanText(at(stamp));
    expect(findings).toMatchObject([{ time, timeInferred: false }]);
  });

  test('bears the offset of the zone that was named, summer and winter', async () => {
    const log = at('2024-01-31 10:00:00') + at('2024-07-31 10:00:00') + at('2024-07-31T10:00:00Z');
    const { findings } = await scanText(log, { zone: findZone('Europe/Berlin') });
    expect(findings.map(({ time }) => time)).toEqual([
      '2024-01-31T10:00:00+01:00',
      '2024-07-31T10:00:00+02:00',
      '2024-07-31T10:00:00Z',
    ]);
  });

  test('takes its date from the archive, counting midnights backwards', async () => {
    const log =
      at('10:00:00,000') +
      at('23:59:59,500') +
      at('00:00:01,000', 'X_PLUGIN') +
      at('12:00:00,000') +
      at('09:00:00,000');
    const { findings } = await scanText(log, { name: 'oc.log.2024-03-02' });
    expect(findings.map(({ time, timeInferred }) => [time, timeInferred])).toEqual([
      ['2024-02-29T10:00:00.000', true],
      ['2024-02-29T23:59:59.500', true],
      ['2024-03-01T12:00:00.000', true],
      ['2024-03-02T09:00:00.000', true],
    ]);
  });

  test('takes no late line and no clock change for a midnight', async () => {
    const log =
      at('01:59:00') +
      at('01:10:00') +
      at('10:00:00') +
      at('09:59:58') +
      at('23:59:59') +
      at('00:00:01') +
      at('23:59:59') +
      at('00:00:02');
    const { findings } = await scanText(log, { name: 'oc.log.2024-03-02' });
    expect(findings.map(({ time }) => time?.slice(0, 10))).toEqual([
      ...Array(5).fill('2024-03-01'),
      '2024-03-02',
      expect.any(String),
      '2024-03-02',
    ]);
  });

  test('is never later than the last change of the file', async () => {
    const zone = findZone('UTC');
    const log = at('23:50:00,000') + at('23:59:59,990') + at('00:00:00,010') + at('23:59:59,999');
    const modified = new Date('2024-03-10T00:00:01Z');
    const { findings } = await scanText(log, { zone, modified });
    expect(findings.map(({ time }) => time?.slice(0, 10))).toEqual([
      '2024-03-09',
      '2024-03-09',
      '2024-03-10',
      '2024-03-09',
    ]);
    const early = await scanText(at('23:50:00,000'), { zone, modified });
    expect(early.findings[0]?.time?.slice(0, 10)).toBe('2024-03-09');
  });

  test('no field shows half a secret: all are redacted before they are cut', async () => {
    const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    for (const length of [900, 961, 985, 990, 1000, 1010]) {
      const message = `${'x '.repeat(600).slice(0, length)} ${secret} AKIAIOSFODNN7EXAMPLE`;
      const log = `${HEAD}com.amazonaws.AmazonServiceException: ${message} (Service: AmazonEC2; Status Code: 403; Error Code: ${'a'.repeat(160)} ${secret}; Request ID: ${'a'.repeat(175)} ${secret})\n`;
      const { findings } = await scanText(log);
      expect(findings).toHaveLength(1);
      expect(JSON.stringify(findings)).not.toMatch(/wJalrXUt|AKIAIOSF/);
    }
  });

  test('since and until keep what lies between, and what has no time', async () => {
    const zone = findZone('UTC');
    const log = `${KB_LINE}\n${at('2024-03-01 10:00:00')}${at('2024-03-01 11:00:00')}${at('2024-03-01 12:00:00')}`;
    const { findings } = await scanText(log, {
      zone,
      since: Date.parse('2024-03-01T11:00:00Z'),
      until: Date.parse('2024-03-01T11:59:59Z'),
    });
    expect(findings.map(({ time }) => time)).toEqual([null, '2024-03-01T11:00:00+00:00']);
  });

  test('a time that came twice when clocks were set back counts as either', async () => {
    const zone = findZone('Europe/Berlin');
    // 02:30 came at 00:30Z and at 01:30Z.
    const log = at('2024-10-27 02:30:00');
    const within = async (since: string, until: string): Promise<number> =>
      (await scanText(log, { zone, since: Date.parse(since), until: Date.parse(until) })).findings.length;
    expect(await within('2024-10-27T00:00:00Z', '2024-10-27T01:00:00Z')).toBe(1);
    expect(await within('2024-10-27T01:00:00Z', '2024-10-27T02:00:00Z')).toBe(1);
    expect(await within('2024-10-27T02:00:00Z', '2024-10-27T03:00:00Z')).toBe(0);
  });
});
