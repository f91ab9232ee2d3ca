// A small log with what a report has to tell apart: one key that fails in several regions, in several ways and at
// different paces; another service with the same fault; a denied permission; a record that was cut.
import { recordAt } from '../helpers/vna-log.ts';

const START = Date.parse('2026-11-21T09:00:00Z');
const REGIONS = ['us-east-1', 'eu-west-1', 'us-east-1', 'ap-southeast-2', 'us-east-1'];

type Answer = readonly [service: string, status: number, code: string, sentence: string];

const UNKNOWN_KEY: Answer = [
  'AmazonIdentityManagement',
  403,
  'InvalidClientTokenId',
  'The security token included in the request is invalid.',
];

function message([service, status, code, sentence]: Answer, region = '', extra = ''): string {
  const error = `com.amazonaws.AmazonServiceException: ${sentence} (Service: ${service}; Status Code: ${status}; Error Code: ${code}; Request ID: 0a1b2c3d-1111-2222-3333-444455556666)`;
  return `AWSPluginConfigHandler: Failed to connect AWS region: ${region}${extra} Http status code: ${status}: ${error}`;
}

function* records(): Generator<string> {
  const at = (second: number, thread: string, text: string): string =>
    recordAt(new Date(START + second * 1000), 'ERROR', 'AWS_PLUGIN', thread, text);
  for (let i = 0; i < 20; i += 1)
    yield at(i * i, 'default task-1', message(UNKNOWN_KEY, REGIONS[i % REGIONS.length]));
  yield at(900, 'pool-7-thread-2', message(UNKNOWN_KEY, 'eu-west-1', ' key ASIAIOSFODNN7EXAMPLE'));
  const denied =
    'You are not authorized to perform this operation. User: arn:aws:iam::123456789012:user/vna is not authorized to perform: ec2:DescribeInstances because no identity-based policy allows the ec2:DescribeInstances action';
  yield at(1000, 't', message(['AmazonEC2', 403, 'UnauthorizedOperation', denied]));
  yield at(1001, 't', message(['AmazonCloudWatch', 400, 'Throttling', 'Rate exceeded']));
  yield at(1002, 't', message(['AmazonElasticLoadBalancing', 400, 'Throttling', 'Rate exceeded']));
  yield at(
    1003,
    't',
    `${message(['AmazonRDS', 400, 'Throttling', 'Rate exceeded'])}${'\n\tat x.y.Z'.repeat(3000)}`,
  );
}

export function faultyLog(): string {
  return [...records()].join('');
}
