// What the AWS plug-in logs when AWS refuses it, as the two generations of the SDK write it: with a request id of its own each
// time, of several services, for several reasons, from several depths.
import type { Random } from '../test/helpers/vna-log.ts';

/** Always the same. */
export const FAULT =
  'AWSPluginConfigHandler: Failed to connect AWS region: Http status code: 403: com.amazonaws.services.identitymanagement.model.AmazonIdentityManagementException: The security token included in the request is invalid. (Service: AmazonIdentityManagement; Status Code: 403; Error Code: InvalidClientTokenId; Request ID: 74aa7f8a-f557-11e7-850c-33d05b3658d7; Proxy: null)\n\tat com.amazonaws.http.AmazonHttpClient$RequestExecutor.handleErrorResponse(AmazonHttpClient.java:1879)';
/** What it is found by, for the peers. */
export const FAULT_LITERAL = 'Error Code: InvalidClientTokenId';

interface Service {
  /** As the first and the second SDK name it, with the endings of their packages. */
  readonly v1: readonly [name: string, exception: string];
  readonly v2: readonly [name: string, exception: string];
  readonly endpoint: string;
}

const SERVICES: readonly Service[] = [
  {
    v1: ['AmazonIdentityManagement', 'identitymanagement.model.AmazonIdentityManagementException'],
    v2: ['Iam', 'iam.model.IamException'],
    endpoint: 'iam',
  },
  {
    v1: ['AmazonEC2', 'ec2.model.AmazonEC2Exception'],
    v2: ['Ec2', 'ec2.model.Ec2Exception'],
    endpoint: 'ec2',
  },
  {
    v1: ['AmazonCloudWatch', 'cloudwatch.model.AmazonCloudWatchException'],
    v2: ['CloudWatch', 'cloudwatch.model.CloudWatchException'],
    endpoint: 'monitoring',
  },
  {
    v1: ['AWSSecurityTokenService', 'securitytoken.model.AWSSecurityTokenServiceException'],
    v2: ['Sts', 'sts.model.StsException'],
    endpoint: 'sts',
  },
];

const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1', 'ap-southeast-2', 'sa-east-1'];

type Reason = (random: Random) => readonly [status: number, code: string, sentence: string];

const INVALID: Reason = () => [
  403,
  'InvalidClientTokenId',
  'The security token included in the request is invalid.',
];
/** Most of a dense log says the same thing again: one key that is wrong. */
const REASONS: readonly Reason[] = [
  INVALID,
  INVALID,
  INVALID,
  () => [
    403,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  ],
  () => [403, 'ExpiredToken', 'The security token included in the request is expired'],
  (r) => [
    403,
    'AccessDenied',
    `User: arn:aws:iam::${account(r)}:user/vna-poller is not authorized to perform: ec2:DescribeVpcs because no identity-based policy allows the ec2:DescribeVpcs action`,
  ],
];

/** One log is of few accounts. */
const account = (random: Random): string => random.pick(['123456789012', '210987654321']);

const HEX = '0123456789abcdef';
const hex = (random: Random, length: number): string =>
  Array.from({ length }, () => HEX[random.next(16)]).join('');
const requestId = (random: Random): string => [8, 4, 4, 4, 12].map((length) => hex(random, length)).join('-');

const V1_FRAMES = [
  'com.amazonaws.http.AmazonHttpClient$RequestExecutor.handleErrorResponse(AmazonHttpClient.java:1879)',
  'com.amazonaws.http.AmazonHttpClient$RequestExecutor.handleServiceErrorResponse(AmazonHttpClient.java:1418)',
  'com.amazonaws.http.AmazonHttpClient$RequestExecutor.executeOneRequest(AmazonHttpClient.java:1387)',
  'com.amazonaws.http.AmazonHttpClient$RequestExecutor.executeHelper(AmazonHttpClient.java:1157)',
  'com.amazonaws.http.AmazonHttpClient$RequestExecutor.doExecute(AmazonHttpClient.java:814)',
  'com.amazonaws.http.AmazonHttpClient$RequestExecutor.execute(AmazonHttpClient.java:763)',
  'com.amazonaws.http.AmazonHttpClient.execute(AmazonHttpClient.java:541)',
];
const V2_FRAMES = [
  'software.amazon.awssdk.core.internal.http.CombinedResponseHandler.handleErrorResponse(CombinedResponseHandler.java:125)',
  'software.amazon.awssdk.core.internal.http.CombinedResponseHandler.handleResponse(CombinedResponseHandler.java:82)',
  'software.amazon.awssdk.core.internal.http.pipeline.stages.HandleResponseStage.execute(HandleResponseStage.java:50)',
  'software.amazon.awssdk.core.internal.http.pipeline.RequestPipelineBuilder$ComposingRequestPipelineStage.execute(RequestPipelineBuilder.java:206)',
  'software.amazon.awssdk.core.internal.handler.BaseClientHandler.invoke(BaseClientHandler.java:182)',
];
const OUTER_FRAMES = [
  'deployment.oc-war.war//com.ca.oc.plugin.aws.AWSPluginConfigHandler.connect(AWSPluginConfigHandler.java:214)',
  'java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1136)',
  'java.base/java.lang.Thread.run(Thread.java:829)',
];

function trace(frames: readonly string[], depth: number): string {
  return [...frames.slice(0, depth), ...OUTER_FRAMES.slice(0, depth - 1)]
    .map((frame) => `\n\tat ${frame}`)
    .join('');
}

export function anyFault(random: Random): string {
  const { v1, v2, endpoint } = random.pick(SERVICES);
  const [status, code, sentence] = random.pick(REASONS)(random);
  const depth = random.pick([1, 1, 3, 7]);
  const where = random.pick([
    'Failed to connect AWS region',
    'Failed to connect AWS region',
    `Failed to poll https://${endpoint}.${random.pick(REGIONS)}.amazonaws.com`,
  ]);
  const head = `AWSPluginConfigHandler: ${where}: Http status code: ${status}: `;
  // Now and then somebody has the key logged.
  const tail =
    random.next(200) === 0 ? `\naccess key id ${random.pick(['AKIA', 'ASIA'])}IOSFODNN7EXAMPLE` : '';
  return random.next(4) === 0
    ? `${head}software.amazon.awssdk.services.${v2[1]}: ${sentence} (Service: ${v2[0]}, Status Code: ${status}, Request ID: ${requestId(random)})${trace(V2_FRAMES, depth)}${tail}`
    : `${head}com.amazonaws.services.${v1[1]}: ${sentence} (Service: ${v1[0]}; Status Code: ${status}; Error Code: ${code}; Request ID: ${requestId(random)}; Proxy: null)${trace(V1_FRAMES, depth)}${tail}`;
}
