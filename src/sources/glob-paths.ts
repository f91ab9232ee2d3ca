// The files that a pattern stands for, in the order of their names.

import fs from 'node:fs';
import { basename } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { SourceError } from '../lib/errors.ts';
import { compareText } from './family.ts';

/** `null` for what is no pattern. Throws `SourceError` where no file matches. */
export async function globPaths(pattern: string): Promise<string[] | null> {
  if (!isDynamicPattern(pattern)) return null;
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
