// Brings a fresh clone to the point where it can run: installs and builds, and skips what is already done.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

function hashOf(files) {
  const hash = createHash('sha256').update(process.version);
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

function filesBelow(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

/** Runs `step` unless `stamp` says that it ran on the same files. */
function once(name, stamp, digest, step) {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  console.error(`oclog: ${name} …`);
  step();
  mkdirSync(join(stamp, '..'), { recursive: true });
  writeFileSync(stamp, digest);
}

export function prepare() {
  once(
    'installing packages',
    join(root, 'node_modules', '.oclog-installed'),
    hashOf(['package.json', 'package-lock.json']),
    () =>
      execFileSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
        cwd: root,
        stdio: ['ignore', 2, 2],
      }),
  );
  once(
    'building',
    join(root, 'dist', '.oclog-built'),
    hashOf(['package-lock.json', 'tsconfig.json', ...filesBelow('scripts'), ...filesBelow('src')]),
    () =>
      execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs')], {
        cwd: root,
        stdio: ['ignore', 2, 2],
      }),
  );
}

if (process.argv[1] === import.meta.filename) prepare();
