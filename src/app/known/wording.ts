// What records say that differ in their pieces only, and what it comes to.
import type { KeyEvidence } from '../../aws/aws-error.ts';
import type { CompiledRule } from '../../rules/compile.ts';
import type { Template } from './template.ts';

export class Wording {
  /** By the key in use; `null`: such records have to be looked at one by one. */
  readonly templates = new Map<string, readonly Template[] | null>();
  /** How often it was asked for a template since all were forgotten. */
  asked = 0;
  /** `null` where nothing can be learnt. */
  readonly lesson: Lesson | null;

  constructor(lesson: Lesson | null) {
    this.lesson = lesson;
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
