// What is remembered of a log from run to run: contents by their fingerprints, never by their text.
import { createHash } from 'node:crypto';

/** Of some bytes. */
export interface Print {
  readonly length: number;
  /** 32 hex digits. */
  readonly hash: string;
}

export function printOf(bytes: Buffer): Print {
  return { length: bytes.length, hash: createHash('sha256').update(bytes).digest('hex').slice(0, 32) };
}

/** Whether these bytes begin with those of the print. */
export function beginsWith(bytes: Buffer, print: Print): boolean {
  return bytes.length >= print.length && printOf(bytes.subarray(0, print.length)).hash === print.hash;
}

/** Where the file was last, and what it was like: hints, since a file system may reuse and change all of it. */
interface FileHint {
  readonly path: string;
  /** Device and inode. */
  readonly identity: string;
  /** In bytes on disk. */
  readonly size: number;
  /** Milliseconds. */
  readonly modified: number;
  readonly packed: boolean;
}

/** The first record that is not over, and what was already told of it and what follows. */
export interface Place {
  readonly line: number;
  readonly offset: number;
  /** Records from there on that were reported before they were complete: see `Reported` of the live log. */
  readonly reported: readonly { readonly offset: number; readonly codes: readonly string[] | null }[];
  /** Whether everything up to the end was judged, be it before it was complete. */
  readonly settled: boolean;
}

/** One content of the log, from its creation to its rotation or truncation. Never empty. */
export interface Position {
  /** Of its first bytes; of fewer than there may be if it was shorter then. */
  readonly head: Print;
  /** So many bytes were read of it, and what stands before that place. */
  readonly end: number;
  readonly marker: Print;
  readonly place: Place;
  /** The time of its first record: milliseconds, the wall time as if it were UTC. */
  readonly time: number | null;
  readonly file: FileHint;
  /** When it was seen to have grown last, by oclog's clock. */
  readonly grownAt: number;
  /** Whether it bore the log's name. */
  readonly isLive: boolean;
  /** Whether it was said that its rest could not be found. */
  readonly isLost: boolean;
}

export interface FamilyMemory {
  /** The newest contents, the oldest first. */
  readonly contents: readonly Position[];
  /** Prints of the heads of archives that are no news, as `length:hash`. */
  readonly known: readonly string[];
  /** An archive whose first record is older than this is no news: it was put back. */
  readonly horizon: number | null;
  /** Folders as they were when they were listed, if nothing can have changed in the same tick of their clock. */
  readonly folders: readonly string[];
}

export const MOST_CONTENTS = 16;
export const MOST_KNOWN = 2000;
