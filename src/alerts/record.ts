// A fault as programs read it: what is of use outside, under names that stay. Times of oclog's clock are ISO 8601 in UTC.
import type { Advice } from '../findings/finding.ts';
import type { Change, Incident } from './alert.ts';

/** `type: alert`: a fault whose state changed. `advice` is left out where none is known. */
export function alertRecord({ id, before, incident }: Change, advice: Advice | undefined): object {
  return { schemaVersion: 1, type: 'alert', id, before, ...incidentRecord(incident, advice) };
}

export function incidentRecord(incident: Incident, advice: Advice | undefined): object {
  const { acknowledged, example } = incident;
  return {
    state: incident.state,
    host: incident.host,
    code: incident.code,
    rule: incident.rule,
    severity: incident.severity,
    title: incident.title,
    variant: incident.variant,
    confidence: incident.confidence,
    fingerprint: incident.fingerprint,
    plugin: incident.plugin,
    account: incident.account,
    region: incident.region,
    service: incident.service,
    errorCode: incident.errorCode,
    accessKey: incident.accessKey,
    sequence: incident.sequence,
    openedBy: incident.openedBy,
    since: timeOf(incident.since),
    changedAt: timeOf(incident.changedAt),
    lastSeen: timeOf(incident.lastSeen),
    firstTime: incident.firstTime,
    lastTime: incident.lastTime,
    count: incident.count,
    fresh: incident.fresh,
    example,
    notices: incident.notices,
    notifiedAt: incident.notifiedAt === null ? null : timeOf(incident.notifiedAt),
    acknowledged: acknowledged === null ? null : { ...acknowledged, at: timeOf(acknowledged.at) },
    resolvedBy: incident.resolvedBy,
    ...(advice === undefined ? {} : { advice }),
  };
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
