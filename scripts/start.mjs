// `npm start`: runs oclog with the words given; without any, on the log family that is shipped, to show what it does.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { prepare } from './prepare.mjs';

const root = join(import.meta.dirname, '..');
const words = process.argv.slice(2);

prepare();
// The shipped log is full of faults: finding them is success here.
const demo = ['scan', '--host', 'vna-demo', '--fail-on', 'never', join('fixtures', 'vna-server', 'log')];
const { status, signal } = spawnSync(
  process.execPath,
  [join(root, 'dist', 'main.js'), ...(words.length > 0 ? words : demo)],
  // npm runs scripts in the project's folder; the user's paths are relative to where the user is.
  { stdio: 'inherit', cwd: words.length > 0 ? (process.env['INIT_CWD'] ?? root) : root },
);
process.exitCode = signal === null ? (status ?? 1) : 1;
