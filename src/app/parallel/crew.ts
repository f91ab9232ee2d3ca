// Hands the units of a scan, in their order, to whoever is free, and starts threads as far as they are worth it.
import { ticks } from '../../lib/ticks.ts';
import { sendRules } from '../../rules/builtin.ts';
import type { ScanSettings } from '../settings.ts';
import type { Tools } from '../tools.ts';
import { type Lane, type LaneEvents, OwnLane, ThreadLane } from './lane.ts';
import type { SharedSettings } from './message.ts';
import type { Unit } from './unit.ts';

/** Units that were planned, and not yet taken, a job: whoever is ahead finds something to do. */
const AHEAD_A_JOB = 4;
const MOST_AHEAD = 128;
/** A thread is started at once for so many parts of a file. */
const PARTS_FOR_A_THREAD = 16;
/** With less to do it is started when the scan has taken longer than a start does, and will take several times that still. */
const START_MS = 100;
/** In archives in which records are known by their wordings: the thread has to learn them, too. */
const DENSE_START_MS = 750;
const STARTS_LEFT = 5;

export class Crew {
  readonly #settings: ScanSettings;
  readonly #tools: Tools;
  readonly #planned: AsyncGenerator<Unit>;
  readonly #started = ticks();
  readonly #own: Lane;
  readonly #threads: Lane[] = [];
  readonly #events: LaneEvents;
  /** Not yet taken, in order; and those of them that nobody reads yet. */
  readonly #units: Unit[] = [];
  #taken: Unit | null = null;
  #unread: Unit[] = [];
  /** Whose descriptors are borrowed. */
  readonly #borrowed = new Set<Unit>();
  #isPlanning = false;
  #isPlanned = false;
  #workLeft = Number.POSITIVE_INFINITY;
  #workDone = 0;
  #isStopped = false;
  #fault: { readonly error: unknown } | null = null;
  #wake: (() => void) | null = null;
  readonly #stop = (): void => this.stop();

  constructor(planned: AsyncGenerator<Unit>, settings: ScanSettings, tools: Tools) {
    this.#planned = planned;
    this.#settings = settings;
    this.#tools = tools;
    this.#events = {
      onIdle: () => this.#goOn(),
      onDone: (unit) => {
        unit.inbox.close();
        this.#workDone += unit.work;
        void this.#giveBack(unit);
      },
      onFault: (error) => this.#fail(error),
    };
    this.#own = new OwnLane(settings, tools, this.#events);
    settings.signal?.addEventListener('abort', this.#stop);
    if (settings.signal?.aborted) this.stop();
    this.#goOn();
  }

  /** The next unit, whose inbox is to be emptied then; `null` behind the last one. Throws what broke the scan. */
  async next(): Promise<Unit | null> {
    while (this.#units.length === 0 && !this.#isPlanned && !this.#isStopped && this.#fault === null) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#fault !== null) throw this.#fault.error;
    this.#taken = this.#units.shift() ?? null;
    this.#goOn();
    return this.#taken;
  }

  /** What is read comes to an end soon, and nothing else is begun. */
  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    for (const unit of this.#unread.splice(0)) unit.inbox.close();
    for (const lane of [this.#own, ...this.#threads]) lane.abort();
    this.#wake?.();
  }

  /** To be called in any case. */
  async end(): Promise<void> {
    this.#settings.signal?.removeEventListener('abort', this.#stop);
    this.#isStopped = true;
    await Promise.all([this.#own, ...this.#threads].map((lane) => lane.end()));
    await this.#planned.return(undefined);
    for (const unit of this.#borrowed) await this.#giveBack(unit);
  }

  #goOn(): void {
    this.#assign();
    void this.#plan();
  }

  async #plan(): Promise<void> {
    const most = Math.max(this.#settings.jobs + 1, Math.min(AHEAD_A_JOB * this.#settings.jobs, MOST_AHEAD));
    if (this.#isPlanning) return;
    this.#isPlanning = true;
    try {
      while (!this.#isPlanned && !this.#isStopped && this.#units.length < most) {
        const { done, value } = await this.#planned.next();
        if (done === true) this.#isPlanned = true;
        else this.#add(value);
        this.#wake?.();
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#isPlanning = false;
    }
  }

  #add(unit: Unit): void {
    this.#units.push(unit);
    this.#workLeft = unit.workBehind;
    if (unit.lent === null) return;
    this.#borrowed.add(unit);
    if (this.#isStopped) {
      unit.inbox.close();
      return;
    }
    this.#unread.push(unit);
    this.#assign();
  }

  #assign(): void {
    // A unit that comes to its end while all is ended would have the next one read, from a descriptor that is given back.
    if (this.#isStopped) return;
    this.#startThreads();
    for (const lane of [...this.#threads, this.#own]) {
      for (let [unit] = this.#unread; unit !== undefined && lane.wants(unit); [unit] = this.#unread) {
        this.#unread = this.#unread.slice(1);
        lane.read(unit);
      }
    }
  }

  #startThreads(): void {
    const { jobs, partSize, meter } = this.#settings;
    const work = this.#unread.reduce((sum, unit) => sum + unit.work, this.#workLeft);
    const [next, ...others] = this.#unread;
    // The last unit, an archive mostly, and the first thread is free for it.
    if (next !== undefined && others.length === 0 && this.#workLeft === 0 && this.#own.wants(next)) return;
    if (next?.segment !== undefined && !this.#isSparse) return;
    // A plain file is read ahead by a thread that is not ours.
    const most = next?.segment === undefined ? jobs - 1 : jobs - 2;
    while (this.#unread.length > 0 && this.#threads.length < most) {
      const number = this.#threads.length + 1;
      const isMuch = work >= number * PARTS_FOR_A_THREAD * partSize;
      const start = this.#tools.isDense ? DENSE_START_MS : START_MS;
      if (!isMuch && !this.#takesLong(work, number * start)) return;
      this.#threads.push(new ThreadLane(sharedOf(this.#settings), meter, this.#events));
    }
  }

  /**
   * Whether a part was read, and few records in it were known by their wordings. Where many are, another thread would have to
   * learn them all, and to hand over all that it finds: beside a thread that writes, and a reader, that is no gain.
   */
  get #isSparse(): boolean {
    return this.#workDone > 0 && !this.#tools.isDense;
  }

  /** Whether the scan has taken so many milliseconds, and will take several times as many for the work that is left. */
  #takesLong(work: number, milliseconds: number): boolean {
    const elapsed = ticks() - this.#started;
    return elapsed >= milliseconds && elapsed * work >= STARTS_LEFT * milliseconds * this.#workDone;
  }

  #fail(error: unknown): void {
    this.#fault ??= { error };
    for (const unit of [this.#taken, ...this.#units]) unit?.inbox.fail(error);
    this.#wake?.();
  }

  async #giveBack(unit: Unit): Promise<void> {
    if (this.#borrowed.delete(unit)) await unit.lent?.loan.giveBack();
  }
}

function sharedOf(settings: ScanSettings): SharedSettings {
  const { minSeverity, since, until, host, redaction, advice, context, lines } = settings;
  const { recordLimits, inflateLimits } = settings;
  return {
    ...{ minSeverity, since, until, host, redaction, advice, context, lines, recordLimits, inflateLimits },
    rules: sendRules(settings.rules.rules),
    zone: settings.zone?.name ?? null,
  };
}
