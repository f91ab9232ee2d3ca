// Runs the locating and reading of sources in a folder of its own.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SourceError } from '../../src/lib/errors.ts';
import { locateSources } from '../../src/sources/locate.ts';
import { DEFAULT_INFLATE_LIMITS, type InflateLimits, type Source } from '../../src/sources/source.ts';

export interface TempFolder {
  readonly path: string;
  /** Writes a file and returns its path. */
  write(name: string, content: Buffer | string): string;
  remove(): void;
}

export function tempFolder(): TempFolder {
  const path = mkdtempSync(join(tmpdir(), 'oclog-sources-'));
  return {
    path,
    write(name, content) {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

export interface Reading {
  readonly path: string;
  /** One character a byte: strings compare faster than buffers. */
  readonly text: string;
  readonly error: SourceError | null;
}

/** All that a source yields, and the known error that ended it early. */
export async function readSource(source: Source): Promise<Reading> {
  const chunks: Buffer[] = [];
  let error: SourceError | null = null;
  try {
    for await (const chunk of source.open()) chunks.push(Buffer.from(chunk));
  } catch (problem) {
    if (!(problem instanceof SourceError)) throw problem;
    error = problem;
  }
  return { path: source.path, text: Buffer.concat(chunks).toString('latin1'), error };
}

export interface Scan {
  readonly readings: readonly Reading[];
  readonly problems: readonly SourceError[];
}

/** Locates and reads in one go, as a scan does. */
export async function scanPaths(
  paths: readonly string[],
  limits: InflateLimits = DEFAULT_INFLATE_LIMITS,
): Promise<Scan> {
  const readings: Reading[] = [];
  const problems: SourceError[] = [];
  for await (const source of locateSources(paths, limits, (problem) => problems.push(problem))) {
    readings.push(await readSource(source));
  }
  return { readings, problems };
}
