// Faults as people see them: one key that fails in many regions is one fault with a row a region.

import { normaliseService } from '../aws/service.ts';
import type { Example } from './examples.ts';
import { compareSurety, type Finding, gravityOf } from './finding.ts';
import type { FaultGroup, FaultVariant } from './group.ts';
import { Timeline } from './timeline.ts';

/** What one region has of a fault. */
export interface RegionShare {
  /** `null`: the records do not say. */
  readonly region: string | null;
  readonly fingerprint: string;
  readonly count: number;
  readonly first: string | null;
  readonly last: string | null;
}

/** A finding but for its text. */
export type Gist = Omit<Finding, 'record'> & { readonly record: Omit<Finding['record'], 'text'> };

export interface Fault {
  /** The first occurrence that was read: speaks for code, title, severity, host, service. */
  readonly example: Gist;
  readonly count: number;
  readonly first: string | null;
  readonly last: string | null;
  /** The surest first. */
  readonly variants: readonly FaultVariant[];
  /** Up to five: one of each variant first, then one of each region. */
  readonly examples: readonly Example[];
  /** The most frequent first. */
  readonly regions: readonly RegionShare[];
  readonly timeline: Timeline;
}

const MAX_EXAMPLES = 5;

interface Known {
  readonly group: FaultGroup;
  /** The first of the group's. */
  readonly example: Gist;
}

/** Puts groups that differ in nothing but the region together; the gravest first, then the most frequent. */
export function faultsOf(groups: readonly FaultGroup[]): readonly Fault[] {
  const merged = new Map<string, Known[]>();
  for (const group of groups) {
    const [first] = group.examples;
    if (first === undefined) continue;
    const known = { group, example: gistOf(first.read()) };
    const key = keyOf(known);
    const others = merged.get(key);
    if (others === undefined) merged.set(key, [known]);
    else others.push(known);
  }
  return [...merged.values()].flatMap(merge).sort((a, b) => gravity(b) - gravity(a) || b.count - a.count);
}

function gistOf({ record: { text: _, ...record }, ...finding }: Finding): Gist {
  return { ...finding, record };
}

function keyOf({ example }: Known): string {
  const service = example.aws?.service ?? null;
  return JSON.stringify([
    example.rule,
    example.host,
    example.record.plugin,
    service === null ? null : normaliseService(service),
  ]);
}

function merge(all: readonly Known[]): readonly Fault[] {
  const example = all[0]?.example;
  if (example === undefined) return [];
  const groups = all.map(({ group }) => group);
  const timeline = new Timeline();
  for (const group of groups) timeline.merge(group.timeline);
  const times = groups
    .flatMap(({ first, last }) => (first === null || last === null ? [] : [first, last]))
    .sort();
  return [
    {
      example,
      count: groups.reduce((sum, { count }) => sum + count, 0),
      first: times[0] ?? null,
      last: times.at(-1) ?? null,
      variants: mergeVariants(groups.flatMap(({ variants }) => variants)),
      examples: chooseExamples(groups.map(({ examples }) => examples)),
      regions: all
        .map(({ example: { aws }, group: { fingerprint, count, first, last } }) => ({
          region: aws?.region ?? null,
          fingerprint,
          count,
          first,
          last,
        }))
        .sort((a, b) => b.count - a.count),
      timeline,
    },
  ];
}

function chooseExamples(groups: readonly (readonly Example[])[]): readonly Example[] {
  const inTurn = Array.from({ length: MAX_EXAMPLES }, (_, turn) =>
    groups.flatMap((examples) => examples[turn] ?? []),
  ).flat();
  const variants = new Set<string | null>();
  const fresh = inTurn.filter(({ variant }) => variants.size < variants.add(variant).size);
  return [...fresh, ...inTurn.filter((finding) => !fresh.includes(finding))].slice(0, MAX_EXAMPLES);
}

function mergeVariants(variants: readonly FaultVariant[]): readonly FaultVariant[] {
  const byName = new Map<string | null, FaultVariant>();
  for (const variant of variants) {
    const known = byName.get(variant.variant);
    byName.set(
      variant.variant,
      known === undefined ? variant : { ...known, count: known.count + variant.count },
    );
  }
  return [...byName.values()].sort(compareSurety);
}

function gravity({ example }: Fault): number {
  return gravityOf(example.severity);
}
