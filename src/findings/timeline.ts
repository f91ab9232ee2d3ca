// When the occurrences of a fault fell, in a bounded number of buckets: as more time is covered, they grow wider.

const FIRST_STEP_MS = 1000;
const MAX_BUCKETS = 1024;
const FIRST_ROOM = 8;

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
  /** In ascending order: which buckets there are, and beside them how much is in each. A map takes three times the room. */
  #buckets = new Float64Array(FIRST_ROOM);
  #counts = new Float64Array(FIRST_ROOM);
  #size = 0;
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;

  /** `time` is a finding's; its offset is left aside: what counts is the log's own wall clock. */
  add(time: string): void {
    const wall = Date.parse(`${time.replace(/(?:Z|[+-]\d\d:\d\d)$/, '').slice(0, 23)}Z`);
    if (Number.isNaN(wall)) return;
    this.#from = Math.min(this.#from, wall);
    this.#to = Math.max(this.#to, wall);
    this.#count(Math.floor(wall / this.#step), 1);
    while (this.#size > MAX_BUCKETS) this.#widen();
  }

  /** `null` if no occurrence has a time. */
  spread(columns: number): Spread | null {
    if (this.#size === 0) return null;
    const counts = new Array<number>(columns).fill(0);
    const width = Math.max(1, this.#to - this.#from) / columns;
    for (const [bucket, count] of this.#entries()) {
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
    for (const [bucket, count] of other.#entries())
      this.#count(Math.floor((bucket * other.#step) / this.#step), count);
    this.#from = Math.min(this.#from, other.#from);
    this.#to = Math.max(this.#to, other.#to);
    while (this.#size > MAX_BUCKETS) this.#widen();
  }

  *#entries(): Generator<readonly [bucket: number, count: number]> {
    for (let at = 0; at < this.#size; at += 1) yield [this.#buckets[at] ?? 0, this.#counts[at] ?? 0];
  }

  #count(bucket: number, count: number): void {
    const at = this.#placeOf(bucket);
    if (at === this.#size || this.#buckets[at] !== bucket) this.#open(at, bucket);
    this.#counts[at] = (this.#counts[at] ?? 0) + count;
  }

  /** Of the first bucket that is not before this one. Time goes on, so that is the last one, mostly. */
  #placeOf(bucket: number): number {
    const buckets = this.#buckets;
    let [low, high] = [0, this.#size];
    for (let middle = high - 1; low < high; middle = (low + high) >> 1) {
      if ((buckets[middle] ?? 0) < bucket) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #open(at: number, bucket: number): void {
    if (this.#size === this.#buckets.length) {
      this.#buckets = grown(this.#buckets);
      this.#counts = grown(this.#counts);
    }
    this.#buckets.copyWithin(at + 1, at, this.#size);
    this.#counts.copyWithin(at + 1, at, this.#size);
    this.#buckets[at] = bucket;
    this.#counts[at] = 0;
    this.#size += 1;
  }

  #widen(): void {
    this.#step *= 2;
    const narrow = [...this.#entries()];
    this.#size = 0;
    for (const [bucket, count] of narrow) this.#count(Math.floor(bucket / 2), count);
  }
}

function grown(array: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}
