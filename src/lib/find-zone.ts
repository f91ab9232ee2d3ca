// Zones by name: one of the IANA's, or a fixed offset. Most logs print none, and most people name none.
import { UsageError } from './errors.ts';
import { MINUTE, type Zone } from './zone.ts';

const FIXED = /^([+-])(\d{2}):?(\d{2})$/;

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
