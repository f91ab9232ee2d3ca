import { expect, test } from '@jest/globals';
import { redact } from '../../src/findings/redact.ts';

// What people and rules read must come through as it is.
test.each([
  'ERROR [AWS_PLUGIN] AWSPluginConfigHandler: Failed to connect AWS region: Http status code: 403: com.amazonaws.services.identitymanagement.model.AmazonIdentityManagementException: The security token included in the request is invalid. (Service: AmazonIdentityManagement; Status Code: 403; Error Code: InvalidClientTokenId)',
  'com.amazonaws.services.identitymanagement.model.AmazonIdentityManagementException: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details. (Service: AmazonIdentityManagement; Status Code: 403; Error Code: SignatureDoesNotMatch; Request ID: 74aa7f8a-f557-11e7-850c-33d05b3658d7; Proxy: null)',
  'com.amazonaws.services.securitytoken.model.AWSSecurityTokenServiceException: User: arn:aws:iam::123456789012:user/bob is not authorized to perform: sts:AssumeRole (Service: AWSSecurityTokenService; Status Code: 403; Error Code: AccessDenied; Request ID: 4b053ffa-e364-11e8-85b7-9d27d154d9b7)',
  'software.amazon.awssdk.services.sts.model.StsException: Signature expired: 20220127T001427Z is now earlier than 20220127T014428Z (20220127T015928Z - 15 min.) (Service: Sts, Status Code: 403, Request ID: 5e2e6a52-7f5b-4f1e-9c55-1c1f3ab0a2b1) (SDK Attempt Count: 4)',
  'Status Code: 400, AWS Service: AmazonDynamoDBv2, AWS Request ID: 5RKA0JJKBH8FBLRMEH18EUUH67VV4KQNSO5AEMVJF66Q9ASUAAJG, AWS Error Code: UnrecognizedClientException, AWS Error Message: The security token included in the request is invalid.',
  'nested exception is org.example.AwsSecretsManagerPropertySources$AwsSecretsManagerPropertySourceNotFoundException: com.amazonaws.services.secretsmanager.model.AWSSecretsManagerException: The security token included in the request is expired (Service: AWSSecretsManager; Status Code: 400; Error Code: ExpiredTokenException; Request ID: x)',
  "request session credentials:\ncom.amazonaws.services.securitytoken.model.AWSSecurityTokenServiceException:\n  Credential should be scoped to a valid region, not ''. (\n  Service: AWSSecurityTokenService; Status Code: 403; Error Code: SignatureDoesNotMatch;\n  Request ID: bd3e5121-e2ac-11e8-a566-c1a4d66b6a16):SignatureDoesNotMatch",
  'ExpiredToken: The provided token has expired',
  'InvalidClientTokenId: The security token included in the request is invalid.',
  'MissingAuthenticationToken: Request is missing Authentication Token',
  'SignatureDoesNotMatch: The request signature we calculated does not match',
  "AuthorizationHeaderMalformed: The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'us-west-2'",
  'STS is not activated in this region for account:123456789012. Your account administrator can activate STS in this region using the IAM Console.',
  'Unable to load AWS credentials from environment variables (AWS_ACCESS_KEY_ID (or AWS_ACCESS_KEY) and AWS_SECRET_KEY (or AWS_SECRET_ACCESS_KEY)), SystemPropertiesCredentialsProvider: Unable to load AWS credentials from Java system properties (aws.accessKeyId and aws.secretKey), WebIdentityTokenCredentialsProvider: You must specify a value for roleArn',
  "AWSError{requestId='957ca5e1-dd59-4e6c-bb4a-536eae40eae0', requestToken='null', code='RequestLimitExceeded', message='Request limit exceeded.'}",
  'Unable to execute HTTP request: Connect to sts.amazonaws.com:443 [sts.amazonaws.com/54.239.29.25] failed: connect timed out',
  '\tat deployment.oc-war.war//com.amazonaws.services.cloudtrail.model.CloudTrailInvalidClientTokenIdException.<clinit>(CloudTrailInvalidClientTokenIdException.java:34)\n\tat com.amazonaws.services.securitytoken.AWSSecurityTokenServiceClient.doInvoke(AWSSecurityTokenServiceClient.java:1719)\n\t... 97 more',
  '\tat com.example.AnAbstractFactoryOfRatherLongClassNamesX.of(AnAbstractFactoryOfRatherLongClassNamesX.java:1)',
  'Basic authentication failed; the Bearer token is missing; BasicAWSCredentials',
  'bypass=true passed=5 compass: north, Token expired at 10:00',
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html',
  'http://proxy.example.com:8080/a@b https://bob@host/x',
  '/opt/CA/VNA/wildfly/standalone/log/oc.log',
  '/var/archive/vnaserver01/wildfly/standalone/log/oc.log',
  '/data/CA/VNA/wildfly/standalone/log/oc1x.log',
  '/home/johnDoe/MyProjects/WildFlyServer26/standalone/configuration/logging/properties',
  'C:\\CA\\VNA\\wildfly\\standalone\\log\\oc.log',
  '-'.repeat(120),
])('%s', (text) => {
  expect(redact(text, 'standard')).toBe(text);
});

test('a request token may go, the text around it stays', () => {
  expect(
    redact('(RequestToken: 139ad70a-2b04-9797-697d-85530cb2496b, HandlerErrorCode: X)', 'standard'),
  ).toBe('(RequestToken: [redacted], HandlerErrorCode: X)');
});

test('an S3 extended request id goes whole, the text around it stays', () => {
  const text = (id: string): string =>
    `Access Denied (Service: S3, Status Code: 403, Request ID: M652TMBNA1DWX0AE, Extended Request ID: ${id})`;
  const id = 'IVFIUI+nbmHAyIEbxRybqo/F794IoEYOauoBc71Ekb6am2K+rJq20bs8CVgPZ550Dl5E/G/vPGA=';
  expect(redact(text(id), 'standard')).toBe(text('[redacted]'));
});
