import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseCliMessage, parseSentence } from '../../src/aws/cli-message.ts';

describe('a message of the AWS CLI', () => {
  test('that a service sent', () => {
    const text =
      '\nAn error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid.\n';
    expect(parseCliMessage(text)).toEqual({
      origin: 'service',
      service: null,
      status: null,
      errorCode: 'InvalidClientTokenId',
      inferred: false,
      message: 'The security token included in the request is invalid.',
      requestId: null,
      region: null,
      cause: 'key',
      sdk: null,
    });
  });

  test.each([
    [
      'aws: [ERROR]: An error occurred (AccessDenied) when calling the ListBuckets operation: Access Denied\n$ aws help',
      { errorCode: 'AccessDenied', message: 'Access Denied', cause: 'permission' },
    ],
    [
      'An error occurred (RequestLimitExceeded) when calling the DescribeInstances operation (reached max retries: 4): Request limit exceeded.',
      { errorCode: 'RequestLimitExceeded', message: 'Request limit exceeded.', cause: 'throttling' },
    ],
    ['An error occurred (SignatureDoesNotMatch) when calling the GetCallerIdentity \noperation: x', null],
    [
      'An error occurred (KMS.AccessDeniedException) when calling the ListKeys operation: no',
      { errorCode: 'AccessDeniedException' },
    ],
    [
      'An error occurred (UnauthorizedOperation) when calling the RunInstances operation: You are not authorized to perform this operation. Encoded authorization failure message: AAAA-BBBB',
      { message: 'You are not authorized to perform this operation.' },
    ],
    [
      'An error occurred (403) when calling the HeadObject operation: Forbidden',
      { errorCode: null, status: 403, message: 'Forbidden' },
    ],
    [
      'An error occurred (SignatureDoesNotMatch) when calling the GetCallerIdentity operati\non: Signature expired',
      null,
    ],
    [
      'An error occurred (SignatureDoesNotMatch) when calling the GetCallerIdentity operation: Signature\nexpired: 20240301T091511Z is now earlier than 20240301T100611Z (20240301T102111Z - 15 min.)\n$ ',
      { cause: 'clock', message: expect.stringMatching(/^Signature expired: .*15 min\.\)$/) },
    ],
    [
      'An error occurred (A) when calling the X operation: one\nAn error occurred (B) when calling the Y operation: two',
      { errorCode: 'B', message: 'two' },
    ],
    [
      'Could not connect to the endpoint URL: "https://ec2.eu-west-1.amazonaws.com/"',
      { origin: 'client', errorCode: null, cause: 'network', region: 'eu-west-1' },
    ],
    ['Unable to locate credentials. You can …', null],
    ['An error occurred while reading the file', null],
  ])('%j', (text, expected) => {
    const found = parseCliMessage(text);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatchObject(expected);
  });
});

test.each([
  [
    'The security token included in the request is invalid.',
    { errorCode: 'InvalidClientTokenId', cause: 'key' },
  ],
  [
    'it says:\nThe provided token\nhas expired',
    { errorCode: 'ExpiredToken', message: 'The provided token has expired' },
  ],
  ['Unable to load credentials from any provider in the chain', { origin: 'client', cause: 'credentials' }],
])('a sentence alone: %j', (text, expected) => {
  expect(parseSentence(text)).toMatchObject(expected);
});

test('other words are no sentence of AWS', () => {
  expect(parseSentence('The disk is full.')).toBeNull();
});

test('any text is read in bounded time, with a bounded message', () => {
  const piece = fc.constantFrom(
    'An error occurred (',
    'X',
    ') when calling the ',
    ' operation',
    ': ',
    '\n',
    ' (reached max retries: 4)',
    'Access Denied',
    'Connect timeout on endpoint URL: "',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 2000 }), (pieces) => {
      const text = pieces.join('');
      const started = performance.now();
      for (const error of [parseCliMessage(text), parseSentence(text)])
        expect(error?.message?.length ?? 0).toBeLessThanOrEqual(1000);
      expect(performance.now() - started).toBeLessThan(1000);
    }),
  );
});
