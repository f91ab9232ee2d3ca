// Whether a file holds a content that was read before: by its first bytes and by those before the place that was reached.

import { SourceError } from '../../lib/errors.ts';
import { bytesFrom } from '../archive.ts';
import { bytesAt } from '../file.ts';
import { LEAST_HEAD } from '../identity.ts';
import type { Member } from './members.ts';
import { beginsWith, type Position, printOf } from './position.ts';

export interface Proof {
  readonly member: Member;
  /** Uncompressed bytes that can be read. */
  readonly size: number;
  /** Why it holds no more, if it is damaged. */
  readonly damage: SourceError | null;
}

/** The member that holds what is remembered; `null` if none does. */
export async function findHolder(position: Position, members: readonly Member[]): Promise<Proof | null> {
  const isShort = position.head.length < LEAST_HEAD;
  const candidates = members.filter(({ head }) => beginsWith(head, position.head));
  const ranked = candidates.toSorted((a, b) => rankOf(b, position, isShort) - rankOf(a, position, isShort));
  for (const member of ranked) {
    const proof = await prove(position, member);
    if (proof !== null) return proof;
  }
  return null;
}

/** Of two that begin alike: the log itself before its archives; but few bytes prove little, and then the file counts. */
function rankOf({ archive, isLive }: Member, { file }: Position, isShort: boolean): number {
  const isSameFile = archive.identity === file.identity;
  return (isLive ? 2 : 0) + (isSameFile ? (isShort ? 4 : 1) : 0);
}

async function prove(position: Position, member: Member): Promise<Proof | null> {
  const { archive } = member;
  if (archive.packed)
    return isUntouched(position, member) ? untouched(position, member) : await unpack(position, member);
  const { file } = archive;
  const { end, marker } = position;
  if (file.size < end) return null;
  const before = await bytesAt(file, end - marker.length, marker.length);
  if (before.length < marker.length || printOf(before).hash !== marker.hash) return null;
  return { member, size: file.size, damage: null };
}

/** A packed file is not written to: if nothing about it changed, nothing in it did. */
function isUntouched({ file }: Position, { archive }: Member): boolean {
  return (
    file.packed &&
    file.identity === archive.identity &&
    file.size === archive.file.size &&
    file.modified === archive.modified.getTime()
  );
}

function untouched({ end }: Position, member: Member): Proof {
  return { member, size: end, damage: null };
}

async function unpack({ end, marker }: Position, member: Member): Promise<Proof | null> {
  const from = end - marker.length;
  let before: Buffer = Buffer.alloc(0);
  let size = from;
  let damage: SourceError | null = null;
  try {
    for await (const chunk of bytesFrom(member.archive, from, member.source)) {
      if (before.length < marker.length) {
        before = Buffer.concat([before, chunk.subarray(0, marker.length - before.length)]);
        if (before.length === marker.length && printOf(before).hash !== marker.hash) return null;
      }
      size += chunk.length;
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    damage = error;
  }
  return before.length < marker.length ? null : { member, size, damage };
}
