// When the occurrences of a fault fell, in a bounded number of buckets: as more time is covered, they grow wider.

const FIRST_STEP_MS = 1000;
const MAX_BUCKETS = 1024;

/** Occurrences spread evenly over the time from the first to the last. */
export interface Spread {
  /** Wall times of the first and the last occurrence, read as if they were UTC (ms). */
  readonly from: number;
  readonly to: number;
  /** One count a column. */
  readonly counts: readonly number[];
}

export class Timeline {
  #step = FIRST_STEP_MS;
  #counts = new Map<number, number>();
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;

  /** `time` is a finding's; its offset is left aside: what counts is the log's own wall clock. */
  add(time: string): void {
    const wall = Date.parse(`${time.replace(/(?:Z|[+-]\d\d:\d\d)$/, '').slice(0, 23)}Z`);
    if (Number.isNaN(wall)) return;
    this.#from = Math.min(this.#from, wall);
    this.#to = Math.max(this.#to, wall);
    this.#count(Math.floor(wall / this.#step), 1);
    while (this.#counts.size > MAX_BUCKETS) this.#widen();
  }

  /** `null` if no occurrence has a time. */
  spread(columns: number): Spread | null {
    if (this.#counts.size === 0) return null;
    const counts = new Array<number>(columns).fill(0);
    const width = Math.max(1, this.#to - this.#from) / columns;
    for (const [bucket, count] of this.#counts) {
      // A bucket's middle may lie outside of what was seen.
      const middle = Math.min(this.#to, Math.max(this.#from, (bucket + 0.5) * this.#step));
      const column = Math.min(columns - 1, Math.floor((middle - this.#from) / width));
      counts[column] = (counts[column] ?? 0) + count;
    }
    return { from: this.#from, to: this.#to, counts };
  }

  /** Takes in what `other` counted. */
  merge(other: Timeline): void {
    while (this.#step < other.#step) this.#widen();
    for (const [bucket, count] of other.#counts)
      this.#count(Math.floor((bucket * other.#step) / this.#step), count);
    this.#from = Math.min(this.#from, other.#from);
    this.#to = Math.max(this.#to, other.#to);
    while (this.#counts.size > MAX_BUCKETS) this.#widen();
  }

  #count(bucket: number, count: number): void {
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + count);
  }

  #widen(): void {
    const counts = this.#counts;
    this.#step *= 2;
    this.#counts = new Map();
    for (const [bucket, count] of counts) this.#count(Math.floor(bucket / 2), count);
  }
}
