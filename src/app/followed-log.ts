// One followed log: its contents in the order in which they began, each judged as its bytes come. The last record of one
// is taken for complete when a look after `idleFlushMs` finds nothing new.
import type { Finding } from '../findings/finding.ts';
import { redactLine } from '../findings/redact.ts';
import type { FollowEvent } from '../lib/follow-event.ts';
import type { FollowItem } from '../sources/follow/item.ts';
import { clockOfNow, LiveLog } from './live-log.ts';
import type { ScanSettings } from './settings.ts';

/** All that was written has been dealt with; counts are since the start. */
export interface TailStatus {
  readonly type: 'status';
  readonly path: string;
  readonly bytes: number;
  readonly lines: number;
  /** Bytes that wait to be read. */
  readonly behind: number;
}

export interface Clock {
  /** Milliseconds; only differences count. */
  now(): number;
  /** Milliseconds since 1970. */
  date(): number;
}

interface Content {
  readonly log: LiveLog;
  /** When bytes came last; `null` if nothing is left to be judged. */
  grownAt: number | null;
  /** Whether its successor has been written to. */
  superseded: boolean;
  /** Its successor was there before it: what comes of it says nothing about others. */
  readonly isLate: boolean;
}

export class FollowedLog {
  readonly #path: string;
  readonly #settings: ScanSettings;
  readonly #idleFlushMs: number;
  readonly #clock: Clock;
  /** By the number of its generation. */
  readonly #contents = new Map<number, Content>();
  #bytes = 0;
  #lines = 0;

  constructor(path: string, settings: ScanSettings, idleFlushMs: number, clock: Clock) {
    this.#path = path;
    this.#settings = settings;
    this.#idleFlushMs = idleFlushMs;
    this.#clock = clock;
  }

  async *take(item: FollowItem): AsyncGenerator<Finding | FollowEvent | TailStatus> {
    switch (item.type) {
      case 'start':
        this.#contents.set(item.generation, {
          log: new LiveLog(
            item,
            this.#settings,
            clockOfNow(this.#settings.zone, () => item.modified?.getTime() ?? this.#clock.date()),
          ),
          grownAt: null,
          superseded: false,
          isLate: item.isLate === true,
        });
        break;
      case 'bytes': {
        const content = this.#contents.get(item.generation);
        if (content === undefined) break;
        this.#bytes += item.chunk.length;
        if (this.#settings.meter !== undefined) this.#settings.meter.read += item.chunk.length;
        yield* this.#supersede(content);
        const linesBefore = content.log.lines;
        yield* content.log.push(item.chunk);
        this.#lines += content.log.lines - linesBefore;
        content.grownAt = this.#clock.now();
        break;
      }
      case 'end': {
        const content = this.#contents.get(item.generation);
        this.#contents.delete(item.generation);
        if (content !== undefined) yield* item.isLeft === true ? content.log.flush() : content.log.end();
        break;
      }
      case 'caught-up':
        yield* this.#flushIdle(item.at);
        yield {
          type: 'status',
          path: this.#path,
          bytes: this.#bytes,
          lines: this.#lines,
          behind: item.behind,
        };
        break;
      case 'event':
        yield { ...item, path: this.#shown(item.path), detail: this.#shown(item.detail) };
    }
  }

  /** Paths are the user's, and may hold anything. */
  #shown(text: string): string {
    return redactLine(text, this.#settings.redaction);
  }

  /** In how many milliseconds a look is wanted, since a record may be complete by then. */
  dueIn(): number {
    const grown = Array.from(this.#contents.values(), ({ grownAt }) => grownAt ?? Number.POSITIVE_INFINITY);
    return Math.min(...grown) + this.#idleFlushMs - this.#clock.now();
  }

  /** A record never goes on in the next log: whoever writes to that one has ended what stands in those before it. */
  async *#supersede(by: Content): AsyncGenerator<Finding> {
    if (by.isLate) return;
    for (const content of this.#contents.values()) {
      if (content === by) return;
      if (content.superseded) continue;
      content.superseded = true;
      yield* flush(content);
    }
  }

  /** `at`: when the look began that found nothing more; time alone may have passed over a busy reader. */
  async *#flushIdle(at: number): AsyncGenerator<Finding> {
    for (const content of this.#contents.values()) {
      if (content.grownAt === null || at - content.grownAt < this.#idleFlushMs) continue;
      yield* flush(content);
    }
  }
}

async function* flush(content: Content): AsyncGenerator<Finding> {
  content.grownAt = null;
  yield* content.superseded ? content.log.flushAll() : content.log.flush();
}
