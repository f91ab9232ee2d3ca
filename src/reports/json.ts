// One JSON document: findings grouped by fingerprint, advice once.
import type { FaultGroup } from '../findings/group.ts';
import { serialise, summaryFor } from '../findings/serialise.ts';
import { Collected } from './collect.ts';
import type { Report } from './report.ts';

const INDENT = 2;
const NO_FINDINGS = '"findings": []';

export function openJsonReport(): Report {
  const collected = new Collected();
  return {
    take(event) {
      collected.take(event);
      return '';
    },
    end: () => describeAll(collected),
  };
}

/** The document, one of its findings at a time. */
function* describeAll({ faults, errors, summary }: Collected): Generator<string> {
  const frame = serialise(
    {
      schemaVersion: 1,
      type: 'report',
      findings: [],
      findingsOmitted: faults.omitted,
      errors,
      summary: summary === null ? null : summaryFor(summary),
    },
    INDENT,
  );
  // What a log says stands behind it only.
  const at = frame.indexOf(NO_FINDINGS) + NO_FINDINGS.length - 1;
  yield frame.slice(0, at);
  let isFirst = true;
  for (const group of faults.groups()) {
    yield `${isFirst ? '' : ','}\n${indented(serialise(describeGroup(group), INDENT))}`;
    isFirst = false;
  }
  yield `${isFirst ? '' : `\n${' '.repeat(INDENT)}`}${frame.slice(at)}\n`;
}

/** As it stands in a list of the document. */
function indented(json: string): string {
  const margin = ' '.repeat(2 * INDENT);
  return margin + json.replaceAll('\n', `\n${margin}`);
}

export function describeGroup({ fingerprint, count, first, last, variants, examples }: FaultGroup): object {
  const read = examples.map((example) => example.read());
  const [example] = read;
  const [surest, ...others] = variants;
  return {
    fingerprint,
    code: example?.code,
    rule: example?.rule,
    severity: example?.severity,
    title: example?.title,
    host: example?.host,
    plugin: example?.record.plugin,
    service: example?.aws?.service ?? null,
    region: example?.aws?.region ?? null,
    count,
    first,
    last,
    variant: surest?.variant ?? null,
    confidence: surest?.confidence,
    ...(surest?.advice ? { advice: surest.advice } : {}),
    // Another way of failing needs another fix.
    otherVariants: others.map(({ advice, ...variant }) =>
      advice === null ? variant : { ...variant, advice },
    ),
    examples: read,
  };
}
