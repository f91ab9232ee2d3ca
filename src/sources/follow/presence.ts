// Whether a log can be read, said once when it changes.
import { systemCode } from '../../lib/errors.ts';
import { type FollowEvent, followEvent } from '../../lib/follow-event.ts';

/** A log may be absent for a moment while it is rotated. */
const ABSENT_MS = 1500;

export class Presence {
  readonly #path: string;
  readonly #now: () => number;
  #absentSince: number | null = null;
  #announced: 'missing' | 'unreadable' | null = null;

  constructor(path: string, now: () => number) {
    this.#path = path;
    this.#now = now;
  }

  /** `offset`: where reading goes on. */
  *present(offset: number): Generator<FollowEvent> {
    if (this.#announced !== null) yield followEvent(this.#path, 'reappeared', offset, 'can be read again');
    this.#absentSince = null;
    this.#announced = null;
  }

  /** `offset`: how far it had been read; `null` if it was never there. */
  *absent(error: unknown, offset: number | null): Generator<FollowEvent> {
    const code = systemCode(error);
    const isMissing = code === undefined || code === 'ENOENT' || code === 'ENOTDIR';
    const trouble = isMissing ? 'missing' : 'unreadable';
    this.#absentSince ??= this.#now();
    const mayBeRotating = isMissing && offset !== null && this.#now() - this.#absentSince < ABSENT_MS;
    if (this.#announced === trouble || mayBeRotating) return;
    this.#announced = trouble;
    yield followEvent(this.#path, trouble, offset ?? 0, wordsFor(isMissing ? 'ENOENT' : (code ?? '')));
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
