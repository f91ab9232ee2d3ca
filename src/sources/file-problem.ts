// Words for what can be wrong with a path: one line, and what to do about it.

import type { Stats } from 'node:fs';
import { SourceError, systemCode } from '../lib/errors.ts';

interface Words {
  readonly message: string;
  readonly hint?: string;
}

const BY_CODE: Readonly<Record<string, Words>> = {
  ENOENT: { message: 'no such file or directory', hint: 'check the path' },
  ENOTDIR: { message: 'a part of the path is a file, not a directory', hint: 'check the path' },
  EACCES: { message: 'permission denied', hint: 'run oclog as a user that may read it' },
  EPERM: { message: 'permission denied', hint: 'run oclog as a user that may read it' },
  ELOOP: { message: 'symbolic links that lead in a circle', hint: 'name the file itself' },
  ENAMETOOLONG: { message: 'the path is too long', hint: 'check the path' },
  EISDIR: { message: 'is a directory', hint: 'name a file' },
  EIO: { message: 'input/output error', hint: 'check the disk; the kernel log says more' },
  ESTALE: { message: 'stale network file handle', hint: 'mount the file system anew' },
  EMFILE: { message: 'too many open files', hint: 'raise the limit with ulimit -n' },
  ENFILE: { message: 'too many open files on this machine' },
};

/** Node hands over such a name with its bytes replaced. */
const NOT_UTF8: Words = {
  message: 'no such file or directory',
  hint: 'if its name is not UTF-8, rename it, or read it with: cat FILE | oclog scan -',
};

/** A system's error as a known one; `where` says how far the reading came. Others pass unchanged. */
export function fileProblem(path: string, error: unknown, where?: string): unknown {
  const code = systemCode(error);
  if (error instanceof SourceError || code === undefined) return error;
  const isForeign = code === 'ENOENT' && path.includes('\ufffd');
  const words = isForeign ? NOT_UTF8 : (BY_CODE[code] ?? { message: `cannot be read (${code})` });
  const message = where === undefined ? words.message : `${words.message} ${where}`;
  return new SourceError(path, message, {
    ...(words.hint === undefined ? {} : { hint: words.hint }),
    cause: error,
  });
}

/** For a shell. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

/** For what exists but is neither a file nor a directory. */
export function specialFileProblem(path: string, status: Stats): SourceError {
  if (status.isFIFO()) {
    return new SourceError(path, 'is a named pipe (FIFO)', {
      hint: `read it with: cat ${quoted(path)} | oclog scan -`,
    });
  }
  if (status.isDirectory()) return new SourceError(path, 'is a directory', { hint: 'name a file' });
  const kind = status.isSocket() ? 'a socket' : 'a device';
  return new SourceError(path, `is ${kind}, not a file`, {
    hint: 'name a log file, a directory or a quoted glob',
  });
}
