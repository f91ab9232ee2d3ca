// Wall time <-> instants, in the machine's zone, a named one or a fixed offset. No dates are parsed here.
import { UsageError } from './errors.ts';

/** A zone: `undefined` is the machine's own. */
export interface Zone {
  readonly name: string | undefined;
  /** Minutes east of UTC at an instant. */
  offsetAt(instant: number): number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const FIXED = /^([+-])(\d{2}):?(\d{2})$/;

export const machineZone: Zone = {
  name: undefined,
  offsetAt: (instant) => -new Date(instant).getTimezoneOffset(),
};

/** Finds a zone by IANA name (`Europe/Berlin`), `UTC`, `Z` or offset (`+02:00`). Throws `UsageError`. */
export function findZone(name: string): Zone {
  const fixed = FIXED.exec(name);
  if (fixed !== null) {
    const [, sign, hours, minutes] = fixed;
    if (Number(hours) > 14 || Number(minutes) > 59) throw unknownZone(name);
    const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
    return { name, offsetAt: () => offset };
  }
  if (name === 'Z') return { name, offsetAt: () => 0 };
  try {
    return namedZone(name);
  } catch (cause) {
    throw unknownZone(name, cause);
  }
}

function unknownZone(name: string, cause?: unknown): UsageError {
  return new UsageError(`unknown time zone \`${name}\``, {
    hint: 'use an IANA name such as Europe/Berlin or UTC, or an offset such as +02:00',
    cause,
  });
}

function namedZone(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const wallAt = (instant: number): number => {
    const part = Object.fromEntries(
      format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
    );
    return Date.UTC(
      part['year'] ?? 0,
      (part['month'] ?? 1) - 1,
      part['day'] ?? 1,
      part['hour'] ?? 0,
      part['minute'] ?? 0,
      part['second'] ?? 0,
    );
  };
  return { name, offsetAt: (instant) => Math.round((wallAt(instant) - instant) / MINUTE) };
}

/**
 * The instants at which a wall clock in `zone` shows `wall` (its parts read as if they were UTC): one, two where
 * clocks were set back; where they were set forward, the instant as counted by the offset before.
 */
export function instantsOf(wall: number, zone: Zone): readonly [number, ...number[]] {
  const before = zone.offsetAt(wall - DAY);
  const after = zone.offsetAt(wall + DAY);
  const candidates = (before === after ? [before] : [before, after])
    .map((offset) => wall - offset * MINUTE)
    .filter((instant) => instant + zone.offsetAt(instant) * MINUTE === wall)
    .sort((a, b) => a - b);
  const [first, ...rest] = candidates;
  return first === undefined ? [wall - before * MINUTE] : [first, ...rest];
}

/** `+01:00` */
export function formatOffset(minutes: number): string {
  const absolute = Math.abs(minutes);
  const part = (value: number): string => String(Math.trunc(value)).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${part(absolute / 60)}:${part(absolute % 60)}`;
}

/** The calendar date (`yyyy-MM-dd`) that a wall clock in `zone` shows at an instant. */
export function dateIn(zone: Zone, instant: number): string {
  return new Date(instant + zone.offsetAt(instant) * MINUTE).toISOString().slice(0, 10);
}
