// Measures how far one archive swells, over all its members, and stops a bomb.

import { SourceError } from '../lib/errors.ts';
import { formatSize } from '../lib/sizes.ts';
import { type InflateLimits, RATIO_FLOOR } from './source.ts';

interface Flow {
  fed: number;
  inflated: number;
}

/** The flow of one reading of one member. */
export interface MemberGauge {
  /** Counts packed bytes on their way in. */
  feed(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer>;
  /** Passes inflated bytes on until they are too many, then throws. */
  guard(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer>;
  /** Inflated bytes that were passed on. */
  inflated(): number;
}

export interface ArchiveGauge {
  /** Begins to measure a member; one that is read again counts once. */
  member(path: string): MemberGauge;
  /** Forgets what was read so far, which was only looked at. */
  restart(): void;
}

export function createGauge(limits: InflateLimits): ArchiveGauge {
  const total: Flow = { fed: 0, inflated: 0 };
  const members = new Map<string, Flow>();

  return {
    restart() {
      add(total, -total.fed, -total.inflated);
      members.clear();
    },
    member(path) {
      const earlier = members.get(path);
      if (earlier !== undefined) add(total, -earlier.fed, -earlier.inflated);
      const flow: Flow = { fed: 0, inflated: 0 };
      members.set(path, flow);
      return {
        inflated: () => flow.inflated,
        async *feed(chunks) {
          for await (const chunk of chunks) {
            add(flow, chunk.length, 0);
            add(total, chunk.length, 0);
            yield chunk;
          }
        },
        async *guard(chunks) {
          for await (const chunk of chunks) {
            const passed = chunk.subarray(0, Math.max(0, limits.maxInflated - total.inflated));
            add(flow, 0, passed.length);
            add(total, 0, passed.length);
            yield passed;
            if (passed.length < chunk.length) throw tooLarge(path, limits);
            // One member's ratio and the archive's: neither a bomb among logs nor many small ones pass.
            if (isBomb(flow, limits) || isBomb(total, limits)) throw tooDense(path, flow, limits);
          }
        },
      };
    },
  };
}

function add(flow: Flow, fed: number, inflated: number): void {
  flow.fed += fed;
  flow.inflated += inflated;
}

function isBomb(flow: Flow, limits: InflateLimits): boolean {
  return flow.inflated > RATIO_FLOOR && flow.inflated > flow.fed * limits.maxRatio;
}

function tooLarge(path: string, limits: InflateLimits): SourceError {
  return new SourceError(
    path,
    `the archive inflates to more than ${formatSize(limits.maxInflated)}; stopped there`,
    {
      hint: 'if it is a real log, raise the limit with --max-inflated',
    },
  );
}

function tooDense(path: string, flow: Flow, limits: InflateLimits): SourceError {
  return new SourceError(
    path,
    `the archive inflates to more than ${limits.maxRatio} times its size; stopped after ${formatSize(flow.inflated)}`,
    { hint: 'if it is a real log, raise the limit with --max-ratio' },
  );
}
