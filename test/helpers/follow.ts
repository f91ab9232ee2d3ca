// Follows a log in a folder of its own through the public `tail`, step by step: a file operation, then the follower
// looks until it sleeps. By events it is woken after each operation; by polling only when time passes.
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { ScanOptions } from '../../src/app/settings.ts';
import { type TailEvent, type TailOptions, tail } from '../../src/app/tail.ts';
import type { Finding } from '../../src/findings/finding.ts';
import type { FollowEvent } from '../../src/lib/follow-event.ts';
import { HandClock } from './hand-clock.ts';
import { builtInRules, scanPaths } from './scan.ts';

const MODES = ['by events', 'by polling'] as const;
type Mode = (typeof MODES)[number];

const POLL_MS = 250;
/** Of real time, for minutes of the log's: a busy machine is no fault. */
const TIMEOUT_MS = 60_000;

/** An error of its own number, on one line; all are of one length up to 99. */
export function error(number: number): string {
  return `${headOfError(number)}${TAIL_OF_ERROR}\n`;
}

export function headOfError(number: number): string {
  const two = String(number).padStart(2, '0');
  return `${timeAt(4, number)},000 ERROR [AWS_PLUGIN] (task-${two}) E${two}: `;
}

export const TAIL_OF_ERROR =
  'The security token included in the request is invalid. (Service: AmazonIdentityManagement; Status Code: 403; Error Code: InvalidClientTokenId; Request ID: 0f8fad5b-d9cb-469f-a165-70867728950e)';

function timeAt(hour: number, second: number): string {
  return new Date(Date.UTC(2026, 10, 23, hour, 0, second)).toISOString().replace('T', ' ').slice(0, 19);
}

/** A line that is no finding. */
export function info(second: number): string {
  return `${timeAt(3, second)},000 INFO  [AWS_PLUGIN] (task-1) polled ${second} instances\n`;
}

export function errors(...numbers: readonly number[]): string {
  return numbers.map(error).join('');
}

interface Expected {
  readonly findings: readonly number[];
  /** What happened to the log, without the beginning. */
  readonly events?: readonly FollowEvent['event'][];
  /** Findings that no file holds any more. */
  readonly destroyed?: readonly number[];
  /** Findings that were there before. */
  readonly old?: readonly number[];
  /** What a scan is to read instead of the folder. */
  readonly scan?: readonly string[];
  readonly scanOptions?: Partial<ScanOptions>;
}

export class Followed {
  readonly folder = mkdtempSync(join(tmpdir(), 'oclog-follow-'));
  readonly log: string;
  readonly #mode: Mode;
  readonly #clock = new HandClock();
  readonly #stop = new AbortController();
  readonly findings: Finding[] = [];
  readonly #events: FollowEvent[] = [];
  #following: Promise<void> | null = null;
  #gate: (() => Promise<void>) | null = null;

  constructor(mode: Mode, log: string) {
    this.#mode = mode;
    this.log = this.path(log);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Begins, and lets it look at what is there. */
  async follow(options: Partial<TailOptions> = {}, others: readonly string[] = []): Promise<void> {
    const events = tail([this.log, ...others], {
      rules: await builtInRules(),
      host: 'vna-test',
      from: 'end',
      idleFlushMs: 1000,
      pollMs: this.#mode === 'by events' ? null : POLL_MS,
      signal: this.#stop.signal,
      world: this.#clock,
      ...options,
    });
    this.#following = this.#collect(events);
    await this.pass(1600);
  }

  /** The reader of what it reports takes the next thing only when `meanwhile` is over, `ms` later. */
  async blocked(ms: number, meanwhile: () => void): Promise<void> {
    const reached = new Promise<void>((resolve) => {
      this.#gate = async () => {
        this.#gate = null;
        meanwhile();
        this.#clock.skip(ms);
        resolve();
      };
    });
    this.#clock.nudge();
    await reached;
    await this.pass(0);
  }

