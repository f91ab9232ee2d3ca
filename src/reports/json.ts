// One JSON document: findings grouped by fingerprint, advice once.
import { type FaultGroup, FaultGroups } from '../findings/group.ts';
import type { ScanError, ScanSummary } from '../findings/scan-event.ts';
import type { Report } from './report.ts';
import { serialise } from './serialise.ts';

export function openJsonReport(): Report {
  const faults = new FaultGroups();
  const errors: ScanError[] = [];
  let summary: ScanSummary | null = null;
  return {
    take(event) {
      if (event.type === 'finding') faults.add(event);
      else if (event.type === 'error') errors.push(event);
      else summary = event;
      return '';
    },
    end() {
      const document = {
        schemaVersion: 1,
        type: 'report',
        findings: faults.groups().map(describeGroup),
        findingsOmitted: faults.omitted,
        errors,
        summary,
      };
      return `${serialise(document, 2)}\n`;
    },
  };
}

function describeGroup({ fingerprint, count, first, last, variants, examples }: FaultGroup): object {
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
