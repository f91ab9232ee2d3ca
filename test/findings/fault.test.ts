import { describe, expect, test } from '@jest/globals';
import { faultsOf } from '../../src/findings/fault.ts';
import { FaultGroups } from '../../src/findings/group.ts';
import { scanText } from '../helpers/scan.ts';

const fault = (region: string, code: string, second: number): string =>
  `2024-03-01 10:00:0${second},000 ERROR [AWS_PLUGIN] (t) Failed to connect AWS region: ${region}: com.amazonaws.AmazonServiceException: no (Service: AmazonEC2; Status Code: 401; Error Code: ${code}; Request ID: x)\n`;

async function groupsOf(log: string): Promise<FaultGroups> {
  const groups = new FaultGroups();
  for (const finding of (await scanText(log)).findings) groups.add(finding);
  return groups;
}

describe('faultsOf', () => {
  test('puts the regions in which one key fails into one fault, the most frequent first', async () => {
    const log =
      fault('us-east-1', 'AuthFailure', 1) +
      fault('eu-west-1', 'AuthFailure', 2) +
      fault('eu-west-1', 'AuthFailure', 3) +
      fault('us-east-1', 'RequestLimitExceeded', 4);
    const groups = (await groupsOf(log)).groups();
    expect(groups).toHaveLength(3);
    const faults = faultsOf(groups);
    expect(faults.map(({ example, count, first, last }) => [example.code, count, first, last])).toEqual([
      ['VNA1004', 3, '2024-03-01T10:00:01.000', '2024-03-01T10:00:03.000'],
      ['VNA1008', 1, '2024-03-01T10:00:04.000', '2024-03-01T10:00:04.000'],
    ]);
    expect(faults[0]?.regions).toMatchObject([
      { region: 'eu-west-1', count: 2 },
      { region: 'us-east-1', count: 1 },
    ]);
    expect(faults[0]?.examples).toHaveLength(3);
    expect(faults[0]?.timeline.spread(1)?.counts).toEqual([3]);
  });

  test('keeps other services and plugins apart', async () => {
    const log = fault('us-east-1', 'AuthFailure', 1);
    const groups = await groupsOf(log + log.replace('AmazonEC2', 'AmazonS3'));
    expect(faultsOf(groups.groups())).toHaveLength(2);
  });

  test('counts what is beyond a thousand faults instead of keeping it', async () => {
    const groups = new FaultGroups();
    const [finding] = (await scanText(fault('us-east-1', 'AuthFailure', 1))).findings;
    for (let i = 0; i < 1500; i += 1) {
      if (finding !== undefined) groups.add({ ...finding, fingerprint: String(i) });
    }
    expect(groups.groups()).toHaveLength(1000);
    expect(groups.omitted).toBe(500);
  });

  test('keeps an example of each variant, however late it comes, and of each region', async () => {
    const key = (region: string, second: number, id = ''): string =>
      fault(region, 'InvalidClientTokenId', second).replace('Failed', `${id} Failed`);
    const log = Array.from({ length: 9 }, (_, second) => key('us-east-1', second));
    log.push(key('us-east-1', 9, 'AKIAIOSFODNN7EXAMPLE'), key('eu-west-1', 9));
    const [merged] = faultsOf((await groupsOf(log.join(''))).groups());
    expect(merged?.examples).toHaveLength(5);
    expect(merged?.examples.map(({ variant }) => variant)).toContain('permanent-key');
    expect(merged?.examples.map((example) => example.read().aws?.region)).toContain('eu-west-1');
  });

  test('keeps a grave fault though a thousand lesser ones came before', async () => {
    const groups = new FaultGroups();
    const [lesser] = (await scanText(fault('us-east-1', 'RequestLimitExceeded', 1))).findings;
    const [grave] = (await scanText(fault('us-east-1', 'AuthFailure', 1))).findings;
    if (lesser === undefined || grave === undefined) throw new Error('no findings to begin with');
    for (let i = 0; i < 1500; i += 1) groups.add({ ...lesser, fingerprint: String(i) });
    groups.add(grave);
    expect(groups.groups()).toHaveLength(1000);
    expect(groups.groups()[0]?.examples[0]?.read().code).toBe('VNA1004');
    expect(groups.omitted).toBe(501);
  });
});
