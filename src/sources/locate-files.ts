// Opens what the PATH arguments stand for, each file once, and looks at how it is packed.

import { basename } from 'node:path';
import { SourceError } from '../lib/errors.ts';
import { expandPath } from './expand.ts';
import { type ArchiveName, parseArchiveName } from './family.ts';
import { type LogFile, MOST_HELD, openFile } from './file.ts';
import { fileSources } from './file-sources.ts';
import type { InflateLimits, ReadMeter, Source } from './source.ts';

export interface Located {
  readonly file: LogFile;
  readonly sources: readonly Source[];
  readonly packed: boolean;
  readonly restart: () => void;
  /** `null` for a file that belongs to no oc.log family. */
  readonly name: ArchiveName | null;
}

/** What one argument stands for. */
export type Group = 'stdin' | readonly Located[];

/** Fills `located`, by identity, as it goes, so that the caller can release it whatever happens. */
export async function locateGroups(
  paths: readonly string[],
  limits: InflateLimits,
  onProblem: (problem: SourceError) => void,
  located: Map<string, Located>,
  meter?: ReadMeter,
): Promise<readonly Group[]> {
  const groups: Group[] = [];
  for (const path of paths) {
    const expansion = await unlessProblem(onProblem, () => expandPath(path));
    if (expansion === 'stdin') {
      if (!groups.includes('stdin')) groups.push('stdin');
      continue;
    }
    const group: Located[] = [];
    for (const member of expansion ?? []) {
      const found = await unlessProblem(onProblem, () => locateFile(member, limits, located, meter));
      if (found !== null) group.push(found);
    }
    groups.push(group);
  }
  return groups;
}

/** `null` for a file that was met before, under whatever name. */
async function locateFile(
  path: string,
  limits: InflateLimits,
  located: Map<string, Located>,
  meter?: ReadMeter,
): Promise<Located | null> {
  const file = await openFile(path, meter);
  let found: Located | null = null;
  try {
    if (located.has(file.identity)) return null;
    found = { file, ...(await fileSources(file, limits)), name: parseArchiveName(basename(path)) };
    located.set(file.identity, found);
    return found;
  } finally {
    if (found === null || located.size > MOST_HELD) await file.release();
  }
}

async function unlessProblem<T>(
  onProblem: (problem: SourceError) => void,
  action: () => Promise<T>,
): Promise<T | null> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    onProblem(error);
    return null;
  }
}
