// What an archive holds of a content behind a place that was read: the rest that `copytruncate` saved before it cut the
// log, or compression before it unlinked it.
import { SourceError } from '../../lib/errors.ts';
import { type Archive, bytesFrom } from '../archive.ts';
import { LEAST_HEAD } from '../identity.ts';
import type { Generation } from './generation.ts';

interface Copy {
  readonly archive: Archive;
  /** The bytes behind the place that was read. */
  readonly rest: AsyncIterable<Buffer>;
}

/** The first archive that holds what was read, or, before anything was, what was seen; `null` if none does. */
export async function copyOf(
  { head, marker, offset }: Generation,
  archives: readonly Archive[],
): Promise<Copy | null> {
  for (const archive of archives) {
    const length = Math.min(head.length, archive.head.length);
    if (length < LEAST_HEAD || !archive.head.subarray(0, length).equals(head.subarray(0, length))) continue;
    if (await holds(archive, marker, offset)) return { archive, rest: behind(archive, offset) };
  }
  return null;
}

/** Whether so little was seen of a content that no copy can be told, and an archive begins with it. */
export function mayBeIn({ head }: Generation, archives: readonly Archive[]): boolean {
  return head.length < LEAST_HEAD && archives.some((archive) => archive.head.indexOf(head) === 0);
}

async function holds(archive: Archive, marker: Buffer, offset: number): Promise<boolean> {
  const from = offset - marker.length;
  const found: Buffer[] = [];
  let length = 0;
  for await (const chunk of behind(archive, from)) {
    found.push(Buffer.from(chunk));
    length += chunk.length;
    if (length >= marker.length) break;
  }
  return Buffer.concat(found).subarray(0, marker.length).equals(marker);
}

async function* behind(archive: Archive, offset: number): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of bytesFrom(archive, offset)) yield Buffer.from(chunk);
  } catch (error) {
    // What can be read of a damaged copy has been handed on; the rest is a gap like any other.
    if (!(error instanceof SourceError)) throw error;
  }
}
