// The first time that a log's head tells, for ordering logs: a header with date and time, or a JSON
// formatter's timestamp. Without an offset the wall time counts as if it were UTC.

const HEADER =
  /^(?:\x1b\[[0-9;]*m)*(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?(Z| ?[+-]\d\d:?\d\d)? +(?:\x1b\[[0-9;]*m)*(?:FATAL|ERROR|SEVERE|WARN|INFO|CONFIG|DEBUG|FINE|TRACE)/;
const JSON_FIELD =
  /^[ \t]*(?:\{.*)?"timestamp"[ \t]*:[ \t]*"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?(Z| ?[+-]\d\d:?\d\d)?"/;
const BYTE_ORDER_MARK = '\u00ef\u00bb\u00bf';

/** Milliseconds, or `null` if the head holds no date with a time. */
export function firstTime(head: Buffer): number | null {
  const text = head.toString('latin1');
  const lines = (text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text).split('\n');
  for (const line of lines) {
    const match = HEADER.exec(line) ?? JSON_FIELD.exec(line);
    const time = match === null ? null : instantOf(match);
    if (time !== null) return time;
  }
  return null;
}

function instantOf([, date, time, fraction = '', zone = 'Z']: RegExpExecArray): number | null {
  const millis = `${fraction}000`.slice(0, 3);
  const offset = zone.trim().replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
  const instant = Date.parse(`${date}T${time}.${millis}${offset}`);
  return Number.isNaN(instant) ? null : instant;
}
