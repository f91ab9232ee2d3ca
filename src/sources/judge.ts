// Looks into the members of each family: when they begin, and which of them another one repeats.

import { dirname, resolve } from 'node:path';
import type { Located } from './locate-files.ts';
import { probe } from './probe.ts';
import type { Source } from './source.ts';
import { findTwins, type Probed } from './twins.ts';

interface Verdict {
  /** The first time that each file tells. */
  readonly times: ReadonlyMap<Located, number>;
  readonly dropped: ReadonlySet<Source>;
}

/** Judges every family that has more than one file, also when its files were named one by one. */
export async function judgeFamilies(all: readonly Located[]): Promise<Verdict> {
  const times = new Map<Located, number>();
  const dropped = new Set<Source>();
  for (const family of familiesOf(all)) {
    const members: Probed[] = [];
    for (const found of family) {
      for (const source of found.sources) {
        const probed = await probe(source);
        if (probed.time !== null && !times.has(found)) times.set(found, probed.time);
        members.push({ source, probe: probed, worth: worthOf(found) });
      }
    }
    for (const twin of await findTwins(members)) dropped.add(twin.source);
  }
  return { times, dropped };
}

function familiesOf(all: readonly Located[]): readonly (readonly Located[])[] {
  const families = new Map<string, Located[]>();
  for (const found of all) {
    if (found.name === null) continue;
    const folder = resolve(dirname(found.file.path));
    families.set(folder, [...(families.get(folder) ?? []), found]);
  }
  return [...families.values()].filter((family) => family.length > 1);
}

function worthOf({ name, packed }: Located): number {
  if (name?.live === true) return 2;
  return packed ? 0 : 1;
}
