// PATH arguments to sources: each file once, families without twins and in the order of time.

import { dirname } from 'node:path';
import type { SourceError } from '../lib/errors.ts';
import { asLogText } from './content.ts';
import { judgeFamilies } from './judge.ts';
import { type Group, type Located, locateGroups } from './locate-files.ts';
import { orderFamily } from './order.ts';
import type { InflateLimits, ReadMeter, Source } from './source.ts';
import type { InputStream } from './stdin.ts';

/**
 * Yields what the paths stand for, in their order. Problems met on the way are reported and passed over.
 * A source is best read when it is yielded: until the next one is asked for, no rotation can move it. `meter` tells how far the reading has come.
 */
export async function* locateSources(
  paths: readonly string[],
  limits: InflateLimits,
  onProblem: (problem: SourceError) => void,
  standardInput: () => InputStream = () => process.stdin,
  meter?: ReadMeter,
): AsyncGenerator<Source> {
  const located = new Map<string, Located>();
  try {
    const groups = await locateGroups(paths, limits, onProblem, located, meter);
    const { times, dropped } = await judgeFamilies([...located.values()]);
    if (meter !== undefined) startMeter(meter, groups, dropped);
    for (const group of groups) {
      if (group === 'stdin') {
        // Loaded here: it knows of archives too, which most runs never meet.
        const { stdinSource } = await import('./stdin.ts');
        yield asLogText(stdinSource(limits, standardInput(), meter));
        continue;
      }
      for (const { file, sources } of inOrder(group, times)) {
        yield* sources.filter((source) => !dropped.has(source)).map(asLogText);
        await file.release();
      }
    }
  } finally {
    for (const { file } of located.values()) await file.release();
  }
}

/** What was read to locate the sources does not count. */
function startMeter(meter: ReadMeter, groups: readonly Group[], dropped: ReadonlySet<Source>): void {
  meter.read = 0;
  meter.total = 0;
  for (const group of groups) {
    if (group === 'stdin') {
      meter.total = null;
      return;
    }
    for (const { file, sources } of group) {
      if (sources.some((source) => !dropped.has(source))) meter.total += file.size;
    }
  }
}

/** A family stands in the order of time where its first file stood; other files stay where they are. */
function inOrder(group: readonly Located[], times: ReadonlyMap<Located, number>): readonly Located[] {
  const families = new Map<string, Located[]>();
  for (const found of group) {
    const key = found.name === null ? found.file.path : `${dirname(found.file.path)}/`;
    families.set(key, [...(families.get(key) ?? []), found]);
  }
  return [...families.values()].flatMap((family) => inTime(family, times));
}

function inTime(family: readonly Located[], times: ReadonlyMap<Located, number>): readonly Located[] {
  const aged = family.flatMap((found) =>
    found.name === null ? [] : [{ found, name: found.name, time: times.get(found) ?? null }],
  );
  return aged.length === 0 ? family : orderFamily(aged).map(({ found }) => found);
}
