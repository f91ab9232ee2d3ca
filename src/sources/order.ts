// A family in the order of time: by the first time in each log, by name where that says nothing.

import { type ArchiveName, compareArchiveNames } from './family.ts';

interface Aged {
  readonly name: ArchiveName;
  /** The first time in the log, `null` if it tells none. */
  readonly time: number | null;
}

/**
 * A log without a time takes that of the one before it by name, or else of the one behind it, and so
 * sits beside its neighbour; a live log without one is the last. Numbers and then places by name are
 * compared, so the order is total.
 */
export function orderFamily<T extends Aged>(family: readonly T[]): T[] {
  const byName = family.toSorted((a, b) => compareArchiveNames(a.name, b.name));
  let neighbour = byName.find((log) => log.time !== null)?.time ?? 0;
  const placed = byName.map((log, place) => {
    const time = log.time ?? (log.name.live ? Number.MAX_VALUE : neighbour);
    neighbour = log.time ?? neighbour;
    return { log, time, place };
  });
  return placed.sort((a, b) => a.time - b.time || a.place - b.place).map(({ log }) => log);
}

/** Of a family in order: from the log that was in use at some time on. */
export function since<T extends Pick<Aged, 'time'>>(
  family: readonly T[],
  isTooOld: (time: number | null) => boolean,
): readonly T[] {
  const first = family.findLastIndex(({ time }) => isTooOld(time));
  return family.slice(Math.max(0, first));
}
