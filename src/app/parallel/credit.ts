// How much a producer may have on the way before it waits.

/** A batch or some, so that the other side need not answer at once. */
const MOST_ON_THE_WAY = 2 * 1024 * 1024;

export class Credit {
  #onTheWay = 0;
  #waiting: (() => void)[] = [];

  /** Resolves at once unless this is too much, else when enough was given back. */
  async take(weight: number): Promise<void> {
    this.#onTheWay += weight;
    if (this.#onTheWay > MOST_ON_THE_WAY) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  giveBack(weight: number): void {
    this.#onTheWay -= weight;
    if (this.#onTheWay > MOST_ON_THE_WAY) return;
    for (const goOn of this.#waiting.splice(0)) goOn();
  }

  /** Nobody gives anything back any more. */
  waive(): void {
    this.giveBack(Number.POSITIVE_INFINITY);
  }
}
