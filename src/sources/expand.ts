// What the user's PATH arguments stand for: standard input, a file, a directory's oc.log family, a glob.

import fs, { statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type * as tinyglobby from 'tinyglobby';
import { SourceError, systemCode } from '../lib/errors.ts';
import { compareText, parseArchiveName } from './family.ts';
import { fileProblem } from './file-problem.ts';

/** The files that an argument stands for, yet to be ordered in time. */
export async function expandPath(path: string): Promise<'stdin' | readonly string[]> {
  if (path === '-') return 'stdin';
  try {
    return statSync(path).isDirectory() ? await familyPaths(path) : [path];
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw fileProblem(path, error);
    // Loaded here: most paths are no patterns.
    const { glob, isDynamicPattern } = await import('tinyglobby');
    if (!isDynamicPattern(path)) throw fileProblem(path, error);
    return globPaths(path, glob);
  }
}

/** Whether a file is one that the arguments stand for, under whatever name. */
export async function isAmongInputs(file: string, paths: readonly string[]): Promise<boolean> {
  const own = await identityOf(file);
  if (own === null) return false;
  for (const path of paths) {
    // What cannot be expanded cannot be read either, which is reported where it is read.
    const members = await expandPath(path).catch(() => []);
    for (const member of members === 'stdin' ? ['/dev/stdin'] : members)
      if ((await identityOf(member)) === own) return true;
  }
  return false;
}

/** `null` for what is no regular file: a device takes what it gets. */
async function identityOf(path: string): Promise<string | null> {
  const status = await stat(path).catch(() => null);
  return status?.isFile() === true ? `${status.dev}:${status.ino}` : null;
}

async function familyPaths(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => !entry.isDirectory() && parseArchiveName(entry.name) !== null)
    .map((entry) => entry.name);
  const paths: string[] = [];
  for (const name of names.sort(compareText)) {
    const path = join(folder, name);
    // A link to a directory is no log; what cannot be looked at is reported when it is opened.
    const status = await stat(path).catch(() => null);
    if (status?.isDirectory() !== true) paths.push(path);
  }
  if (paths.length > 0) return paths;
  const below = await folderBelow(folder);
  throw new SourceError(folder, 'no oc.log and no archive of one in this directory', {
    hint:
      below === null
        ? 'name the directory that holds oc.log, or the log file itself'
        : `did you mean ${below}?`,
  });
}

/** Where the log lies below VNA's own directories, if one of them was named. */
async function folderBelow(folder: string): Promise<string | null> {
  for (const below of ['log', 'standalone/log', 'wildfly/standalone/log', 'VNA/wildfly/standalone/log']) {
    const path = join(folder, below);
    if ((await stat(join(path, 'oc.log')).catch(() => null)) !== null) return path;
  }
  return null;
}

async function globPaths(pattern: string, glob: typeof tinyglobby.glob): Promise<string[]> {
  const { folder, rest } = splitPattern(pattern);
  const found = await glob(rest, {
    cwd: folder === '' ? '.' : folder,
    expandDirectories: false,
    dot: basename(pattern).startsWith('.'),
    ...(rest.includes('**') ? { fs: { stat: statButNoLinkedFolders } } : {}),
  });
  if (found.length > 0) return found.sort(compareText).map((path) => folder + path);
  throw new SourceError(pattern, 'no file matches this pattern', {
    hint: 'check it, and quote it in the shell',
  });
}

/** The leading folders as the user wrote them, so that the paths found begin the same way. */
function splitPattern(pattern: string): { readonly folder: string; readonly rest: string } {
  const dynamicAt = pattern.search(/[*?[\]{}()!+@|\\]/);
  const cut = pattern.lastIndexOf('/', dynamicAt) + 1;
  return { folder: pattern.slice(0, cut), rest: pattern.slice(cut) };
}

/**
 * The glob walk calls `stat` for symbolic links alone. A linked directory fails here and so is not
 * entered: below `**` it could lead in a circle or over the whole machine. Linked files stay.
 */
const statButNoLinkedFolders: typeof fs.stat = new Proxy(fs.stat, {
  apply(_target, _self, [path, done]) {
    fs.stat(path, (error, status) => {
      done(error ?? (status.isDirectory() ? new Error('a linked directory') : null), status);
    });
  },
});
