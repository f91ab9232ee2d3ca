// Says why a followed log has fallen silent, once a silence, where that can be told.

import type { TailStatus } from '../app/followed-log.ts';
import { whySilent } from '../app/silence.ts';
import { redactLine } from '../findings/redact.ts';

/** A quiet log is no news; one that stays quiet may be. */
const SILENT_MS = 60_000;

interface Heard {
  readonly bytes: number;
  readonly at: number;
  asked: boolean;
}

export class SilenceWatch {
  readonly #heard = new Map<string, Heard>();
  readonly #say: (message: string) => void;
  readonly #why: (path: string) => Promise<string | null>;

  constructor(say: (message: string) => void, why = whySilent) {
    this.#say = say;
    this.#why = why;
  }

  /** `now` in milliseconds. */
  async take({ path, bytes }: TailStatus, now: number): Promise<void> {
    const heard = this.#heard.get(path);
    if (heard === undefined || heard.bytes !== bytes) {
      this.#heard.set(path, { bytes, at: now, asked: false });
      return;
    }
    if (heard.asked || now - heard.at < SILENT_MS) return;
    heard.asked = true;
    const reason = await this.#why(path);
    if (reason !== null)
      this.#say(`oclog: ${redactLine(path, 'standard')}: silent: ${redactLine(reason, 'standard')}`);
  }
}
