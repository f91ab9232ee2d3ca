// What is still to be read of one content, and what is to be remembered of it afterwards.

import { bytesFrom } from '../archive.ts';
import { bytesAt } from '../file.ts';
import { MARKER_BYTES } from '../identity.ts';
import type { Member } from './members.ts';
import { type Place, type Position, printOf } from './position.ts';

/** How far back the records that stand before are of interest to those that come. */
const LOOK_BACK = 64 * 1024;
const LF = 0x0a;

/** Where reading begins: earlier than the first record that counts, for what the ones before it prove. */
interface Start {
  readonly offset: number;
  readonly line: number;
}

export interface Reach {
  readonly place: Place;
  readonly grownAt: number;
  /** Whether it was read to its end. */
  readonly isComplete: boolean;
}

export class Part {
  readonly member: Member;
  /** What was remembered of it; `null` for news. */
  readonly before: Position | null;
  /** Whether a later log has been written to, so that this one's last record is over. */
  readonly isSuperseded: boolean;
  /** Uncompressed bytes, where that is known before it is read. */
  readonly size: number | null;
  readonly start: Start;
  #end: number;
  #tail: Buffer = Buffer.alloc(0);

  private constructor(
    member: Member,
    before: Position | null,
    isSuperseded: boolean,
    size: number | null,
    start: Start,
  ) {
    this.member = member;
    this.before = before;
    this.isSuperseded = isSuperseded;
    this.size = size;
    this.start = start;
    this.#end = start.offset;
  }

  static async open(
    member: Member,
    before: Position | null,
    isSuperseded: boolean,
    size: number | null,
  ): Promise<Part> {
    const start = before === null ? { offset: 0, line: 1 } : await startBefore(before.place, member);
    return new Part(member, before, isSuperseded, size, start);
  }

  /** What ends before is known. */
  get newFrom(): number {
    return this.before?.place.offset ?? 0;
  }

  /** How far it was read. */
  get end(): number {
    return this.#end;
  }

  /** Bytes that were not read before. */
  get fresh(): number {
    return Math.max(0, this.#end - (this.before?.end ?? 0));
  }

  /** Bytes that wait, as far as that is known. */
  get behind(): number {
    return Math.max(0, (this.size ?? 0) - Math.max(this.#end, this.before?.end ?? 0));
  }

  /** To the end, with a cut where news begins. A chunk is overwritten by the next one. Throws `SourceError`. */
  async *bytes(): AsyncGenerator<Buffer> {
    const known = this.before?.end ?? 0;
    for await (const chunk of this.again()) {
      const old = Math.min(chunk.length, Math.max(0, known - this.#end));
      for (const piece of [chunk.subarray(0, old), chunk.subarray(old)]) {
        if (piece.length === 0) continue;
        this.#advance(piece);
        yield piece;
      }
    }
  }

  /** The same bytes once more. */
  again(): AsyncIterable<Buffer> {
    return bytesFrom(this.member.archive, this.start.offset, this.member.source);
  }

  #advance(piece: Buffer): void {
    const joined = piece.length >= MARKER_BYTES ? piece : Buffer.concat([this.#tail, piece]);
    this.#tail = Buffer.from(joined.subarray(Math.max(0, joined.length - MARKER_BYTES)));
    this.#end += piece.length;
  }

  /** What is to be remembered; `null` if there is nothing of it. */
  position({ place, grownAt }: Pick<Reach, 'place' | 'grownAt'>): Position | null {
    const { before, member } = this;
    if (this.#tail.length === 0) return before;
    const { archive, head, time, isLive, place: path } = member;
    return {
      head: printOf(head.subarray(0, this.#end)),
      end: this.#end,
      marker: printOf(this.#tail),
      place,
      time,
      file: {
        path,
        identity: archive.identity,
        size: archive.file.size,
        modified: archive.modified.getTime(),
        packed: archive.packed,
      },
      grownAt,
      isLive,
      isLost: false,
    };
  }
}

/** The beginning of a line so far before the place, and its number. */
async function startBefore({ line, offset }: Place, { archive }: Member): Promise<Start> {
  // What is unpacked is read from its beginning anyway.
  if (archive.packed) return { offset: 0, line: 1 };
  const from = Math.max(0, offset - LOOK_BACK - 1);
  const bytes = await bytesAt(archive.file, from, offset - from);
  const first = from === 0 ? 0 : bytes.indexOf(LF) + 1;
  // A line that is longer: it is the one that the place stands in.
  if (bytes.length < offset - from || (from > 0 && first === 0)) return { offset, line };
  let lines = 0;
  for (let at = bytes.indexOf(LF, first); at >= 0; at = bytes.indexOf(LF, at + 1)) lines += 1;
  return { offset: from + first, line: line - lines };
}
