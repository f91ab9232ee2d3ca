// What the kernel tells of the record that was looked at last, and of what was filled for it last. See assembly/known/.
import { FACTS_AT, MOST_ALIKE } from './recogniser-layout.ts';

export class RecogniserFacts {
  readonly #words: Uint32Array;
  readonly #facts: Uint32Array;

  /** `words`: the recogniser's memory. */
  constructor(words: Uint32Array) {
    this.#words = words;
    this.#facts = words.subarray(FACTS_AT / 4, FACTS_AT / 4 + 32);
  }

  /** Of the record at hand; all of these are places in the memory, or what `keep` and `keepWording` took. */
  get lineEnd(): number {
    return this.#facts[0] ?? 0;
  }

  get threadFrom(): number {
    return this.#facts[1] ?? 0;
  }

  get threadTo(): number {
    return this.#facts[2] ?? 0;
  }

  get traceFrom(): number {
    return this.#facts[3] ?? 0;
  }

  get ids(): readonly number[] {
    return Array.from(this.#facts.subarray(5, 5 + (this.#facts[4] ?? 0)));
  }

  get wordingNumber(): number {
    return this.#numberOf(this.#facts[9] ?? 0);
  }

  /** Of what is unknown. */
  get hash(): number {
    return this.#facts[10] ?? 0;
  }

  /** Whether so many of that hash are known that no more is kept. */
  get isCrowded(): boolean {
    return (this.#facts[11] ?? 0) >= MOST_ALIKE;
  }

  /** `null` where it has none. */
  get traceNumber(): number | null {
    const entry = this.#facts[13] ?? 0;
    return entry === 0 ? null : this.#numberOf(entry);
  }

  get threadNumber(): number | null {
    const entry = this.#facts[14] ?? 0;
    return entry === 0 ? null : this.#numberOf(entry);
  }

  /** What makes an entry of its wording besides its bytes. */
  get shape(): number {
    return this.#facts[12] ?? 0;
  }

  get idTextLength(): number {
    return this.#facts[15] ?? 0;
  }

  /** Where line numbers stand in what was filled last. */
  get numbersFrom(): number {
    return this.#facts[16] ?? 0;
  }

  get numbersTo(): number {
    return this.#facts[17] ?? 0;
  }

  #numberOf(entry: number): number {
    return this.#words[(entry >> 2) + 2] ?? 0;
  }
}
