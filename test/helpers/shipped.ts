// What is shipped under `packaging/`, set up for a test: in place of the paths of a server those of the test.
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MAIN } from './cli.ts';

export const PACKAGING = join(import.meta.dirname, '../../packaging');

/** Fails where one of the paths is not in the file. */
export function shipped(name: string, paths: Readonly<Record<string, string>>): string {
  let text = readFileSync(join(PACKAGING, name), 'utf8');
  for (const [from, to] of Object.entries(paths)) {
    if (!text.includes(from)) throw new Error(`${name} has no ${from}`);
    text = text.replaceAll(from, to);
  }
  return text;
}

/** A program like the one that npm installs; yields its path. */
export function installOclog(folder: string): string {
  const path = join(folder, 'oclog');
  writeFileSync(path, `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}
