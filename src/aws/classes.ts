// What an AWS exception class says by its name: which SDK, whether a service answered, and, for a modelled
// exception, the error code.

export interface AwsClass {
  readonly sdk: 'v1' | 'v2';
  readonly origin: 'service' | 'client';
  /** The error code that a modelled exception stands for; `null` for a service's general exception. */
  readonly code: string | null;
}

const V1_MODEL = /^com\.amazonaws\.services\.[\w.]+\.(\w+)$/;
const V2_MODEL = /^software\.amazon\.awssdk\.services\.(\w+)\.model\.(\w+)$/;

/** Reads a class name; `null` if it is none of AWS's. */
export function readAwsClass(name: string): AwsClass | null {
  if (name.startsWith('com.amazonaws.')) return readV1(name);
  if (name.startsWith('software.amazon.awssdk.')) return readV2(name);
  // Printed without its package by old code.
  if (name === 'AmazonServiceException') return { sdk: 'v1', origin: 'service', code: null };
  if (name === 'AmazonClientException') return { sdk: 'v1', origin: 'client', code: null };
  return null;
}

function readV1(name: string): AwsClass {
  const simple = V1_MODEL.exec(name)?.[1];
  if (simple === undefined) {
    return { sdk: 'v1', origin: name.endsWith('ServiceException') ? 'service' : 'client', code: null };
  }
  return { sdk: 'v1', origin: 'service', code: /^(?:Amazon|AWS)/.test(simple) ? null : simple };
}

function readV2(name: string): AwsClass {
  const [, service, simple] = V2_MODEL.exec(name) ?? [];
  if (service === undefined || simple === undefined) {
    return { sdk: 'v2', origin: name.endsWith('ServiceException') ? 'service' : 'client', code: null };
  }
  const general = simple.toLowerCase() === `${service.toLowerCase()}exception`;
  return { sdk: 'v2', origin: 'service', code: general ? null : simple };
}
