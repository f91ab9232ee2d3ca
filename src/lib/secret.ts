// A value that must never be shown: whatever prints or stores it by accident gets a placeholder.

const SHOWN = '[secret]';

export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself, for the one place that uses it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }
}

/** Shorter ones would hide half of any text, and are no secrets. */
const LEAST = 4;

/** `text` without the secrets that a server or a library may have repeated in it. */
export function conceal(text: string, secrets: readonly Secret[]): string {
  return secrets
    .map((secret) => secret.reveal())
    .filter((value) => value.length >= LEAST)
    .flatMap((value) => [value, encodeURIComponent(value), Buffer.from(value).toString('base64')])
    .reduce((concealed, value) => concealed.replaceAll(value, SHOWN), text);
}
