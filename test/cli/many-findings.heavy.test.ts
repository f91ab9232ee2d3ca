// A log of a hundred thousand findings of fifty faults: what people read of it stays short, and memory stays bounded.
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type Measured, runMeasured } from '../helpers/peak.ts';
import { recordAt } from '../helpers/vna-log.ts';

jest.setTimeout(300_000);

const START = Date.parse('2026-11-01T00:00:00Z');
const SERVICES = ['AmazonCloudWatch', 'AmazonSNS', 'AmazonSQS', 'AmazonAutoScaling', 'AmazonRDS'];
const REGIONS = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
].concat(['eu-north-1', 'ap-south-1', 'sa-east-1']);

const dir = mkdtempSync(join(tmpdir(), 'oclog-many-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const FEW = 10_000;
const MANY = 100_000;
const logOf = (count: number): string => join(dir, `${count}.log`);

function writeLog(count: number): void {
  const file = openSync(logOf(count), 'w');
  for (let i = 0; i < count; i += 1) {
    const region = REGIONS[i % REGIONS.length];
    const service = SERVICES[Math.floor(i / REGIONS.length) % SERVICES.length];
    const id = `${i.toString(16).padStart(8, '0')}-1111-2222-3333-444455556666`;
    const text = `AWSPluginConfigHandler: Failed to connect AWS region: ${region} Http status code: 403: com.amazonaws.AmazonServiceException: The security token included in the request is invalid. (Service: ${service}; Status Code: 403; Error Code: InvalidClientTokenId; Request ID: ${id})\n\tat a.b.C.d(C.java:${i % 900})`;
    writeSync(
      file,
      recordAt(new Date(START + i * 7000), 'ERROR', 'AWS_PLUGIN', `pool-7-thread-${i % 7}`, text),
    );
  }
  closeSync(file);
}

function measure(format: string, count: number): Measured {
  const measured = runMeasured('scan', '--host', 'vna-demo', '--format', format, logOf(count));
  expect(measured.status).toBe(1);
  return measured;
}

beforeAll(() => {
  writeLog(FEW);
  writeLog(MANY);
});

const MOST_BYTES = { pretty: 100_000, text: 100_000, html: 2_000_000 } as const;

describe.each(['pretty', 'text', 'html'] as const)('%s', (format) => {
  test('of ten times as many findings is no longer and takes hardly more memory', () => {
    const few = measure(format, FEW);
    const many = measure(format, MANY);
    expect(Buffer.byteLength(many.stdout)).toBeLessThan(MOST_BYTES[format]);
    expect(many.stdout.length).toBeLessThan(few.stdout.length * 1.1);
    expect(many.stdout).toMatch(/100,000 (?:findings|records)/);
    for (const region of REGIONS) expect(many.stdout).toContain(region);
    expect(many.peak).toBeLessThan(few.peak * 1.6);
    expect(many.peak).toBeLessThan(150);
  });
});
