import { describe, expect, test } from '@jest/globals';
import { parseAwsError } from '../../src/aws/parse.ts';
import { type Fault, V1_LAYOUTS, V2_LAYOUTS, WRAPPERS } from '../helpers/aws-layouts.ts';

const IAM = {
  v1: 'AmazonIdentityManagement',
  v2: 'Iam',
  v1Class: 'com.amazonaws.services.identitymanagement.model.AmazonIdentityManagementException',
  v2Class: 'software.amazon.awssdk.services.iam.model.IamException',
  requestId: '403e2a5f-1234-5678-8ec9-99cd22cf3576',
};
const EC2 = {
  v1: 'AmazonEC2',
  v2: 'Ec2',
  v1Class: 'com.amazonaws.services.ec2.model.AmazonEC2Exception',
  v2Class: 'software.amazon.awssdk.services.ec2.model.Ec2Exception',
  requestId: '5b48c718-a402-4c2f-b776-8ebea01ae49d',
};
const S3 = {
  v1: 'Amazon S3',
  v2: 'S3',
  v1Class: 'com.amazonaws.services.s3.model.AmazonS3Exception',
  v2Class: 'software.amazon.awssdk.services.s3.model.S3Exception',
  requestId: '70D66789531A94B5',
};
const KMS = {
  v1: 'AWSKMS',
  v2: 'Kms',
  v1Class: 'com.amazonaws.services.kms.model.AWSKMSException',
  v2Class: 'software.amazon.awssdk.services.kms.model.KmsException',
  requestId: '2a85873f-1234-5678-8ede-713ce5ea3a4a',
};

const SIGNATURE =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

/** Service, status, code and sentence, as AWS pairs them. */
const FAULTS: readonly Fault[] = [
  {
    ...IAM,
    status: 403,
    code: 'InvalidClientTokenId',
    message: 'The security token included in the request is invalid.',
  },
  {
    ...KMS,
    status: 400,
    code: 'UnrecognizedClientException',
    message: 'The security token included in the request is invalid.',
  },
  {
    ...EC2,
    status: 401,
    code: 'AuthFailure',
    message: 'AWS was not able to validate the provided access credentials',
  },
  {
    ...S3,
    status: 403,
    code: 'InvalidAccessKeyId',
    message: 'The AWS Access Key Id you provided does not exist in our records.',
  },
  { ...IAM, status: 403, code: 'SignatureDoesNotMatch', message: SIGNATURE },
  { ...KMS, status: 400, code: 'InvalidSignatureException', message: SIGNATURE },
  {
    ...IAM,
    status: 403,
    code: 'SignatureDoesNotMatch',
    message:
      'Signature expired: 20151221T200419Z is now earlier than 20151221T201450Z (20151221T201950Z - 5 min.)',
  },
  {
    ...S3,
    status: 403,
    code: 'RequestTimeTooSkewed',
    message: 'The difference between the request time and the current time is too large.',
  },
  {
    ...IAM,
    status: 403,
    code: 'SignatureDoesNotMatch',
    message: "Credential should be scoped to a valid region, not 'us-east-9'.",
  },
  {
    ...S3,
    status: 400,
    code: 'AuthorizationHeaderMalformed',
    message: "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'",
  },
  {
    ...IAM,
    status: 403,
    code: 'AccessDenied',
    message:
      'User: arn:aws:iam::123456789012:user/vna is not authorized to perform: iam:GetUser on resource: user vna because no identity-based policy allows the iam:GetUser action',
  },
  {
    ...KMS,
    status: 400,
    code: 'AccessDeniedException',
    message: 'User: arn:aws:iam::123456789012:user/vna is not authorized to perform: kms:ListKeys',
  },
  {
    ...EC2,
    status: 403,
    code: 'UnauthorizedOperation',
    message: 'You are not authorized to perform this operation.',
  },
  {
    ...IAM,
    status: 403,
    code: 'ExpiredToken',
    message: 'The security token included in the request is expired',
  },
  {
    ...KMS,
    status: 400,
    code: 'ExpiredTokenException',
    message: 'The security token included in the request is expired',
  },
  { ...EC2, status: 400, code: 'RequestExpired', message: 'Request has expired.' },
  { ...IAM, status: 403, code: 'MissingAuthenticationToken', message: 'Missing Authentication Token' },
  {
    ...EC2,
    status: 401,
    code: 'OptInRequired',
    message: 'You are not subscribed to this service. Please go to http://aws.amazon.com to subscribe.',
  },
  { ...EC2, status: 503, code: 'RequestLimitExceeded', message: 'Request limit exceeded.' },
  { ...IAM, status: 400, code: 'Throttling', message: 'Rate exceeded' },
  { ...KMS, status: 400, code: 'ThrottlingException', message: 'Rate exceeded' },
];

