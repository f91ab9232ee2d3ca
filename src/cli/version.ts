// The version, as npm keeps it; the build writes it down, so that telling it needs no file.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILT_VERSION } from '../lib/build.ts';

export function version(): string {
  return BUILT_VERSION ?? versionIn(join(import.meta.dirname, '../../package.json'));
}

function versionIn(file: string): string {
  const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return typeof found === 'object' && found !== null && 'version' in found
    ? String(found.version)
    : 'unknown';
}
