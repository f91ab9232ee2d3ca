// One unit of a scan -> what was found in it, in batches: the work of every thread, the first one included.
import type { Source } from '../../sources/source.ts';
import type { Segment } from '../read-candidates.ts';
import { type Found, findingsIn, newIntake } from '../scan-source.ts';
import type { ScanSettings } from '../settings.ts';
import type { Tools } from '../tools.ts';
import type { Batch, Ended } from './message.ts';

const FULL = 256 * 1024;
/** Fields and advice of a finding, but for the text of its record. */
const FINDING_WEIGHT = 2048;

/** Resolves when more may be sent. */
export type Send = (batch: Batch) => Promise<void>;

/** Reads the sources in turn until the signal, and sends an end for each that was begun. */
export async function readUnit(
  sources: readonly Source[],
  segment: Segment | undefined,
  settings: ScanSettings,
  tools: Tools,
  send: Send,
): Promise<void> {
  const outbox = new Outbox(send);
  for (const source of sources) {
    if (settings.signal?.aborted) return;
    const intake = newIntake();
    for await (const event of findingsIn(source, settings, intake, tools, segment)) await outbox.add(event);
    await outbox.end({
      ...intake,
      problems: intake.problems.map(({ path, message, hint }) => ({ path, message, hint })),
      isWhole: settings.signal?.aborted !== true,
    });
  }
}

/** Sends what is full, and what has waited for a turn of the event loop: a finding on a quiet log is shown at once. */
class Outbox {
  readonly #send: Send;
  #events: Found[] = [];
  #weight = 0;
  #due: NodeJS.Immediate | null = null;
  #sending: Promise<void> | undefined;

  constructor(send: Send) {
    this.#send = send;
  }

  add(event: Found): Promise<void> | undefined {
    this.#events.push(event);
    this.#weight += weightOf(event);
    if (this.#weight >= FULL) return this.#flush(null);
    this.#due ??= setImmediate(() => {
      this.#sending = this.#flush(null);
    });
    return this.#sending;
  }

  async end(ended: Ended): Promise<void> {
    await this.#sending;
    await this.#flush(ended);
  }

  #flush(ended: Ended | null): Promise<void> {
    if (this.#due !== null) clearImmediate(this.#due);
    this.#due = null;
    const batch: Batch = { events: this.#events, weight: this.#weight, ended };
    this.#events = [];
    this.#weight = 0;
    return this.#send(batch);
  }
}

function weightOf(event: Found): number {
  if (event.type === 'lines') return event.bytes.length;
  if (event.type === 'finding') return FINDING_WEIGHT + event.record.text.length;
  return [...event.before, ...event.after].reduce((sum, { length }) => sum + length, FINDING_WEIGHT);
}
