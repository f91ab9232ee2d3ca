// The directory that holds states, and what the one of a log is called.
import { createHash } from 'node:crypto';
import { mkdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { removeOld } from '../lib/remove-old.ts';
import { StateError, worded } from './problem.ts';

const READABLE_CHARACTERS = 80;

/** Makes it if need be. Throws `StateError`. */
export async function openStateDirectory(path: string): Promise<void> {
  await worded(path, async () => {
    await mkdir(path, { recursive: true, mode: 0o700 });
    const { mode, uid } = await stat(path);
    const isOwn = uid === process.geteuid?.() || uid === 0 || process.geteuid === undefined;
    if (isOwn && (mode & 0o002) === 0) return;
    throw new StateError(
      `state directory ${path}: ${isOwn ? 'everybody may write to it' : 'belongs to another user'}`,
      {
        hint: isOwn ? `chmod 700 ${path}, or name another with --state-dir` : 'name another with --state-dir',
      },
    );
  });
}

/** What an answer of a log at rest is called: it is no state. */
const REST_FILE = /^rest-[0-9a-f]{16}\.json$/;
/** None of them holds for so long. */
const REST_MS = 2 * 86_400_000;

/** Removes what no lock guards: what runs left behind that were killed, and answers that hold no longer. */
export async function tidyStateDirectory(path: string): Promise<void> {
  await removeOld(path, (name) => name.endsWith('.tmp'));
  await removeOld(path, (name) => REST_FILE.test(name), REST_MS);
}

/** Whether a file is the state of a log: other things are kept beside them. */
export function isStateFile(name: string): boolean {
  return /-[0-9a-f]{16}\.json$/.test(name) && !REST_FILE.test(name);
}

/** The same for a log however its path is written; another one for each `name`. */
export async function stateNameOf(log: string, name: string | null): Promise<string> {
  const folder = await realpath(dirname(log)).catch(() => resolve(dirname(log)));
  const live = basename(log);
  const hash = createHash('sha256')
    .update(JSON.stringify([folder, live, name]))
    .digest('hex')
    .slice(0, 16);
  const readable = [...(name === null ? [] : [name]), ...`${folder}/${live}`.split('/').filter(Boolean)]
    .join('-')
    .replace(/[^\w.-]+/g, '_')
    .slice(-READABLE_CHARACTERS)
    .replace(/^[.-]+/, '');
  return `${readable}-${hash}`;
}
