// When a notice is tried again, and when it is given up.

/** Spans in milliseconds. */
export const RETRY = {
  first: 1000,
  longest: 5 * 60_000,
  tries: 10,
  age: 6 * 3_600_000,
  /** What a server may ask for at most. */
  retryAfter: 3_600_000,
} as const;

/** Anything up to a bound that doubles: those that failed together do not come back together. `random` is in [0, 1). */
export function backOff(tries: number, retryAfterMs: number | null, random: number): number {
  const bound = Math.min(RETRY.longest, RETRY.first * 2 ** Math.min(tries - 1, 30));
  const asked = Math.min(RETRY.retryAfter, Math.max(0, retryAfterMs ?? 0));
  return asked + Math.ceil(bound * random);
}

export function isGivenUp(
  { tries, queuedAt }: { readonly tries: number; readonly queuedAt: number },
  now: number,
): boolean {
  return tries >= RETRY.tries || (tries > 0 && now - queuedAt >= RETRY.age);
}

/** No wait is that long but where the clock was set back. */
export function isDue({ nextTry }: { readonly nextTry: number }, now: number): boolean {
  return nextTry <= now || nextTry - now > RETRY.retryAfter + RETRY.longest;
}
