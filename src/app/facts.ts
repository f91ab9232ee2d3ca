// The facts of one record, each read when a rule first asks: most records are looked at by none.
import type { AwsError, KeyEvidence } from '../aws/aws-error.ts';
import { parseAwsError } from '../aws/parse.ts';
import type { LogRecord } from '../records/record.ts';
import type { Facts } from '../rules/facts.ts';

type KeyOf = (record: LogRecord) => KeyEvidence | null;

export function factsOf(record: LogRecord, keyOf: KeyOf): Facts {
  return new LazyFacts(record, keyOf);
}

/** A class: getters of an object's own would give each object a shape of its own, which outlives it. */
class LazyFacts implements Facts {
  readonly record: LogRecord;
  readonly #keyOf: KeyOf;
  /** `null` is an answer too: most records hold no AWS error. */
  #aws: AwsError | null | undefined;
  #key: KeyEvidence | null | undefined;

  constructor(record: LogRecord, keyOf: KeyOf) {
    this.record = record;
    this.#keyOf = keyOf;
  }

  get aws(): AwsError | null {
    if (this.#aws === undefined) this.#aws = parseAwsError(this.record.text);
    return this.#aws;
  }

  get key(): KeyEvidence | null {
    if (this.#key === undefined) this.#key = this.#keyOf(this.record);
    return this.#key;
  }
}
