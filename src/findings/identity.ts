// Names for faults and occurrences that stay the same over runs, commands, rotation and compression.
import { hash } from 'node:crypto';
import { normaliseService } from '../aws/service.ts';
import { ShortDigest } from '../kernel/digest.ts';

/** What makes two findings the same fault. */
export interface Fault {
  readonly rule: string;
  readonly host: string;
  readonly plugin: string | null;
  readonly region: string | null;
  readonly service: string | null;
}

/** 12 hex digits over the fault, whichever SDK generation named the service. */
export function fingerprintOf({ rule, host, plugin, region, service }: Fault): string {
  const name = service === null ? null : normaliseService(service);
  return digestOf([rule, host, plugin, region, name]).slice(0, 12);
}

/** 16 hex digits over where the record stands: header line and byte offset. */
export function occurrenceIdOf(host: string, headerLine: string, offset: number): string {
  return digestOf([host, headerLine, offset]).slice(0, 16);
}

/** The text of which that is made, up to a header line that stands in a JSON string as it is; behind it: `",OFFSET]`. */
export function occurrenceIdPrefix(host: string): Buffer {
  return Buffer.from(`[${JSON.stringify(host)},"`);
}

/** The same, from that text. */
export function occurrenceIdFrom(text: Buffer): string {
  return sha256(text).slice(0, 16);
}

function digestOf(values: readonly (string | number | null)[]): string {
  return sha256(JSON.stringify(values));
}

/** After so many digests Node's own are worth their loading. */
const FEW = 200;
let digests = 0;
let short: ShortDigest | null = null;

function sha256(text: string | Uint8Array): string {
  digests += 1;
  if (digests === 1) short = openShortDigest();
  if (digests > FEW) short = null;
  return short?.of(text) ?? hash('sha256', text, 'hex');
}

/** `null` where that cannot be: an upgrade may have taken its file from under a program that has run for months. */
function openShortDigest(): ShortDigest | null {
  try {
    return new ShortDigest();
  } catch {
    return null;
  }
}
