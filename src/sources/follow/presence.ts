// Whether a log can be read, said once when it changes.
import { systemCode } from '../../lib/errors.ts';
import { type FollowEvent, followEvent } from '../../lib/follow-event.ts';

/** A log may be absent for a moment while it is rotated. */
const ABSENT_MS = 1500;

type Trouble = 'missing' | 'unreadable';

export class Presence {
  readonly #path: string;
  readonly #now: () => number;
  #trouble: { readonly kind: Trouble; readonly since: number } | null = null;
  #announced: Trouble | null = null;
  #wasThere = false;

  constructor(path: string, now: () => number) {
    this.#path = path;
    this.#now = now;
  }

  /** `offset`: where reading goes on. */
  *present(offset: number): Generator<FollowEvent> {
    const words = this.#wasThere ? 'can be read again' : 'is there now';
    if (this.#announced !== null) yield followEvent(this.#path, 'reappeared', offset, words);
    this.#wasThere = true;
    this.#trouble = null;
    this.#announced = null;
  }

  /** `offset`: how far it had been read; `null` if it was never there. */
  *absent(error: unknown, offset: number | null): Generator<FollowEvent> {
    const code = systemCode(error);
    const isMissing = code === undefined || code === 'ENOENT' || code === 'ENOTDIR';
    const kind = isMissing ? 'missing' : 'unreadable';
    if (this.#trouble?.kind !== kind) this.#trouble = { kind, since: this.#now() };
    const mayBeRotating = isMissing && offset !== null && this.#now() - this.#trouble.since < ABSENT_MS;
    if (this.#announced === kind || mayBeRotating) return;
    this.#announced = kind;
    yield followEvent(this.#path, kind, offset ?? 0, wordsFor(isMissing ? 'ENOENT' : (code ?? '')));
  }
}

function wordsFor(code: string): string {
  switch (code) {
    case 'ENOENT':
      return 'does not exist; waits for it to appear';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied; waits until it may be read';
    case 'EISDIR':
      return 'is no regular file; waits for a log in its place';
    default:
      return `cannot be read (${code}); tries again`;
  }
}
