// Wall time <-> instants, in the machine's zone or another one. No dates are parsed here.
/** A zone: `undefined` is the machine's own. */
export interface Zone {
  readonly name: string | undefined;
  /** Minutes east of UTC at an instant. */
  offsetAt(instant: number): number;
}

export const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export const machineZone: Zone = {
  name: undefined,
  offsetAt: (instant) => -new Date(instant).getTimezoneOffset(),
};

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
