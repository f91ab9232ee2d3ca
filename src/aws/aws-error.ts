// What an AWS SDK's exception text says, whichever of its layouts it came in.

/** What AWS's sentence is about, read from its words; the same over SDKs and services. */
export type Cause =
  | 'key'
  | 'signature'
  | 'clock'
  | 'scope'
  | 'expired'
  | 'malformed'
  | 'permission'
  | 'subscription'
  | 'throttling'
  | 'disabled'
  | 'network'
  | 'credentials';

/** Whether a service answered, or the SDK gave up before one did. */
type Origin = 'service' | 'client';

/** One AWS error; a value the text does not hold is `null`. */
export interface AwsError {
  readonly origin: Origin;
  /** As the SDK prints it (`AmazonIdentityManagement`, `Iam`). */
  readonly service: string | null;
  readonly status: number | null;
  /** Whole code without a service prefix (`KMS.`). */
  readonly errorCode: string | null;
  /** Whether `errorCode` was inferred because the text holds none. */
  readonly inferred: boolean;
  /** AWS's own sentence, one line. */
  readonly message: string | null;
  readonly requestId: string | null;
  readonly region: string | null;
  readonly cause: Cause | null;
  readonly sdk: 'v1' | 'v2' | null;
}

/** `temporary`: an `ASIA` id, or an assumed-role or federated-user ARN. `permanent`: an `AKIA` id. */
type KeyKind = 'temporary' | 'permanent';

/** Proof of what kind of access key was in use. */
export interface KeyEvidence {
  readonly kind: KeyKind;
  /** The access key id that proves it, unmasked; `null` where an ARN does. */
  readonly keyId: string | null;
}
