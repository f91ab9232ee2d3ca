// Names for faults and occurrences that stay the same over runs, commands, rotation and compression.
import { hash } from 'node:crypto';
import { normaliseService } from '../aws/service.ts';

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

/** The same for header lines that stand in a JSON string as they are, taken from raw bytes. */
export class OccurrenceIds {
  readonly #text: Buffer;
  readonly #start: number;

  constructor(host: string) {
    const beginning = Buffer.from(`[${JSON.stringify(host)},"`);
    this.#start = beginning.length;
    this.#text = Buffer.concat([beginning], beginning.length + LONGEST_LINE);
  }

  /** `null` for a line that is too long. */
  of(bytes: Buffer, from: number, to: number, offset: number): string | null {
    const text = this.#text;
    if (to - from > LONGEST_LINE / 2) return null;
    const end = this.#start + bytes.copy(text, this.#start, from, to);
    const length = end + text.write(`",${offset}]`, end, 'latin1');
    return hash('sha256', text.subarray(0, length), 'hex').slice(0, 16);
  }
}

const LONGEST_LINE = 32 * 1024;

function digestOf(values: readonly (string | number | null)[]): string {
  return hash('sha256', JSON.stringify(values), 'hex');
}
