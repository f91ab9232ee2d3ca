// Copies of plain data that share no text with the input: a slice of a string keeps all of what it was cut from alive.

export function detached<T>(data: T): T {
  return JSON.parse(JSON.stringify(data)) as T;
}

/** Copies in which a text that many of them hold is there once. Keeps what it handed out. */
export class SharedTexts {
  readonly #texts = new Map<string, string>();

  detached<T>(data: T): T {
    return JSON.parse(JSON.stringify(data), (_, value) =>
      typeof value === 'string' ? this.#shared(value) : value,
    ) as T;
  }

  #shared(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }
}
