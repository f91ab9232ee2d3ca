// Archives that are no news, by the prints of their heads.
import type { Member } from './members.ts';
import { MOST_KNOWN, type Print, printOf } from './position.ts';

export class Known {
  /** Hashes by length, so that a head is hashed once for each length there is. */
  readonly #byLength = new Map<number, Set<string>>();
  /** In the order in which they were met last. */
  readonly #prints: Set<string>;

  constructor(prints: readonly string[]) {
    this.#prints = new Set(prints);
    for (const print of prints) {
      const [length = '', hash = ''] = print.split(':');
      this.#index(Number(length), hash);
    }
  }

  /** Whether it is one of them; it is then the last that would be forgotten. */
  has({ head }: Member): boolean {
    for (const [length, hashes] of this.#byLength) {
      if (length > head.length) continue;
      const { hash } = printOf(head.subarray(0, length));
      if (!hashes.has(hash)) continue;
      this.add({ length, hash });
      return true;
    }
    return false;
  }

  add({ length, hash }: Print): void {
    const print = `${length}:${hash}`;
    this.#prints.delete(print);
    this.#prints.add(print);
    this.#index(length, hash);
  }

  /** The last ones, oldest first. */
  get prints(): readonly string[] {
    return [...this.#prints].slice(-MOST_KNOWN);
  }

  #index(length: number, hash: string): void {
    const hashes = this.#byLength.get(length) ?? new Set();
    this.#byLength.set(length, hashes.add(hash));
  }
}
