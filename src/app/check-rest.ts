// Whether the next answer about a log would be the same as this one, and for how long, should nothing be written to it.
import { statSync } from 'node:fs';
import type { Book } from '../alerts/book.ts';
import { OpenBook } from '../alerts/open-book.ts';
import type { AlertPolicy } from '../alerts/policy.ts';
import { MARKER_BYTES } from '../sources/identity.ts';
import type { FamilyMemory, Position } from '../sources/resume/position.ts';

/** What an answer is made of. */
export interface LogRest {
  /** Files and folders that must stay as they are. */
  readonly files: readonly string[];
  /** Files that must stay away. */
  readonly absent: readonly string[];
  readonly sample: { readonly path: string; readonly offset: number; readonly length: number } | null;
  /** Until when time alone changes nothing. */
  readonly until: number;
}

interface Facts {
  readonly path: string;
  readonly family: FamilyMemory;
  readonly stateFile: string;
  readonly book: Book;
  readonly policy: AlertPolicy;
  readonly grewAt: number | null;
  readonly maxAgeMs: number | null;
  readonly now: number;
}

/** A look once a day is cheap. */
const LONGEST_MS = 86_400_000;
const SHORTEST_MS = 1000;

/** `null` if it would not be the same, or nobody can tell. */
export function restOf(facts: Facts): LogRest | null {
  const { path, family, stateFile } = facts;
  const plain = family.contents.filter(({ file }) => !file.packed);
  const live = plain.find(({ isLive }) => isLive) ?? null;
  const others = plain.filter((position) => !position.isLive && !position.isLost);
  const folders = family.folders.map((stamp) => stamp.split('\0')[0] ?? '');
  const isWhole =
    family.folders.length > 0 &&
    family.folders.every(isAsListed) &&
    sizeOf(path) === (live?.end ?? 0) &&
    others.every(({ file, end }) => sizeOf(file.path) === end) &&
    family.contents.every(({ place, isLost }) => place.settled || isLost);
  const until = isWhole ? endOfRest(facts) : facts.now;
  if (until - facts.now < SHORTEST_MS) return null;
  return {
    files: [path, stateFile, ...folders, ...others.map(({ file }) => file.path)],
    absent: [`${stateFile.replace(/\.json$/, '')}.lock`],
    sample: live === null ? null : sampleOf(path, live),
    until,
  };
}

function sampleOf(path: string, { end }: Position): LogRest['sample'] {
  const length = Math.min(end, MARKER_BYTES);
  return { path, offset: end - length, length };
}

/** Whether a folder is still what it was when the archives in it were looked at. */
function isAsListed(stamp: string): boolean {
  const [folder = '', listed] = stamp.split('\0');
  const status = statSync(folder, { bigint: true, throwIfNoEntry: false });
  return status !== undefined && `${status.dev}:${status.ino}:${status.mtimeNs}` === listed;
}

function sizeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.size ?? null;
}

/** The last time at which the book has nothing to tell: once something is due it stays so. */
function endOfRest({ book, policy, grewAt, maxAgeMs, now }: Facts): number {
  const isQuiet = (at: number): boolean => {
    const { changes, notices } = new OpenBook(book, policy, at).settle(grewAt, { bytes: 0, lines: 0 });
    return changes.length === 0 && notices.length === 0;
  };
  const old = maxAgeMs === null || grewAt === null ? Number.POSITIVE_INFINITY : grewAt + maxAgeMs;
  let [calm, due] = [now, Math.min(now + LONGEST_MS, old > now ? old : Number.POSITIVE_INFINITY)];
  if (!isQuiet(now)) return now;
  if (isQuiet(due)) return due;
  while (due - calm > SHORTEST_MS) {
    const middle = Math.floor((calm + due) / 2);
    if (isQuiet(middle)) calm = middle;
    else due = middle;
  }
  return calm;
}
