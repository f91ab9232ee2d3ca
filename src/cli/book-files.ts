// The books of faults in a state directory, one a log: read, or changed under the lock of their checks.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Book } from '../alerts/book.ts';
import { type CheckState, parseCheckState } from '../app/check-state.ts';
import { UsageError } from '../lib/errors.ts';
import { isStateFile, openStateDirectory } from '../state/directory.ts';
import { type Patience, takeLockPatiently } from '../state/patience.ts';
import { StateError, worded } from '../state/problem.ts';
import { StateStore } from '../state/store.ts';

/** A run of a check is mostly over within ten seconds. */
const PATIENCE: Patience = {
  looks: 50,
  pauseMs: 200,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

export interface LogBook {
  readonly log: string;
  readonly book: Book;
}

export async function readBooks(stateDir: string): Promise<readonly LogBook[]> {
  const books: LogBook[] = [];
  for (const path of await statesIn(stateDir)) {
    const state = await readState(storeAt(path));
    if (state !== null) books.push({ log: state.log, book: state.book });
  }
  return books;
}

/**
 * Changes the books for which `edit` yields another one; yields how many. Throws `StateError` where a check is running
 * and does not end, `UsageError` where nothing is remembered at all.
 */
export async function editBooks(stateDir: string, edit: (book: Book) => Book): Promise<number> {
  const paths = await statesIn(stateDir);
  if (paths.length === 0) {
    const hint = 'run oclog check first, or name its directory with --state-dir';
    throw new UsageError(`no check has remembered anything in ${stateDir}`, { hint });
  }
  // What another user writes there its checks could not read.
  await openStateDirectory(stateDir);
  let changed = 0;
  for (const path of paths) {
    const lock = await takeLockPatiently(`${path.slice(0, -'.json'.length)}.lock`, PATIENCE);
    try {
      if (await editOne(storeAt(path), edit)) changed += 1;
    } finally {
      await lock.release();
    }
  }
  return changed;
}

async function editOne(store: StateStore<CheckState>, edit: (book: Book) => Book): Promise<boolean> {
  const state = await readState(store);
  if (state === null) return false;
  const book = edit(state.book);
  if (book === state.book) return false;
  await (await store.prepare({ ...state, book })).commit();
  return true;
}

async function readState(store: StateStore<CheckState>): Promise<CheckState | null> {
  return (await store.read()).body;
}

function storeAt(path: string): StateStore<CheckState> {
  return new StateStore(path, parseCheckState);
}

async function statesIn(stateDir: string): Promise<readonly string[]> {
  const names = await worded(stateDir, () => readdir(stateDir)).catch((error: unknown) => {
    if (error instanceof StateError && isMissing(error)) return [];
    throw error;
  });
  return names
    .filter(isStateFile)
    .sort()
    .map((name) => join(stateDir, name));
}

function isMissing({ cause }: StateError): boolean {
  return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ENOENT';
}
