// Who reads units: the first thread itself, beside all else that it does, or a thread of its own.
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { compiledKernel } from '../../kernel/module.ts';
import { BUILT_VERSION } from '../../lib/build.ts';
import { systemCode } from '../../lib/errors.ts';
import { HOME } from '../../lib/home.ts';
import type { ReadMeter } from '../../sources/source.ts';
import type { Segment } from '../read-candidates.ts';
import type { ScanSettings } from '../settings.ts';
import type { Tools } from '../tools.ts';
import { Credit } from './credit.ts';
import type { FromWorker, SharedSettings, ToWorker, WorkerData } from './message.ts';
import { readUnit } from './read-unit.ts';
import type { Unit } from './unit.ts';

export interface Lane {
  /** Whether it would take this unit now. */
  wants(unit: Unit): boolean;
  read(unit: Unit): void;
  /** Ends what it reads, soon; what was found by then is sent. */
  abort(): void;
  /** Resolves when nothing is read any more. */
  end(): Promise<void>;
}

export interface LaneEvents {
  /** A unit was read, or the lane has become ready for the first one. */
  onIdle(): void;
  onDone(unit: Unit): void;
  /** A fault of oclog. */
  onFault(error: unknown): void;
}

export class OwnLane implements Lane {
  readonly #settings: ScanSettings;
  readonly #tools: Tools;
  readonly #events: LaneEvents;
  readonly #abort = new AbortController();
  readonly #credit = new Credit();
  #reading: Promise<void> | null = null;
  /** The unit behind the one that was read last, and how many lines come before it. */
  #next = { number: 0, lines: 0 };

  constructor(settings: ScanSettings, tools: Tools, events: LaneEvents) {
    this.#settings = { ...settings, signal: this.#abort.signal };
    this.#tools = tools;
    this.#events = events;
  }

  wants(): boolean {
    return this.#reading === null;
  }

  read(unit: Unit): void {
    this.#reading = this.#read(unit)
      .then(() => this.#events.onDone(unit), this.#events.onFault)
      .finally(() => {
        this.#reading = null;
        this.#events.onIdle();
      });
  }

  async #read({ number, input, segment, inbox }: Unit): Promise<void> {
    // Messages of the threads come first.
    await setImmediate();
    const placed = segment === undefined ? null : this.#placed(number, segment);
    await readUnit(input.sources, placed ?? segment, this.#settings, this.#tools, (batch) => {
      const { ended, weight } = batch;
      if (placed !== null && ended !== null)
        this.#next = { number: number + 1, lines: placed.linesBefore + ended.lines };
      inbox.put({ ...batch, isPlaced: placed !== null }, () => this.#credit.giveBack(weight));
      return this.#credit.take(weight);
    });
  }

  /** Who reads one segment after the other knows how many lines come before: they need not be moved. */
  #placed(number: number, segment: Segment): (Segment & { readonly linesBefore: number }) | null {
    if (segment.from === 0) return { ...segment, linesBefore: 0 };
    return number === this.#next.number ? { ...segment, linesBefore: this.#next.lines } : null;
  }

  abort(): void {
    this.#abort.abort();
  }

  async end(): Promise<void> {
    this.abort();
    this.#credit.waive();
    await this.#reading;
  }
}

/** Beside the bundle; or where the build puts it, for a program that runs from its sources. */
const WORKER = join(HOME, BUILT_VERSION === null ? '../dist/worker.js' : 'worker.js');

/** So many small units wait in a thread, for the first thread may be too busy to hand out the next one at once. */
const MOST_AT_A_TIME = 3;

/** What the system says that has no thread, or no descriptor, left for one: others read what it would have read. */
const REFUSALS: readonly (string | undefined)[] = ['ERR_WORKER_INIT_FAILED', 'EAGAIN', 'EMFILE', 'ENFILE'];

function isRefusal(error: unknown): boolean {
  return REFUSALS.includes(systemCode(error));
}

function startWorker(workerData: WorkerData): Worker | null {
  try {
    return new Worker(WORKER, { workerData });
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

export class ThreadLane implements Lane {
  /** `null` where the system gave none. */
  readonly #worker: Worker | null;
  readonly #units = new Map<number, Unit>();
  #isReady = false;
  #isRefused = false;
  #isEnding = false;

  constructor(shared: SharedSettings, meter: ReadMeter | undefined, events: LaneEvents) {
    this.#worker = startWorker({ shared, kernel: compiledKernel() });
    this.#worker?.on('message', (message: FromWorker) => {
      if (message.type === 'read') {
        if (meter !== undefined) meter.read += message.bytes;
        return;
      }
      if (message.type === 'ready') {
        this.#isReady = true;
        events.onIdle();
        return;
      }
      const unit = this.#units.get(message.unit);
      if (unit === undefined) return;
      if (message.type === 'batch') {
        const { batch } = message;
        unit.inbox.put(batch, () => this.#post({ type: 'taken', weight: batch.weight }));
        return;
      }
      this.#units.delete(message.unit);
      events.onDone(unit);
      events.onIdle();
    });
    this.#worker?.on('error', (error) => {
      if (!this.#isReady && isRefusal(error)) this.#isRefused = true;
      else events.onFault(error);
    });
    this.#worker?.on('exit', (code) => {
      if (!this.#isEnding && !this.#isRefused)
        events.onFault(new Error(`a thread of the scan ended by itself, with ${code}`));
    });
  }

  /** What is large is given to whoever is free. */
  wants({ segment }: Unit): boolean {
    return this.#isReady && this.#units.size < (segment === undefined ? 1 : MOST_AT_A_TIME);
  }

  read(unit: Unit): void {
    if (unit.lent === null) throw new Error('a unit that no other thread can read');
    this.#units.set(unit.number, unit);
    this.#post({ type: 'task', unit: unit.number, task: unit.lent.task });
  }

  abort(): void {
    this.#post({ type: 'abort' });
  }

  async end(): Promise<void> {
    this.#isEnding = true;
    await this.#worker?.terminate();
  }

  #post(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }
}
