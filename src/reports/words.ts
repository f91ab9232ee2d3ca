// Counts, times and spans as people read them.

export function countOf(count: number, noun: string): string {
  return `${showCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

export function showCount(count: number): string {
  // The engine's own way loads the languages of the world for it.
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

export function showTimes(count: number): string {
  return count === 1 ? 'once' : `${showCount(count)} times`;
}

/** `2024-03-01 10:15:30+01:00`: as logs print it, to the second, so that it can be searched for. */
export function showTime(time: string): string {
  return time.replace('T', ' ').replace(/\.\d+/, '');
}

const UNITS = [
  [86_400, 'd', 3600, 'h'],
  [3600, 'h', 60, 'min'],
  [60, 'min', 1, 's'],
] as const;

/** `3 h 5 min`: the two largest units; empty for less than a second. */
export function showSpan(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  for (const [size, name, part, partName] of UNITS) {
    if (seconds < size) continue;
    const rest = Math.floor((seconds % size) / part);
    return `${Math.floor(seconds / size)} ${name}${rest === 0 ? '' : ` ${rest} ${partName}`}`;
  }
  return seconds === 0 ? '' : `${seconds} s`;
}

/** Where a step is done, as people say it. */
export const PLACES: ReadonlyMap<string, string> = new Map([
  ['aws-console', 'AWS console'],
  ['vna-server', 'VNA server'],
  ['vna-ui', 'VNA Admin UI'],
  ['workstation', 'Your workstation'],
  ['network', 'Network'],
]);
