// What can be wrong with the memory of a run: one line, and what to do about it.
import { KnownError, systemCode } from '../lib/errors.ts';

export class StateError extends KnownError {
  readonly exitStatus = 3;
  /** Whether another run holds the lock. */
  readonly isHeld: boolean;

  constructor(
    message: string,
    options: { readonly hint?: string; readonly cause?: unknown; readonly isHeld?: boolean } = {},
  ) {
    super(message, options);
    this.isHeld = options.isHeld ?? false;
  }
}

const WORDS: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  ENOSPC: ['no space left on the disk', 'free some; what was found is reported again until then'],
  EDQUOT: ['the disk quota is used up', 'free some; what was found is reported again until then'],
  EROFS: ['the file system is read-only', 'name another directory with --state-dir'],
  EACCES: ['permission denied', 'run oclog as its owner, or name another directory with --state-dir'],
  EPERM: ['permission denied', 'run oclog as its owner, or name another directory with --state-dir'],
  ENOTDIR: ['a part of the path is a file, not a directory', 'name another directory with --state-dir'],
  EEXIST: ['is a file, not a directory', 'name another directory with --state-dir'],
  ELOOP: ['is a symbolic link, which is refused', 'remove it, or name another directory with --state-dir'],
};

/** A system's error as a known one; others pass unchanged. */
function stateProblem(path: string, error: unknown): unknown {
  const code = systemCode(error);
  if (error instanceof KnownError || code === undefined) return error;
  const [message, hint] = WORDS[code] ?? [`cannot be used (${code})`, 'check the disk'];
  return new StateError(`state ${path}: ${message}`, { hint, cause: error });
}

export async function worded<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw stateProblem(path, error);
  }
}
