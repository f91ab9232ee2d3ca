// JSON that is safe to show on a terminal.
import type { ScanSummary } from './scan-event.ts';

/** Valid inside JSON strings but able to steer a terminal, hide text or break lines. */
const UNSAFE = /[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** A summary as programs read it: what is out of the ordinary is there only if it happened. */
export function summaryFor({ notes, interrupted, recognised, ...summary }: ScanSummary): object {
  return {
    ...summary,
    ...(recognised ? {} : { recognised }),
    ...(interrupted ? { interrupted } : {}),
    ...(notes.length === 0 ? {} : { notes }),
  };
}

/** Like `JSON.stringify`, with every character that could steer a terminal written as an escape. */
export function serialise(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
