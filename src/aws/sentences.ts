// What AWS's sentences mean. SDK v2 prints no error code: there the sentence, with status and service, tells
// which code AWS sent. The words are AWS's own and the same over the SDKs of all languages.
import type { Cause } from './aws-error.ts';
import { normaliseService, speaksJson } from './service.ts';

/** What the code depends on besides the sentence. */
export interface Answer {
  readonly status: number | null;
  readonly service: string | null;
}

interface Sentence {
  readonly pattern: RegExp;
  readonly cause: Cause;
  /** The code that goes with it; `null` where no service answered. */
  readonly code: ((answer: Answer) => string) | null;
}

const always = (code: string) => (): string => code;
/** JSON services say `XException`, the query services `X`. */
const inJson = (json: string, query: string) => (answer: Answer) => (isJson(answer) ? json : query);

function isJson({ status, service }: Answer): boolean {
  return status === 400 || speaksJson(service);
}

function isService({ service }: Answer, name: string): boolean {
  return service !== null && normaliseService(service) === name;
}

/** First match wins: the narrow sentences stand before those whose words they share. */
const SENTENCES: readonly Sentence[] = [
  {
    pattern: /Signature expired: |Signature not yet current/i,
    cause: 'clock',
    code: inJson('InvalidSignatureException', 'SignatureDoesNotMatch'),
  },
  {
    pattern: /The difference between the request time and the current time is too large/i,
    cause: 'clock',
    code: always('RequestTimeTooSkewed'),
  },
  {
    pattern: /Credential should be scoped to |Date in Credential scope does not match/i,
    cause: 'scope',
    code: inJson('InvalidSignatureException', 'SignatureDoesNotMatch'),
  },
  {
    pattern: /The authorization header is malformed|the region '[^']{0,64}' is wrong; expecting/i,
    cause: 'scope',
    code: always('AuthorizationHeaderMalformed'),
  },
  {
    pattern: /The request signature we calculated does not match/i,
    cause: 'signature',
    code: inJson('InvalidSignatureException', 'SignatureDoesNotMatch'),
  },
  {
    pattern: /The security token included in the request is expired/i,
    cause: 'expired',
    code: inJson('ExpiredTokenException', 'ExpiredToken'),
  },
  { pattern: /The provided token has expired/i, cause: 'expired', code: always('ExpiredToken') },
  { pattern: /Request has expired/i, cause: 'expired', code: always('RequestExpired') },
  {
    pattern: /The security token included in the request is invalid/i,
    cause: 'key',
    code: inJson('UnrecognizedClientException', 'InvalidClientTokenId'),
  },
  {
    pattern: /The AWS Access Key Id you provided does not exist/i,
    cause: 'key',
    code: always('InvalidAccessKeyId'),
  },
  {
    pattern: /AWS was not able to validate the provided access credentials/i,
    cause: 'key',
    code: always('AuthFailure'),
  },
  {
    pattern: /not subscribed to this service|needs a subscription for the service/i,
    cause: 'subscription',
    code: always('OptInRequired'),
  },
  {
    pattern: /STS is not activated in this region/i,
    cause: 'subscription',
    code: always('RegionDisabledException'),
  },
  {
    pattern: /not a valid key=value pair|Authorization header requires '|Credential must have exactly \d/i,
    cause: 'malformed',
    code: always('IncompleteSignature'),
  },
  {
    pattern:
      /(?:Request is )?Missing Authentication Token|(?:The request )?must contain either a valid \(registered\) AWS access key ID/i,
    cause: 'malformed',
    code: inJson('MissingAuthenticationTokenException', 'MissingAuthenticationToken'),
  },
  {
    pattern: /Request limit exceeded/i,
    cause: 'throttling',
    code: always('RequestLimitExceeded'),
  },
  { pattern: /Please reduce your request rate/i, cause: 'throttling', code: always('SlowDown') },
  {
    pattern: /configured provisioned throughput for the table was exceeded/i,
    cause: 'throttling',
    code: always('ProvisionedThroughputExceededException'),
  },
  {
    pattern: /Rate exceeded|Too Many Requests|Maximum sending rate exceeded/i,
    cause: 'throttling',
    code: (answer) => (speaksJson(answer.service) ? 'ThrottlingException' : 'Throttling'),
  },
  {
    pattern: /All access to this object has been disabled/i,
    cause: 'disabled',
    code: always('AllAccessDisabled'),
  },
  {
    pattern:
      /(?:User: \S{1,2048} is |You are )?not authorized to (?:perform|access)|Access Denied|Access to the resource \S{1,2048} is denied|Roles may not be assumed|not allowed to access|explicit deny in/i,
    cause: 'permission',
    code: (answer) => {
      if (isService(answer, 'ec2')) return 'UnauthorizedOperation';
      return isJson(answer) ? 'AccessDeniedException' : 'AccessDenied';
    },
  },
];

/** Sentences of the SDK itself, for when no service answered. */
const CLIENT_SENTENCES: readonly Sentence[] = [
  {
    pattern:
      /Unable to load (?:AWS )?credentials|Failed to load credentials|Unable to locate credentials|Cannot fetch credentials|Failed to connect to service endpoint|contained no credentials/i,
    cause: 'credentials',
    code: null,
  },
  {
    pattern:
      /Unable to execute HTTP request|UnknownHostException|connect(?:ion)? timed out|connection refused|connection reset|No route to host|PKIX path building failed|SSLHandshakeException|did not complete before the (?:specified|request) timeout|Unable to connect to|timed? ?out/i,
    cause: 'network',
    code: null,
  },
];

/** A sentence that was recognised: its meaning, the code that goes with it, and where it begins. */
export interface Recognised {
  readonly cause: Cause;
  readonly code: string | null;
  readonly index: number;
}

/** Recognises a service's sentence in `message`. */
export function recogniseAnswer(message: string, answer: Answer): Recognised | null {
  return recognise(SENTENCES, message, answer);
}

/** Recognises the SDK's own complaint in `message`. */
export function recogniseClientFault(message: string): Recognised | null {
  return recognise(CLIENT_SENTENCES, message, { status: null, service: null });
}

function recognise(table: readonly Sentence[], message: string, answer: Answer): Recognised | null {
  for (const { pattern, cause, code } of table) {
    const match = pattern.exec(message);
    if (match !== null) return { cause, code: code === null ? null : code(answer), index: match.index };
  }
  return null;
}
