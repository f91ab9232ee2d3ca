// What proves that a fault is over: a record of success, of the same place as the fault.
import { normaliseService } from '../aws/service.ts';
import type { Incident } from './alert.ts';

export interface Proof {
  /** Id of the rule whose faults it ends. */
  readonly rule: string;
  readonly host: string;
  readonly plugin: string | null;
  readonly region: string | null;
  readonly service: string | null;
  /** Facts that must be known of both, and equal. */
  readonly same: readonly ('region' | 'service')[];
  /** The record, for people: where it stands and its first line, redacted. */
  readonly what: string;
}

/** Success in another region proves nothing, whatever the rule asks for. */
export function proves(proof: Proof, incident: Incident): boolean {
  if (incident.rule !== proof.rule || incident.host !== proof.host || incident.plugin !== proof.plugin) {
    return false;
  }
  const service = (name: string | null): string | null => (name === null ? null : normaliseService(name));
  return (
    agree(proof.region, incident.region, proof.same.includes('region')) &&
    agree(service(proof.service), service(incident.service), proof.same.includes('service'))
  );
}

function agree(one: string | null, other: string | null, isNeeded: boolean): boolean {
  return one === null || other === null ? !isNeeded : one === other;
}
