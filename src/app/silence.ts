// Why nothing is written to a log, where that can be told from outside: a process that holds a renamed or deleted one, or a
// full disk. Best effort: the files of other users' processes are seen by root alone.
import { readdir, readFile, readlink, realpath, statfs } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { LIVE_NAME } from '../sources/family.ts';
import { isDirectory } from '../sources/name.ts';

const DELETED = ' (deleted)';

interface Holder {
  readonly process: string;
  /** The file that the process has open, as the system names it now. */
  readonly file: string;
}

/** What to tell the admin; `null` if nothing is known. `free`: blocks that may still be written. */
export async function whySilent(
  path: string,
  free: (folder: string) => Promise<number> = freeBlocks,
): Promise<string | null> {
  const log = await trueName(path);
  if ((await free(dirname(log)).catch(() => 1)) === 0) return 'the disk is full: nothing can be written';
  const holders = await holdersOf(log);
  if (holders.some(({ file }) => file === log)) return null;
  const [holder] = holders;
  if (holder === undefined) return null;
  const { process, file } = holder;
  const what = file.endsWith(DELETED) ? 'a deleted log of that name' : file;
  return `process ${process} still writes to ${what}: the log was moved away behind its back; restart VNA, or rotate with copytruncate or by WildFly's own handler`;
}

/** As the system names it, which knows no links and no directory of ours. */
async function trueName(path: string): Promise<string> {
  const log = (await isDirectory(path)) ? join(path, LIVE_NAME) : path;
  try {
    return await realpath(log);
  } catch {
    // The log is not there, but its directory may be.
    return join(await realpath(dirname(log)).catch(() => resolve(dirname(log))), basename(log));
  }
}

async function freeBlocks(folder: string): Promise<number> {
  return (await statfs(folder)).bavail;
}

/** Processes that have the log, or what became of it, open. */
async function holdersOf(path: string): Promise<readonly Holder[]> {
  const name = basename(path);
  const own = String(globalThis.process.pid);
  const numbers = (await readdir('/proc').catch(() => [])).filter(
    (entry) => /^\d+$/.test(entry) && entry !== own,
  );
  const holders: Holder[] = [];
  for (const number of numbers) {
    for (const { fd, file } of await openFilesOf(number)) {
      const isOurs = dirname(file) === dirname(path) && basename(file).startsWith(name);
      if (isOurs && (await isForWriting(number, fd))) holders.push({ process: number, file });
    }
  }
  return holders;
}

async function openFilesOf(
  number: string,
): Promise<readonly { readonly fd: string; readonly file: string }[]> {
  const folder = join('/proc', number, 'fd');
  const fds = await readdir(folder).catch(() => []);
  return Promise.all(fds.map(async (fd) => ({ fd, file: await readlink(join(folder, fd)).catch(() => '') })));
}

async function isForWriting(number: string, fd: string): Promise<boolean> {
  const info = await readFile(join('/proc', number, 'fdinfo', fd), 'utf8').catch(() => '');
  const flags = /^flags:\s+(\d+)$/m.exec(info)?.[1] ?? '0';
  return (Number.parseInt(flags, 8) & 3) !== 0;
}
