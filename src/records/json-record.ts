// Reads the JSON formatter's objects. Keys can be renamed by configuration but not reordered, so a key that
// is not known by name is found by its place beside the level, the one value that cannot be mistaken.
import { leadingPlugin, parseIsoTimestamp, pluginOf } from './header.ts';
import { looksLikeJsonRecord } from './json-look.ts';
import { closeJson } from './json-repair.ts';
import { type Header, LEVELS, type Level, type Timestamp } from './record.ts';
import { decode, trimBlankEnd } from './text.ts';

/** A formatter's object: its header and its text in the pattern formatter's form. */
export interface JsonRecord {
  readonly header: Header;
  readonly text: string;
}

type JsonObject = { readonly [key: string]: unknown };

const LEVEL_NAMES: ReadonlySet<string> = new Set(LEVELS);
/** A chain this long is a joke or an attack; the innermost cause that decides is not in it. */
const MAX_CAUSES = 64;

/** Reads an object, whole or cut anywhere (latin1 text); `null` if it is not a formatter's. */
export function parseJsonRecord(latin1: string): JsonRecord | null {
  if (!looksLikeJsonRecord(latin1)) return null;
  const text = decode(latin1).trimEnd();
  const parsed = parseObject(text) ?? parseObject(closeJson(text));
  return parsed === null ? null : interpret(parsed);
}

function parseObject(text: string): JsonObject | null {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return null;
  }
}

function interpret(object: JsonObject): JsonRecord | null {
  const entries = Object.entries(object);
  const levelAt = entries.findIndex(([, value]) => typeof value === 'string' && LEVEL_NAMES.has(value));
  if (levelAt < 0) return null;
  const timestamp = findTimestamp(object, entries);
  const beside = (step: number): unknown => entries[levelAt + step]?.[1];
  const message = asText(object['message'] ?? object['msg'] ?? object['@message'] ?? beside(1));
  const logger = asText(object['loggerName'] ?? object['logger'] ?? object['logger_name'] ?? beside(-1));
  // An object with neither time nor logger is somebody's data that happens to hold a level's name.
  const namesLogger = 'loggerName' in object || 'logger' in object || 'logger_name' in object;
  if (timestamp === null && !namesLogger) return null;
  return {
    header: {
      level: entries[levelAt]?.[1] as Level,
      timestamp,
      plugin:
        (logger === null ? null : pluginOf(logger)) ?? (message === null ? null : leadingPlugin(message)),
      category: logger,
      thread: asText(object['threadName'] ?? object['thread'] ?? object['thread_name'] ?? beside(2)),
    },
    text: trimBlankEnd((message ?? '') + exceptionText(object, entries)),
  };
}

function findTimestamp(
  object: JsonObject,
  entries: readonly (readonly [string, unknown])[],
): Timestamp | null {
  const named = asText(object['timestamp'] ?? object['@timestamp'] ?? object['time'] ?? object['ts']);
  if (named !== null) return parseIsoTimestamp(named);
  for (const [, value] of entries) {
    const timestamp = typeof value === 'string' ? parseIsoTimestamp(value) : null;
    if (timestamp !== null) return timestamp;
  }
  return null;
}

/** What `%e` would print: `: class: message`, frames, causes. */
function exceptionText(object: JsonObject, entries: readonly (readonly [string, unknown])[]): string {
  const formatted = asText(object['stackTrace'] ?? object['stack_trace']);
  if (formatted !== null) return formatted.startsWith(':') ? formatted : `: ${formatted}`;
  const exception =
    asObject(object['exception']) ?? entries.map(([, value]) => asObject(value)).find(isException) ?? null;
  if (exception === null) {
    const plain = asText(object['exception']);
    return plain === null ? '' : `: ${plain}`;
  }
  const parts = [': ', ...throwableLines(exception)];
  let cause = causeOf(exception);
  for (let depth = 0; cause !== null && depth < MAX_CAUSES; depth += 1) {
    parts.push('\nCaused by: ', ...throwableLines(cause));
    cause = causeOf(cause);
  }
  return parts.join('');
}

function isException(value: JsonObject | null): value is JsonObject {
  return value !== null && (typeof value['exceptionType'] === 'string' || Array.isArray(value['frames']));
}

function throwableLines(exception: JsonObject): string[] {
  const texts = Object.values(exception).filter((value) => typeof value === 'string');
  const type = asText(exception['exceptionType']) ?? texts[0] ?? 'java.lang.Throwable';
  const message = asText(exception['message']) ?? texts.find((value) => value !== type) ?? null;
  const frames = Object.values(exception).find((value) => Array.isArray(value));
  const lines = [message === null ? type : `${type}: ${message}`];
  for (const frame of Array.isArray(frames) ? frames : []) {
    const { class: owner, method, line } = asObject(frame) ?? {};
    if (typeof owner !== 'string' || typeof method !== 'string') continue;
    const file = `${owner.split('.').at(-1)?.split('$')[0] ?? owner}.java`;
    lines.push(
      `\n\tat ${owner}.${method}(${typeof line === 'number' ? `${file}:${line}` : 'Unknown Source'})`,
    );
  }
  return lines;
}

/** `causedBy` wraps the cause in an object of its own: `{"exception": {…}}`. */
function causeOf(exception: JsonObject): JsonObject | null {
  const causedBy = asObject(exception['causedBy'] ?? exception['caused_by']);
  if (causedBy === null) return null;
  if (isException(causedBy)) return causedBy;
  return Object.values(causedBy).map(asObject).find(isException) ?? null;
}

function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
