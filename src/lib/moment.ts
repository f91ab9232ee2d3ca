// Points in time as people type them: an ISO time, or a span back from now.
import { UsageError } from './errors.ts';
import { findZone } from './find-zone.ts';
import { instantsOf, type Zone } from './zone.ts';

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
  ['w', 7 * 86_400_000],
]);
const SPAN = /^(?:\d{1,9}(?:ms|[smhdw]))+$/;
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Milliseconds of a span such as `2h`, `3d` or `1h30m`; `null` if it is none. */
export function parseSpan(text: string): number | null {
  if (!SPAN.test(text)) return null;
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)(ms|[smhdw])/g)) {
    total += Number(count) * (UNITS.get(unit ?? '') ?? 0);
  }
  return total;
}

/** Which of two instants is meant where clocks were set back and a wall time came twice. */
export type FoldChoice = 'earliest' | 'latest';

/**
 * The instant that `text` names. A time without offset is wall time in `zone`, a span counts back from `now`.
 * Throws `UsageError` that names `option`.
 */
export function parseMoment(option: string, text: string, zone: Zone, now: number, fold: FoldChoice): number {
  const span = parseSpan(text);
  if (span !== null) return now - span;
  const match = ISO.exec(text);
  const instants = match === null ? null : instantsOfIso(match, zone);
  const instant = fold === 'earliest' ? instants?.[0] : instants?.at(-1);
  if (instant === undefined) {
    throw new UsageError(`${option}: cannot read \`${text}\` as a time`, {
      hint: 'give an ISO time such as 2024-03-01T10:15, or a span back from now such as 90m, 2h or 3d',
    });
  }
  return instant;
}

function instantsOfIso(match: RegExpExecArray, zone: Zone): readonly number[] | null {
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', offset] = match;
  const wall = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Math.trunc(Number(`0.${fraction}`) * 1000),
  );
  // Date.UTC carries the 30th of February over into March; a typing error should not.
  const typed = `${year}-${month}-${day}T${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (new Date(wall).toISOString().slice(0, 16) !== typed) return null;
  return instantsOf(wall, offset === undefined ? zone : findZone(offset));
}
