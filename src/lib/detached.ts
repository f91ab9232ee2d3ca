// Copies of plain data that share no text with the input: a slice of a string keeps all of what it was cut from alive.

/** As `pack` does it for what is little. */
export function keep<T>(data: T): () => T {
  const copy: T = JSON.parse(JSON.stringify(data));
  return () => copy;
}

/** Makes copies in which a text that many of them hold is there once. Keeps what it handed out. */
export function sharing(): <T>(data: T) => T {
  const texts = new Map<unknown, unknown>();
  const shared = (_: string, value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    if (!texts.has(value)) texts.set(value, value);
    return texts.get(value);
  };
  return (data) => JSON.parse(JSON.stringify(data), shared);
}
