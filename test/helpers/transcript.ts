// What a running program has printed so far, and a way to wait for more of it that needs no clock.

export class Transcript {
  text = '';
  #isOver = false;
  #waiting: (() => void)[] = [];

  add(piece: string): void {
    this.text += piece;
    this.#wakeAll();
  }

  /** Nothing more comes. */
  end(): void {
    this.#isOver = true;
    this.#wakeAll();
  }

  /** Once the text matches; throws, with the text, if it ends before. */
  async shows(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.text)) {
      if (this.#isOver) throw new Error(`never shown: ${pattern}\n${this.text}`);
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }

  #wakeAll(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
