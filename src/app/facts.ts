// The facts of one record, each read when a rule first asks: most records are looked at by none.
import type { AwsError, KeyEvidence } from '../aws/aws-error.ts';
import { parseAwsError } from '../aws/parse.ts';
import type { LogRecord } from '../records/record.ts';
import type { Facts } from '../rules/facts.ts';

export function factsOf(record: LogRecord, key: KeyEvidence | null): Facts {
  let aws: AwsError | null | undefined;
  return {
    record,
    key,
    get aws() {
      // `null` is an answer too: most records hold no AWS error.
      if (aws === undefined) aws = parseAwsError(record.text);
      return aws;
    },
  };
}
