// Messages of a log shipper, one a line -> the text of the records they carry. A message holds whole records, so it can be
// judged the moment it is there.
import { looksLikeJsonRecord } from './json-look.ts';
import { parseJsonRecord } from './json-record.ts';
import { decode } from './text.ts';

/** `raw`: the log as it is written. The others: a line is a message that holds a record with all its lines. */
export const STREAM_FORMATS = ['raw', 'rsyslog-escaped', 'json'] as const;
export type StreamFormat = (typeof STREAM_FORMATS)[number];
export type MessageFormat = Exclude<StreamFormat, 'raw'>;

export interface Message {
  readonly bytes: Buffer;
  /** The log that it comes from and where in it, as far as the shipper says so. */
  readonly path: string | null;
  readonly offset: number | null;
}

/** `line` is latin1, one character a byte; `null` where it holds no message. */
export function readMessage(line: string, format: MessageFormat): Message | null {
  return format === 'json' ? fromJson(line) : fromEscaped(line);
}

/** rsyslog's imfile with `escapeLF`: a line feed is a backslash and an n, and a backslash is itself. */
function fromEscaped(line: string): Message {
  // In a JSON formatter's record these are escapes of its own: it has no line feed, or it would not parse.
  const isObject = looksLikeJsonRecord(line) && parseJsonRecord(line) !== null;
  const text = isObject ? line : line.replaceAll('\\n', '\n');
  return { bytes: Buffer.from(text, 'latin1'), path: null, offset: null };
}

/** Names of the field that holds the text: of Vector, Logstash and Filebeat; of Fluent Bit; of rsyslog. */
const TEXT_FIELDS = ['message', 'log', 'msg'];
const PATH_FIELDS = ['path', 'file', 'filename'];

function fromJson(line: string): Message | null {
  const fields = parsed(line);
  if (fields === null) return null;
  const text = firstOf(fields, TEXT_FIELDS);
  if (text === null) return null;
  const offset = Number(fields['offset'] ?? Number.NaN);
  return {
    bytes: Buffer.from(text, 'utf8'),
    path: firstOf(fields, PATH_FIELDS),
    offset: Number.isSafeInteger(offset) && offset >= 0 ? offset : null,
  };
}

function parsed(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(decode(line));
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

function firstOf(fields: Readonly<Record<string, unknown>>, names: readonly string[]): string | null {
  const values = names.map((name) => fields[name]);
  return values.find((value): value is string => typeof value === 'string') ?? null;
}
