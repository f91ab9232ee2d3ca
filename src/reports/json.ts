// One JSON document: findings grouped by fingerprint, advice once.
import type { FaultGroup } from '../findings/group.ts';
import { serialise, summaryFor } from '../findings/serialise.ts';
import { Collected } from './collect.ts';
import type { Report } from './report.ts';

export function openJsonReport(): Report {
  const collected = new Collected();
  return {
    take(event) {
      collected.take(event);
      return '';
    },
    end() {
      const { faults, errors, summary } = collected;
      const document = {
        schemaVersion: 1,
        type: 'report',
        findings: faults.groups().map(describeGroup),
        findingsOmitted: faults.omitted,
        errors,
        summary: summary === null ? null : summaryFor(summary),
      };
      return `${serialise(document, 2)}\n`;
    },
  };
}

export function describeGroup({ fingerprint, count, first, last, variants, examples }: FaultGroup): object {
  const [example] = examples;
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
    examples,
  };
}
