// What the parser of AWS errors looks at: a text without any of these holds no AWS error.

/** Every layout holds one of these, as it is written here; most records hold none. */
export const AWS_ERROR_LITERALS = [
  'AWS Endpoint',
  'AWS Region',
  'AWS Service',
  'AWS endpoint',
  'AWS region',
  'AWS service',
  'AmazonClientException',
  'AmazonServiceException',
  'Http status code: 40',
  'Service:',
  'amazonaws',
  'awssdk',
] as const;
