// A state file's text: JSON with a schema version and a checksum. What does not verify is never taken for a state.
import { createHash } from 'node:crypto';

const SCHEMA = 1;

export type Decoded =
  | { readonly body: unknown }
  /** What is wrong with it, for a sentence that begins with its path. */
  | { readonly problem: string; readonly isNewer: boolean };

export function encode(body: unknown): string {
  const text = JSON.stringify(body);
  return `{"schema":${SCHEMA},"checksum":"${checksumOf(text)}","body":${text}}\n`;
}

export function decode(text: string): Decoded {
  const document = parse(text);
  if (document === null) return { problem: 'is no state of oclog, or was cut', isNewer: false };
  const { schema, checksum, body } = document;
  if (typeof schema === 'number' && schema > SCHEMA)
    return { problem: `was written by a newer oclog (schema ${schema})`, isNewer: true };
  if (schema !== SCHEMA) return { problem: 'is of no known schema', isNewer: false };
  if (checksum !== checksumOf(JSON.stringify(body)))
    return { problem: 'does not match its checksum', isNewer: false };
  return { body };
}

function parse(text: string): { readonly [name: string]: unknown } | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

/** Over the text that JSON makes of the body: it is the same for what was read as for what was written. */
function checksumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
