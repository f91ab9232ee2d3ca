// What a follower hands on: bytes in generations, and what became of the log on the way.
import type { FollowEvent } from '../../lib/follow-event.ts';

/** One content of the log, from its creation to its rotation or truncation. Bytes of several may come in turn. */
export interface GenerationStart {
  readonly type: 'start';
  readonly generation: number;
  /** Where it is read: the log itself, or the archive that it had become. */
  readonly path: string;
  /** Where reading begins, at the beginning of a line, and that line's number. */
  readonly offset: number;
  readonly line: number;
  /** What ends before is no news: it was there when following began. */
  readonly newFrom: number;
  /** It was found when what followed it was being read already. */
  readonly isLate?: boolean;
  /** The last change of an archive; `null` for the log itself, whose records are of now. */
  readonly modified: Date | null;
}

interface GenerationBytes {
  readonly type: 'bytes';
  readonly generation: number;
  readonly chunk: Buffer;
}

/** Nothing more comes of it. */
interface GenerationEnd {
  readonly type: 'end';
  readonly generation: number;
  /** Something was left: its last record may be no more than a part of one. */
  readonly isLeft?: boolean;
}

/** Everything that was there to be read has been handed on: a good moment to deliver. */
interface CaughtUp {
  readonly type: 'caught-up';
  /** When that look began: what was written since may not have been seen. */
  readonly at: number;
  /** Bytes that are known to wait. */
  readonly behind: number;
}

export type FollowItem = GenerationStart | GenerationBytes | GenerationEnd | FollowEvent | CaughtUp;
