// Findings -> faults: occurrences of one fingerprint counted together, with a few examples. Memory is bounded by
// the number of faults kept, never by the number of findings.
import { sharing } from '../lib/detached.ts';
import { type Example, keepExample } from './examples.ts';
import {
  type Advice,
  type Confidence,
  compareSurety,
  type Finding,
  gravityOf,
  type Severity,
} from './finding.ts';
import { Timeline } from './timeline.ts';

/** Faults beyond this many are counted but not kept: hostile text can name any number of services. */
const MAX_FAULTS = 1000;
/** With more than so many, what is kept of each is packed. */
const MOST_UNPACKED = 128;

/** One way of failing within a fault. */
export interface FaultVariant {
  readonly variant: string | null;
  readonly confidence: Confidence;
  readonly count: number;
  readonly advice: Advice | null;
}

export interface FaultGroup {
  readonly fingerprint: string;
  readonly count: number;
  /** The times of the earliest and the latest occurrence as the log prints them; `null` if none has one. */
  readonly first: string | null;
  readonly last: string | null;
  /** The surest first. */
  readonly variants: readonly FaultVariant[];
  /** Up to five findings. */
  readonly examples: readonly Example[];
  readonly timeline: Timeline;
}

interface OpenGroup {
  readonly severity: Severity;
  count: number;
  first: string | null;
  last: string | null;
  readonly variants: Map<string, FaultVariant>;
  readonly examples: Example[];
  readonly timeline: Timeline;
}

/** Collects findings; `groups` tells what they amount to. */
export class FaultGroups {
  readonly #groups = new Map<string, OpenGroup>();
  /** Most of what faults of a rule are advised is the same. */
  readonly #copyAdvice = sharing();
  #omitted = 0;
  /** No fault that is kept is less grave, as far as is known. */
  #leastGravity = -1;

  /** Findings of faults that were too many to keep. */
  get omitted(): number {
    return this.#omitted;
  }

  /** So many faults that little should be kept of each. */
  get areMany(): boolean {
    return this.#groups.size > MOST_UNPACKED;
  }

  add(finding: Finding): void {
    let group = this.#groups.get(finding.fingerprint);
    if (group === undefined) {
      if (this.#groups.size >= MAX_FAULTS && !this.#makeRoom(finding)) {
        this.#omitted += 1;
        return;
      }
      group = {
        severity: finding.severity,
        count: 0,
        first: null,
        last: null,
        variants: new Map(),
        examples: [],
        timeline: new Timeline(),
      };
      this.#groups.set(finding.fingerprint, group);
    }
    group.count += 1;
    if (finding.time !== null) {
      group.timeline.add(finding.time);
      if (group.first === null || finding.time < group.first) group.first = finding.time;
      if (group.last === null || finding.time > group.last) group.last = finding.time;
    }
    this.#countVariant(group, finding);
    keepExample(group.examples, finding, this.areMany);
  }

  #countVariant(group: OpenGroup, finding: Finding): void {
    const key = finding.variant ?? '';
    const known = group.variants.get(key);
    group.variants.set(key, {
      variant: finding.variant,
      confidence: finding.confidence,
      count: (known?.count ?? 0) + 1,
      // The first occurrence's: others differ in values that were filled in, if at all.
      advice: known === undefined ? this.#copyAdvice(finding.advice ?? null) : known.advice,
    });
  }

  /** A graver fault takes the place of the least grave one that is kept. */
  #makeRoom({ severity }: Finding): boolean {
    if (gravityOf(severity) <= this.#leastGravity) return false;
    this.#leastGravity = Math.min(...[...this.#groups.values()].map((group) => gravityOf(group.severity)));
    for (const [fingerprint, group] of this.#groups) {
      if (gravityOf(severity) <= this.#leastGravity) return false;
      if (gravityOf(group.severity) > this.#leastGravity) continue;
      this.#groups.delete(fingerprint);
      this.#omitted += group.count;
      return true;
    }
    return false;
  }

  /** Whether the finding of that id is one of the examples. */
  shows(id: string): boolean {
    return [...this.#groups.values()].some(({ examples }) => examples.some((example) => example.id === id));
  }

  /** The gravest fault first, then the most frequent. */
  groups(): readonly FaultGroup[] {
    const groups = [...this.#groups].map(([fingerprint, group]) => ({
      fingerprint,
      severity: group.severity,
      count: group.count,
      first: group.first,
      last: group.last,
      variants: [...group.variants.values()].sort(compareSurety),
      examples: group.examples,
      timeline: group.timeline,
    }));
    return groups.sort((a, b) => gravityOf(b.severity) - gravityOf(a.severity) || b.count - a.count);
  }
}
