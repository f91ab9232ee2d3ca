// What a record proves about the access key in use, and what the same thread proved shortly before.
import type { LogRecord } from '../records/record.ts';
import type { KeyEvidence } from './aws-error.ts';

/** How far back in the input evidence counts, in bytes from header to header. */
const LOOK_BACK = 64 * 1024;

const HINT = /A[KS]IA|:(?:assumed-role|federated-user)\//;

/** One of these stands wherever the hint does. */
export const KEY_LITERALS = ['AKIA', 'ASIA', ':assumed-role/', ':federated-user/'] as const;

/** What a record holds that proves anything, and how far back it counts: what is not looked at needs not be observed. */
export const KEY_LOOK_BACK = { hint: HINT, reach: LOOK_BACK } as const;
const TEMPORARY_ARN =
  /arn:aws[a-z-]{0,16}:sts:[a-z0-9-]{0,32}:[^:\s]{0,32}:(?:assumed-role|federated-user)\//;
const KEY_ID = /(?<![A-Za-z0-9])(A[KS]IA)[A-Z0-9]{12,124}(?![A-Za-z0-9])/g;

/** Reads a text for proof; an `ASIA` id or a session's ARN outweighs an `AKIA` id. */
function findKeyEvidence(text: string): KeyEvidence | null {
  if (!HINT.test(text)) return null;
  let permanent: string | null = null;
  // An id behind a percent-encoded or escaped character looks glued to it.
  for (const [id, prefix] of text.replace(/%[0-9A-Fa-f]{2}|\\[nrt]/g, ' ').matchAll(KEY_ID)) {
    if (prefix === 'ASIA') return { kind: 'temporary', keyId: id };
    permanent = id;
  }
  if (TEMPORARY_ARN.test(text)) return { kind: 'temporary', keyId: null };
  return permanent === null ? null : { kind: 'permanent', keyId: permanent };
}

/** The proof in the record itself. A JSON formatter's record may name the key beside message and exception, in its context. */
export function proofIn(record: LogRecord): KeyEvidence | null {
  return HINT.test(record.raw) ? (findKeyEvidence(record.text) ?? findKeyEvidence(record.raw)) : null;
}

/** Remembers, for one input, what each thread proved within `LOOK_BACK`. */
export class KeyTrail {
  readonly #byThread = new Map<string, { readonly offset: number; readonly evidence: KeyEvidence }>();
  #forgotten = 0;

  /**
   * The proof in the record itself, else the thread's latest; call it in order, at least for every record that holds the
   * hint, and more than once if need be. `offset` is where the record stands among those that were shown before.
   */
  observe(record: LogRecord, offset = record.position.offset): KeyEvidence | null {
    return this.take(proofIn(record), record.header.thread, offset);
  }

  /** As `observe`, for a record of which it is known what it proves. */
  take(own: KeyEvidence | null, thread: string | null, offset: number): KeyEvidence | null {
    if (thread === null) return own;
    if (own === null) {
      const earlier = this.#byThread.get(thread);
      return earlier !== undefined && offset - earlier.offset <= LOOK_BACK ? earlier.evidence : null;
    }
    if (offset - this.#forgotten > LOOK_BACK) this.#forget(offset);
    this.#byThread.set(detached(thread), {
      offset,
      evidence: { ...own, keyId: own.keyId && detached(own.keyId) },
    });
    return own;
  }

  /** Keeps the memory to the threads of the last two windows. */
  #forget(now: number): void {
    for (const [thread, { offset }] of this.#byThread) {
      if (now - offset > LOOK_BACK) this.#byThread.delete(thread);
    }
    this.#forgotten = now;
  }
}

/** A copy: a slice of the input's text would keep the whole chunk alive. */
function detached(text: string): string {
  return Buffer.from(text).toString();
}
