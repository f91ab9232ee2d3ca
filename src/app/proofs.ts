// One record -> what it proves to be over. The counterpart of judge.ts for records of success.
import type { Proof } from '../alerts/proof.ts';
import { findRegion } from '../aws/region.ts';
import type { RedactLevel } from '../findings/redact.ts';
import { redactLine } from '../findings/redact.ts';
import type { Facts } from '../rules/facts.ts';
import type { SuccessSet } from '../rules/success.ts';

const MAX_LINE = 200;

export interface ProofPlace {
  readonly host: string;
  readonly path: string;
  readonly redaction: RedactLevel;
}

/** Empty for nearly every record; ask `successes.concerns` first. */
export function proofsIn(
  facts: Facts,
  successes: SuccessSet,
  { host, path, redaction }: ProofPlace,
): readonly Proof[] {
  const found = successes.successesIn(facts);
  if (found.length === 0) return [];
  const { record, aws } = facts;
  const [line = ''] = record.text.split('\n', 1);
  const shown = redactLine(line, redaction);
  const what = `${redactLine(path, redaction)}:${record.position.line}: ${shown.length > MAX_LINE ? `${shown.slice(0, MAX_LINE - 1)}…` : shown}`;
  return found.map(({ rule, same }) => ({
    rule,
    same,
    host,
    plugin: record.header.plugin,
    region: aws?.region ?? findRegion(record.text),
    service: aws?.service ?? null,
    what,
  }));
}
