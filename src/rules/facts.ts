// What a rule may ask about a record: the names, what they yield, and how to get at it.
import type { AwsError, KeyEvidence } from '../aws/aws-error.ts';
import type { LogRecord } from '../records/record.ts';
import { LEVELS } from '../records/record.ts';
import type { Scalar } from './rule.ts';

/**
 * One record and what is known about it. `aws` and `key` may be getters that find out when first asked: they
 * are read only where a rule names one of their facts.
 */
export interface Facts {
  readonly record: LogRecord;
  readonly aws: AwsError | null;
  readonly key: KeyEvidence | null;
}

type FactType = 'string' | 'number' | 'boolean';

export interface Fact {
  readonly type: FactType;
  readonly nullable: boolean;
  /** The values there are, where they are few. */
  readonly values?: readonly string[];
  readonly read: (facts: Facts) => Scalar | null;
}

/** What a leaf looks at that names no fact. */
export const DEFAULT_FACT = 'record.text';

const CAUSES = [
  'key',
  'signature',
  'clock',
  'scope',
  'expired',
  'malformed',
  'permission',
  'subscription',
  'throttling',
  'disabled',
  'network',
  'credentials',
] as const satisfies readonly NonNullable<AwsError['cause']>[];

type Read = Fact['read'];
const sure = (read: Read, values?: readonly string[]): Fact => fact('string', false, read, values);
const text = (read: Read, values?: readonly string[]): Fact => fact('string', true, read, values);

function fact(type: FactType, nullable: boolean, read: Read, values?: readonly string[]): Fact {
  return values === undefined ? { type, nullable, read } : { type, nullable, values, read };
}

export const FACTS: ReadonlyMap<string, Fact> = new Map([
  ['record.level', sure(({ record }) => record.header.level, LEVELS)],
  ['record.plugin', text(({ record }) => record.header.plugin)],
  ['record.category', text(({ record }) => record.header.category)],
  ['record.thread', text(({ record }) => record.header.thread)],
  ['record.text', sure(({ record }) => record.text)],
  ['aws.origin', text(({ aws }) => aws?.origin ?? null, ['service', 'client'])],
  ['aws.service', text(({ aws }) => aws?.service ?? null)],
  ['aws.status', fact('number', true, ({ aws }) => aws?.status ?? null)],
  ['aws.errorCode', text(({ aws }) => aws?.errorCode ?? null)],
  ['aws.inferred', fact('boolean', true, ({ aws }) => aws?.inferred ?? null)],
  ['aws.message', text(({ aws }) => aws?.message ?? null)],
  ['aws.requestId', text(({ aws }) => aws?.requestId ?? null)],
  ['aws.region', text(({ aws }) => aws?.region ?? null)],
  ['aws.cause', text(({ aws }) => aws?.cause ?? null, CAUSES)],
  ['aws.sdk', text(({ aws }) => aws?.sdk ?? null, ['v1', 'v2'])],
  ['key.kind', text(({ key }) => key?.kind ?? null, ['temporary', 'permanent'])],
]);

const CAPTURE = 'capture.';

/** The name behind `capture.`, or `null` where something else is meant. */
export function captureName(name: string): string | null {
  return name.startsWith(CAPTURE) ? name.slice(CAPTURE.length) : null;
}

/** Names that a condition or a placeholder may use in a rule with these captures. */
export function factNames(captures: Iterable<string>): readonly string[] {
  return [...FACTS.keys(), ...[...captures].map((name) => CAPTURE + name)];
}