  /** How often it went to sleep. */
  get looks(): number {
    return this.#clock.sleeps;
  }

  /** Something is done to files. */
  async step(...actions: readonly (() => void)[]): Promise<void> {
    for (const action of actions) {
      action();
      if (this.#mode === 'by events') await this.#unlessFailed(this.#clock.wake());
    }
  }

  /** By `copytruncate`, in two steps. */
  async copyAndCut(copy = 'oc.log.1'): Promise<void> {
    await this.step(() => copyFileSync(this.log, this.path(copy)));
    await this.step(() => truncateSync(this.log));
  }

  /** By name, `.1` the newest; the log is gone then. */
  rotate(): void {
    const last = readdirSync(this.folder).filter((name) => name.startsWith('oc.log.')).length;
    for (let index = last; index > 0; index -= 1)
      renameSync(this.path(`oc.log.${index}`), this.path(`oc.log.${index + 1}`));
    renameSync(this.log, this.path('oc.log.1'));
  }

  write(text: string | Buffer, name = this.log): Promise<void> {
    return this.step(() => appendFileSync(name, text));
  }

  create(text: string | Buffer, name = this.log): Promise<void> {
    return this.step(() => {
      mkdirSync(dirname(name), { recursive: true });
      writeFileSync(name, text, { flag: 'wx' });
    });
  }

  async pass(ms: number): Promise<void> {
    await this.#unlessFailed(this.#clock.pass(ms));
  }

  /** The numbers of the errors reported so far. */
  get reported(): readonly number[] {
    return this.findings.map(numberOf);
  }

  /** What happened to the log so far, without the beginning. */
  get events(): readonly FollowEvent['event'][] {
    return this.#events.slice(1).map(({ event }) => event);
  }

  /** What was said about it last. */
  get detail(): string {
    return this.#events.at(-1)?.detail ?? '';
  }

  /** Lets it see and flush all, and compares what came of it, also with what a scan reads afterwards. */
  async expect({
    findings,
    events = [],
    destroyed = [],
    old = [],
    scan = [this.folder],
    scanOptions = {},
  }: Expected): Promise<void> {
    await this.pass(2500);
    expect(this.reported).toEqual(findings);
    expect(this.events).toEqual(events);
    await this.stop();
    // Its end tells nothing new.
    expect(this.reported).toEqual(findings);
    const gone = [...destroyed];
    const kept = this.findings.filter((finding) => {
      const at = gone.indexOf(numberOf(finding));
      if (at >= 0) gone.splice(at, 1);
      return at < 0;
    });
    const scanned = (await scanPaths(scan, scanOptions)).findings.filter(
      (finding) => !old.includes(numberOf(finding)),
    );
    expect(kept.map(placeOf).sort()).toEqual(scanned.map(placeOf).sort());
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#following;
    this.#following = null;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #unlessFailed(step: Promise<void>): Promise<void> {
    await Promise.race([step, this.#following]);
  }

  async #collect(events: AsyncIterable<TailEvent>): Promise<void> {
    for await (const event of events) {
      if (event.type === 'finding') this.findings.push(event);
      else if (event.type === 'event') this.#events.push(event);
      await this.#gate?.();
    }
  }
}

export function numberOf({ record }: Finding): number {
  return Number(/ E(\d\d)/.exec(record.text)?.[1]);
}

export function placeOf({ code, id, source: { line, offset } }: Finding): string {
  return `${code} ${id} ${line} ${offset}`;
}

/** A test in both modes. */
export function followTest(name: string, run: (followed: Followed) => Promise<void>, log = 'oc.log'): void {
  describe(name, () => {
    test.each(MODES)(
      '%s',
      async (mode) => {
        const followed = new Followed(mode, log);
        try {
          await run(followed);
        } finally {
          await followed.remove();
        }
      },
      TIMEOUT_MS,
    );
  });
}
