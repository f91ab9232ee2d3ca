// What records say that differ in their pieces only, and what it comes to.
import type { KeyEvidence } from '../../aws/aws-error.ts';
import type { CompiledRule } from '../../rules/compile.ts';
import { ID_LENGTH, type Pieces, STAMP_LENGTH } from './pieces.ts';
import type { Template } from './template.ts';

/** What is kept beside the text, in bytes or so. */
const OVERHEAD = 800;

export class Wording {
  readonly hash: number;
  /** Another one of the same hash. */
  readonly next: Wording | undefined;
  /** By the key in use; `null`: such records have to be looked at one by one. */
  readonly templates = new Map<string, readonly Template[] | null>();
  /** How often it was asked for a template since all were forgotten. */
  asked = 0;
  /** `null` as long as nothing was learnt, or where nothing can be. */
  lesson: Lesson | null = null;
  /** All stretches, one behind the other. */
  readonly #text: Buffer;
  readonly #lengths: readonly number[];
  readonly #hasThread: boolean;
  readonly #hasTrace: boolean;

  constructor(pieces: Pieces, hash: number, next: Wording | undefined) {
    this.hash = hash;
    this.next = next;
    this.#hasThread = pieces.threadFrom < pieces.threadTo;
    this.#hasTrace = pieces.trace !== null;
    const stretches: Buffer[] = [];
    for (let at = 0; at <= pieces.ids.length + 1; at += 1)
      stretches.push(pieces.bytes.subarray(startOf(pieces, at), endOf(pieces, at)));
    this.#text = Buffer.concat(stretches);
    this.#lengths = stretches.map(({ length }) => length);
  }

  get weight(): number {
    return this.#text.length + OVERHEAD;
  }

  isOf(pieces: Pieces): boolean {
    if (
      pieces.ids.length + 2 !== this.#lengths.length ||
      pieces.threadFrom < pieces.threadTo !== this.#hasThread ||
      (pieces.trace !== null) !== this.#hasTrace
    )
      return false;
    let read = 0;
    for (let at = 0; at < this.#lengths.length; at += 1) {
      const from = startOf(pieces, at);
      const to = endOf(pieces, at);
      const end = read + to - from;
      if (to - from !== this.#lengths[at] || pieces.bytes.compare(this.#text, read, end, from, to) !== 0)
        return false;
      read = end;
    }
    return true;
  }
}

/** What is the same for all records of a wording, whichever key is in use. */
export interface Lesson {
  /** Rules that may look at the pieces: where one might match, the record has to be looked at. */
  readonly others: readonly CompiledRule[];
  readonly asked: readonly CompiledRule[];
  /** What the record proves itself. */
  readonly proof: KeyEvidence | null;
  /** From the first line to the last one that is not blank, and all lines; those of the trace beside. */
  readonly lastLine: number;
  readonly lines: number;
  /** The thread, where it is no piece. */
  readonly thread: string | null;
  /** Whether the first line stands in a JSON string as it is. */
  readonly isPlain: boolean;
}

function startOf(pieces: Pieces, stretch: number): number {
  if (stretch === 0) return pieces.at + STAMP_LENGTH;
  return stretch === 1 ? pieces.threadTo : (pieces.ids[stretch - 2] ?? 0) + ID_LENGTH;
}

function endOf(pieces: Pieces, stretch: number): number {
  return stretch === 0 ? pieces.threadFrom : (pieces.ids[stretch - 1] ?? pieces.traceFrom);
}
