// One run at a time: a file that names its owner. An owner that is gone, or a file that names none, is no lock.
import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemCode } from '../lib/errors.ts';
import { linkNew } from '../lib/link-new.ts';
import { StateError, worded } from './problem.ts';

export interface Lock {
  release(): Promise<void>;
}

/** A process: its number is used again, but not with the same start, and not before a boot. */
interface Owner {
  readonly pid: number;
  readonly start: string;
}

/** Locks that are left behind are taken over; more of them than this come from something else. */
const MOST_TRIES = 10;

/** Throws `StateError` if another run holds it. */
export async function takeLock(path: string): Promise<Lock> {
  return worded(path, async () => {
    const own = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
    await writeFile(own, JSON.stringify(await ownerOf(process.pid)), { flag: 'wx', mode: 0o600 });
    try {
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        // A link appears with its content: a lock without one was made by no oclog that lives.
        if (await linkNew(own, path)) {
          await tidy(path);
          return { release: () => remove(path) };
        }
        await recover(path, own);
      }
    } finally {
      await remove(own);
    }
    throw new StateError(`state ${path}: another run takes it again and again`, {
      hint: 'try later',
      isHeld: true,
    });
  });
}

/** Removes a lock whose owner is gone. Throws `StateError` if it lives. */
async function recover(path: string, own: string): Promise<void> {
  const before = await identityOf(path);
  if (before === null) return;
  const owner = await readOwner(path);
  if (owner !== null && (await isAlive(owner)))
    throw new StateError(
      `another run of oclog check (process ${owner.pid}) is not over yet: it holds ${path}`,
      {
        hint: 'run it less often, or give it a --deadline',
        isHeld: true,
      },
    );
  // Of several that find it so, one removes it: whoever comes later might remove the lock of the first.
  const claim = `${path}.claim`;
  if (!(await linkNew(own, claim))) {
    if (!(await isHeld(claim))) await rm(claim, { force: true });
    return;
  }
  try {
    if ((await identityOf(path)) === before) await rm(path, { force: true });
  } finally {
    await remove(claim);
  }
}

/** One that cannot be removed is nobody's once this process is over. */
async function remove(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined);
}

/** What runs left behind that were killed while they took it. */
async function tidy(path: string): Promise<void> {
  const claim = `${path}.claim`;
  for (const name of await readdir(dirname(path)).catch(() => [])) {
    if (!name.startsWith(`${basename(path)}.`)) continue;
    const stray = join(dirname(path), name);
    const pid = Number(/\.(\d+)\.[0-9a-f]{8}$/.exec(name)?.[1]);
    if ((pid > 0 && !exists(pid)) || (stray === claim && !(await isHeld(claim)))) await remove(stray);
  }
}

async function isHeld(path: string): Promise<boolean> {
  const owner = await readOwner(path);
  return owner !== null && (await isAlive(owner));
}

async function identityOf(path: string): Promise<string | null> {
  const status = await stat(path, { bigint: true }).catch(() => null);
  return status === null ? null : `${status.ino}:${status.mtimeNs}:${status.size}`;
}

async function readOwner(path: string): Promise<Owner | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('start' in value)) return null;
    const { pid, start } = value;
    return typeof pid === 'number' && pid > 0 && typeof start === 'string' ? { pid, start } : null;
  } catch {
    return null;
  }
}

async function isAlive(owner: Owner): Promise<boolean> {
  if (!exists(owner.pid)) return false;
  return isSameStart((await ownerOf(owner.pid)).start, owner.start);
}

/** What one of the two could not see, of a process of another user or in a sandbox, proves nothing. */
function isSameStart(one: string, other: string): boolean {
  const [others, ones] = [other.split(' '), one.split(' ')];
  return ones.every((part, at) => part === '' || (others[at] ?? '') === '' || part === others[at]);
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/** The boot and the start, as far as /proc shows them; where it shows nothing, the number alone must do. */
async function ownerOf(pid: number): Promise<Owner> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name in brackets may hold anything; the start is the 20th field behind it.
  const start = status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  return { pid, start: `${boot.trim()} ${start}` };
}
