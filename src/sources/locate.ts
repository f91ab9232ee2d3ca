// PATH arguments to sources: each file once, families without twins and in the order of time.

import { dirname } from 'node:path';
import type { SourceError } from '../lib/errors.ts';
import { asLogText } from './content.ts';
import type { LogFile } from './file.ts';
import { judgeFamilies } from './judge.ts';
import { type Group, type Located, locateGroups } from './locate-files.ts';
import { orderFamily } from './order.ts';
import type { InflateLimits, ReadMeter, Source } from './source.ts';
import type { InputStream } from './stdin.ts';

/** What one file holds, or standard input. */
export interface Input {
  /** Without those that repeat what another file holds. */
  readonly sources: readonly Source[];
  /** `null` for standard input. */
  readonly file: LogFile | null;
  readonly packed: boolean;
  /** Which of the file's sources are left. */
  readonly kept: readonly number[];
  /** Bytes of plain logs that take about as long to read as this; and all that follow. */
  readonly work: number;
  readonly workBehind: number;
}

/** So many times as long as a plain byte takes a packed one to be read. */
const PACKED_WORK = 20;

/** Yields what the paths stand for, in their order, source by source; see `locateInputs`. */
export async function* locateSources(
  paths: readonly string[],
  limits: InflateLimits,
  onProblem: (problem: SourceError) => void,
  standardInput?: () => InputStream,
  meter?: ReadMeter,
): AsyncGenerator<Source> {
  for await (const { sources } of locateInputs(paths, limits, onProblem, standardInput, meter))
    yield* sources;
}

/**
 * Yields what the paths stand for, in their order. Problems met on the way are reported and passed over. An input is best
 * read, or borrowed, when it is yielded: until the next one is asked for, no rotation can move it. `meter` tells how far
 * the reading has come.
 */
export async function* locateInputs(
  paths: readonly string[],
  limits: InflateLimits,
  onProblem: (problem: SourceError) => void,
  standardInput: () => InputStream = () => process.stdin,
  meter?: ReadMeter,
): AsyncGenerator<Input> {
  const located = new Map<string, Located>();
  try {
    const groups = await locateGroups(paths, limits, onProblem, located, meter);
    const { times, dropped } = await judgeFamilies([...located.values()]);
    if (meter !== undefined) startMeter(meter, groups, dropped);
    let workBehind = groups.flatMap((group) => (group === 'stdin' ? [] : group.map(workOf))).reduce(sum, 0);
    for (const group of groups) {
      if (group === 'stdin') {
        // Loaded here: it knows of archives too, which most runs never meet.
        const { stdinSource } = await import('./stdin.ts');
        const sources = [asLogText(stdinSource(limits, standardInput(), meter))];
        yield { sources, file: null, packed: false, kept: [0], work: 0, workBehind };
        continue;
      }
      for (const found of inOrder(group, times)) {
        const { file, sources, packed } = found;
        const kept = [...sources.entries()].filter(([, source]) => !dropped.has(source));
        workBehind -= workOf(found);
        found.restart();
        yield {
          sources: kept.map(([, source]) => asLogText(source)),
          file,
          packed,
          kept: kept.map(([at]) => at),
          work: kept.length === 0 ? 0 : workOf(found),
          workBehind,
        };
        await file.release();
      }
    }
  } finally {
    for (const { file } of located.values()) await file.release();
  }
}

function workOf({ file, packed }: Located): number {
  return file.size * (packed ? PACKED_WORK : 1);
}

function sum(a: number, b: number): number {
  return a + b;
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
