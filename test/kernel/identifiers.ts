// Literals that have little in common.
import { randomFrom } from '../helpers/vna-log.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** So many, always the same. */
export function identifiers(count: number): readonly string[] {
  const random = randomFrom(7);
  return Array.from({ length: count }, () =>
    Array.from({ length: 6 + random.next(6) }, () => LETTERS[random.next(LETTERS.length)]).join(''),
  );
}
