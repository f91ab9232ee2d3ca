// A secret that lies in a file: only where nobody else may read it.
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { systemCode } from '../lib/errors.ts';
import { Secret } from '../lib/secret.ts';

const MOST_BYTES = 16 * 1024;
/** Its owner's, and at most readable by its group. */
const OTHERS = 0o037;

interface Wrong {
  readonly message: string;
  readonly help: string | null;
}

export async function readSecretFile(path: string): Promise<Secret | Wrong> {
  if (!path.startsWith('/')) return wrong(`the secret file ${path} must be named from the root`, null);
  let handle: FileHandle | null = null;
  try {
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const { mode, uid, size, ...status } = await statusOf(handle);
    if (!status.isFile) return wrong(`${path} is no regular file`, null);
    const own = process.geteuid?.();
    if (own !== undefined && uid !== own && uid !== 0)
      return wrong(`the secret file ${path} belongs to another user`, `chown it to the user that runs oclog`);
    if ((mode & OTHERS) !== 0) return wrong(`others may use the secret file ${path}`, `chmod 600 ${path}`);
    if (size > MOST_BYTES) return wrong(`the secret file ${path} is too large`, null);
    return secretOf(await handle.readFile('utf8'), `the secret file ${path}`);
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    const reason = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    return wrong(`the secret file ${path} ${reason}`, null);
  } finally {
    await handle?.close();
  }
}

/** `what` names where it comes from. */
export function secretOf(text: string, what: string): Secret | Wrong {
  const value = text.replace(/\r?\n$/, '');
  if (value.trim() === '') return wrong(`${what} is empty`, null);
  if (/[\u0000-\u001f\u007f]/.test(value)) return wrong(`${what} must be one line of text`, null);
  return new Secret(value);
}

async function statusOf(handle: FileHandle) {
  const status = await handle.stat();
  return { mode: status.mode, uid: status.uid, size: status.size, isFile: status.isFile() };
}

function wrong(message: string, help: string | null): Wrong {
  return { message, help };
}
