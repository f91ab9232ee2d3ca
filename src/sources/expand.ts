// What the user's PATH arguments stand for: standard input, a file, a directory's oc.log family, a glob.

import { statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
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
    const { globPaths } = await import('./glob-paths.ts');
    const found = await globPaths(path);
    if (found === null) throw fileProblem(path, error);
    return found;
  }
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