const HEAD = '2024-03-01 10:15:30,123 ERROR [AWS_PLUGIN] (default task-1) ';

/** Every fault in every layout in every wrapper. */
const WRITTEN = Object.entries(WRAPPERS).flatMap(([how, wrap]) =>
  [...Object.entries(V1_LAYOUTS), ...Object.entries(V2_LAYOUTS)].map(
    ([layout, write]) => [layout, how, write, wrap] as const,
  ),
);

describe('parseAwsError', () => {
  test.each(WRITTEN)('reads layout %s %s', (layout, _, write, wrap) => {
    const isV2 = layout in V2_LAYOUTS;
    for (const fault of FAULTS) {
      expect(parseAwsError(HEAD + wrap(write(fault)))).toMatchObject({
        origin: 'service',
        service: isV2 ? fault.v2 : fault.v1,
        status: fault.status,
        errorCode: fault.code,
        inferred: isV2,
        message: expect.stringContaining(fault.message.slice(0, 60)),
        requestId: fault.requestId,
        sdk: isV2 ? 'v2' : 'v1',
      });
    }
  });

  test('takes the innermost error of the chain', () => {
    const text = `${HEAD}x: com.amazonaws.AmazonServiceException: Rate exceeded (Service: AmazonEC2; Status Code: 503; Error Code: RequestLimitExceeded; Request ID: a)
\tat a.b.C.d(C.java:1)
Caused by: com.amazonaws.services.securitytoken.model.AWSSecurityTokenServiceException: The security token included in the request is invalid. (Service: AWSSecurityTokenService; Status Code: 403; Error Code: InvalidClientTokenId; Request ID: b)`;
    expect(parseAwsError(text)).toMatchObject({ errorCode: 'InvalidClientTokenId', requestId: 'b' });
    expect(
      parseAwsError(
        `${text}\nCaused by: com.amazonaws.SdkClientException: Unable to execute HTTP request: connect timed out`,
      ),
    ).toMatchObject({ origin: 'client', cause: 'network', errorCode: null });
    expect(
      parseAwsError(`${text}\nCaused by: java.net.SocketTimeoutException: Read timed out`),
    ).toMatchObject({
      errorCode: 'InvalidClientTokenId',
    });
  });

  test.each([
    ['no exception at all', 'discovered topic SignatureDoesNotMatch-alarms, 403 AccessDenied'],
    ['a list of codes', 'retrying on Throttling, InvalidClientTokenId, SignatureDoesNotMatch'],
    [
      'frames of AWS classes only',
      'java.lang.NullPointerException\n\tat com.amazonaws.http.AmazonHttpClient.execute(AmazonHttpClient.java:403)',
    ],
    [
      'a class of an AWS exception in a frame',
      'x\n\tat a.war//com.amazonaws.services.cloudtrail.model.CloudTrailInvalidClientTokenIdException.<clinit>(CloudTrailInvalidClientTokenIdException.java:34)',
    ],
    ['java.nio AccessDeniedException', 'java.nio.file.AccessDeniedException: /opt/CA/VNA/conf'],
    [
      'the CLI',
      'An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid.',
    ],
    [
      'the Go SDK',
      'InvalidClientTokenId: The security token included in the request is invalid.\n\tstatus code: 403, request id: x',
    ],
    [
      'a service reply in XML',
      '<Error><Code>AuthFailure</Code><Message>AWS was not able to validate the provided access credentials</Message></Error>',
    ],
    ['a sentence without any SDK layout', 'The security token included in the request is invalid.'],
    [
      'a refused connection to something else',
      'java.net.ConnectException: Connection refused: localhost/127.0.0.1:5432',
    ],
    [
      'only a suppressed AWS error',
      'java.lang.IllegalStateException: x\n\tSuppressed: com.amazonaws.AmazonServiceException: no (Service: AmazonEC2; Status Code: 401; Error Code: AuthFailure)\n\t\tat a.b.C.d(C.java:1)',
    ],
  ])('finds none in %s', (_, text) => {
    expect(parseAwsError(HEAD + text)).toBeNull();
  });

  test.each([
    ['null', 'Http status code: 403: null', 403],
    ['nothing', 'Http status code: 403', 403],
    ['Forbidden', 'Http status code: 403: Forbidden', 403],
    ['a proxy', 'Http status code: 407: Proxy Authentication Required', 407],
  ])('reads a refusal of which VNA prints the status and %s', (_, words, status) => {
    const text = `${HEAD}AWSPluginConfigHandler: Failed to connect AWS region: ${words}`;
    expect(parseAwsError(text)).toMatchObject({ origin: 'service', status, errorCode: null, message: null });
  });

  test.each([
    ['Service returned HTTP status code 403', null],
    ['Unknown', null],
    ['Something new', 'Something new'],
  ])('takes "%s" for %j', (sentence, message) => {
    const text = `${HEAD}software.amazon.awssdk.services.s3.model.S3Exception: ${sentence} (Service: S3, Status Code: 403, Request ID: null)`;
    expect(parseAwsError(text)).toMatchObject({ message, errorCode: null });
  });

  test('leaves suppressed exceptions out, though a ticket made blanks of their tabs', () => {
    const text = `${HEAD}x: com.amazonaws.AmazonServiceException: no (Service: AmazonEC2; Status Code: 401; Error Code: AuthFailure)\n    at a.b.C.d(C.java:1)\n    Suppressed: com.amazonaws.AmazonServiceException: no (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied)`;
    expect(parseAwsError(text)?.errorCode).toBe('AuthFailure');
  });

  test('takes no words of the log for a sentence of AWS', () => {
    const text = `${HEAD}something (Service: AmazonEC2; Status Code: 401; Error Code: AuthFailure)`;
    expect(parseAwsError(text)?.message).toBeNull();
  });

  test.each([
    ['a service prefix', 'KMS.AccessDeniedException', 'AccessDeniedException'],
    ['a long service prefix', 'AWS.SimpleQueueService.NonExistentQueue', 'NonExistentQueue'],
    ['a SOAP prefix', 'Client.UnauthorizedOperation', 'UnauthorizedOperation'],
    ['a code with a dot of its own', 'InvalidInstanceID.NotFound', 'InvalidInstanceID.NotFound'],
    [
      'a code that holds another',
      'CloudTrailInvalidClientTokenIdException',
      'CloudTrailInvalidClientTokenIdException',
    ],
    ['a status line', '403 Forbidden', null],
    ['null', 'null', null],
    ['nothing', '', null],
  ])('reads %s', (_, printed, expected) => {
    const text = `${HEAD}com.amazonaws.AmazonServiceException: something else (Service: AWSKMS; Status Code: 403; Error Code: ${printed}; Request ID: x; Proxy: null)`;
    expect(parseAwsError(text)?.errorCode).toBe(expected);
  });

  test.each([
    [
      'a modelled exception of SDK v1',
      'com.amazonaws.services.securitytoken.model.RegionDisabledException: STS is not activated in this region for account:123456789012.',
      'RegionDisabledException',
    ],
    [
      'a modelled exception of SDK v2',
      'software.amazon.awssdk.services.kms.model.KmsInvalidSignatureException: something (Service: Kms, Status Code: 400, Request ID: x)',
      'KmsInvalidSignatureException',
    ],
    [
      'a general exception of SDK v2',
      'software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceGroupsTaggingApiException: something (Service: ResourceGroupsTaggingApi, Status Code: 400, Request ID: x)',
      null,
    ],
  ])('takes the code from the class of %s', (_, error, expected) => {
    expect(parseAwsError(HEAD + error)?.errorCode ?? null).toBe(expected);
  });

  test.each([
    [
      'credential scope',
      "x 'AWS4-HMAC-SHA256 20260101T000000Z 20260101/eu-central-1/iam/aws4_request abc' us-east-1",
      'eu-central-1',
    ],
    ['endpoint', 'Connect to ec2.us-gov-west-1.amazonaws.com:443 failed', 'us-gov-west-1'],
    ['old S3 endpoint', 'Connect to bucket.s3-ap-southeast-2.amazonaws.com:443 failed', 'ap-southeast-2'],
    ['China endpoint', 'Connect to ec2.cn-north-1.amazonaws.com.cn failed', 'cn-north-1'],
    ['global endpoint', 'Connect to iam.amazonaws.com:443 failed', null],
    [
      'named with its label',
      'Failed to connect AWS region: ap-east-1: x; peers us-east-1, us-west-2',
      'ap-east-1',
    ],
    ['named alone', 'Failed in me-south-1: x', 'me-south-1'],
    ['SDK constant', 'Failed in US_EAST_2: x', 'us-east-2'],
    ['SDK constant that names no quarter', 'Failed in AP_OUTER_2: x', 'ap-outer-2'],
    ['several names', 'Failed in us-east-1, eu-west-1', null],
    ['none', 'Failed', null],
    ['something that only looks like one', 'host vna-us-east-1b failed', null],
  ])('region by %s', (_, words, expected) => {
    const text = `${HEAD}${words}: com.amazonaws.SdkClientException: Unable to execute HTTP request: x`;
    expect(parseAwsError(text)?.region).toBe(expected);
  });

  test.each([
    'Http status code: 403',
    'Http status code: 407: Proxy Authentication Required',
    'AWS region eu-west-1: java.net.UnknownHostException: ec2.eu-west-1.example',
    'AWS ENDPOINT: java.net.ConnectException: Connection refused',
    'Status Code: 403, AWS Service: AmazonEC2, AWS Request ID: 1-2, AWS Error Code: AuthFailure',
  ])('is the same wherever a blank of "%s" became a line break', (words) => {
    const whole = parseAwsError(HEAD + words);
    expect(whole).not.toBeNull();
    for (const { index } of words.matchAll(/ /g)) {
      const folded = `${words.slice(0, index)}\n${words.slice(index + 1)}`;
      expect(parseAwsError(HEAD + folded)).toEqual(whole);
    }
  });

  test.each([
    ['fields', '(Service: A; Status Code: 403; '],
    ['classes', 'com.amazonaws.AmazonServiceException: '],
    ['dots', 'a.'],
    ['letters', 'a'],
    ['causes', 'Caused by: '],
    ['causes on lines', '\nCaused by: a.b.CException: x'],
    ['legacy fields', 'Status Code: 403, AWS Service: '],
    ['frames', '\n\tat '],
    ['suppressed', '\n\tSuppressed: '],
    ['hosts', 'a.amazonaws.com.'],
    ['blanks', ' '],
    ['sentences', 'User: arn is not '],
    ['broken answers', 'com.amazonaws.SdkClientException: Unable to unmarshall error response ('],
  ])('takes time in proportion to a flood of %s', (_, piece) => {
    const timeFor = (bytes: number): number => {
      const text = HEAD + piece.repeat(Math.ceil(bytes / piece.length));
      const started = performance.now();
      for (let i = 0; i < 3; i += 1) parseAwsError(text);
      return performance.now() - started;
    };
    timeFor(4096);
    // Quadratic work would take 256 times as long for 16 times the text.
    expect(timeFor(256 * 1024)).toBeLessThan(64 * timeFor(16 * 1024) + 100);
  });
});
