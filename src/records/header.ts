// Decides, line by line, whether a line opens a record, and reads what it says. Every pattern is anchored
// and free of nested repetition, so a hostile line costs time in proportion to its length.
import type { Header, Level, Timestamp } from './record.ts';
import { decode, stripColours } from './text.ts';

const DATE = '\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])';
const CLOCK = '(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d|2[0-3]:59:60';
const FRACTION = '[.,]\\d{1,9}';
const ZONE = 'Z| ?[+-]\\d{2}:?\\d{2}';
const LEVEL = 'FATAL|ERROR|SEVERE|WARNING|WARN|INFO|CONFIG|DEBUG|FINEST|FINER|FINE|TRACE';
const PLUGIN = '[A-Za-z0-9][A-Za-z0-9-]*(?:_[A-Za-z0-9-]+)*_PLUGIN(?:_[A-Za-z0-9-]+)*';

const STAMPED = new RegExp(`^(?:(${DATE})[ T])?(${CLOCK})(${FRACTION})?(${ZONE})? +(${LEVEL})(?= |$)`);
const UNSTAMPED = new RegExp(`^(${LEVEL}) +(?=\\[${PLUGIN}\\])`);
const ISO = new RegExp(`^(${DATE})[ T](${CLOCK})(${FRACTION})?(${ZONE})?(?:\\[[A-Za-z_/+-]{1,40}\\])?$`);
const PLUGIN_TAG = new RegExp(`^${PLUGIN}$`);
const BRACKETED = /^\[([^\]]*)\] ?/;
/** A thread's name may hold one nested pair of parentheses. */
const PARENTHESISED = /^\(((?:[^()]|\([^()]*\))*)\) ?/;
/** Longer prefixes than any pattern prints: what stands behind them is message. */
const LONGEST_PREFIX = 2048;

/** Reads the header of a pattern formatter's line; `null` if the line opens no record. */
export function parseHeader(line: string): Header | null {
  const text = stripColours(line.charCodeAt(0) === 0x1b ? line.slice(0, LONGEST_PREFIX) : line);
  const stamped = STAMPED.exec(text);
  if (stamped !== null) {
    const [prefix, date, time, fraction, zone, level] = stamped;
    return {
      level: level as Level,
      timestamp: timestampOf(date, time, fraction, zone),
      ...readTags(text, prefix.length),
    };
  }
  const unstamped = UNSTAMPED.exec(text);
  if (unstamped === null) return null;
  return { level: unstamped[1] as Level, timestamp: null, ...readTags(text, unstamped[0].length) };
}

type Tags = Pick<Header, 'plugin' | 'category' | 'thread'>;

/** `[category] (thread) [X_PLUGIN]`, each optional, in the order in which formatters are seen to print them. */
function readTags(text: string, start: number): Tags {
  let rest = text.slice(start, start + LONGEST_PREFIX).trimStart();
  let category: string | null = null;
  let thread: string | null = null;
  let plugin: string | null = null;
  for (;;) {
    const bracket = BRACKETED.exec(rest);
    if (bracket !== null) {
      const tag = bracket[1] ?? '';
      if (category !== null) {
        plugin ??= pluginOf(tag);
        break;
      }
      category = decode(tag);
      plugin = pluginOf(tag);
      rest = rest.slice(bracket[0].length);
      continue;
    }
    const parenthesis = thread === null ? PARENTHESISED.exec(rest) : null;
    if (parenthesis === null) break;
    thread = decode(parenthesis[1] ?? '');
    rest = rest.slice(parenthesis[0].length);
  }
  return { plugin, category, thread };
}

/** The tag itself if it names a plugin: a logger's name or the text between brackets. */
export function pluginOf(tag: string): string | null {
  return PLUGIN_TAG.test(tag) ? tag : null;
}

/** The plugin tag that leads a message, if one does. */
export function leadingPlugin(message: string): string | null {
  const bracket = BRACKETED.exec(message.slice(0, LONGEST_PREFIX));
  return bracket === null ? null : pluginOf(bracket[1] ?? '');
}

/** Reads a JSON formatter's ISO time; `null` for any other form. */
export function parseIsoTimestamp(text: string): Timestamp | null {
  const match = ISO.exec(text);
  return match === null ? null : timestampOf(match[1], match[2], match[3], match[4]);
}

function timestampOf(
  date: string | undefined,
  time: string | undefined,
  fraction: string | undefined,
  zone: string | undefined,
): Timestamp {
  return {
    date: date ?? null,
    time: fraction === undefined ? (time ?? '') : `${time}.${fraction.slice(1)}`,
    zone: zone === undefined ? null : normaliseZone(zone.trim()),
  };
}

function normaliseZone(zone: string): string {
  return zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
}
