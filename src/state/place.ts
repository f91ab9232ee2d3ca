// Where states are kept. Loaded before anything else is, so it imports nothing else.
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

const FOR_ROOT = '/var/lib/oclog';

/** The directory that was named, or the user's own. */
export function stateDirectory(
  named: string | undefined,
  env: { readonly [name: string]: string | undefined },
  isRoot = process.geteuid?.() === 0,
): string {
  const given = named ?? env['OCLOG_STATE_DIR'];
  if (given !== undefined && given !== '') return resolve(given);
  if (isRoot) return FOR_ROOT;
  const home = env['XDG_STATE_HOME'];
  // The specification has relative paths ignored.
  return home?.startsWith('/') === true ? join(home, 'oclog') : join(homedir(), '.local', 'state', 'oclog');
}
