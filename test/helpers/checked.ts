// A log and the runs of a check on it, with time by hand: file operations, then a run, and what it found.
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { CheckAnswer } from '../../src/alerts/answer.ts';
import { GAP } from '../../src/alerts/own-faults.ts';
import { DEFAULT_POLICY } from '../../src/alerts/policy.ts';
import { check } from '../../src/app/check.ts';
import type { CheckSettings } from '../../src/app/check-settings.ts';
import { type ScanOptions, settle } from '../../src/app/settings.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { compileSuccesses } from '../../src/rules/success.ts';
import { zipOf } from './archives.ts';
import { numberOf } from './follow.ts';
import { builtInRules } from './scan.ts';

const CENTURY_MS = 100 * 365 * 86_400_000;

export interface Run {
  readonly answer: CheckAnswer;
  readonly findings: readonly Finding[];
  /** The numbers of the errors that were found. */
  readonly numbers: readonly number[];
  /** Whether a part of the log is said to be lost. */
  readonly hasGap: boolean;
}

export class Checked {
  readonly root = mkdtempSync(join(tmpdir(), 'oclog-check-'));
  readonly folder = join(this.root, 'log');
  readonly stateDir = join(this.root, 'state');
  readonly log: string;
  readonly runs: Run[] = [];
  #passed = 0;

  constructor(log = 'oc.log') {
    mkdirSync(this.folder);
    this.log = this.path(log);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  now(): number {
    return Date.now() + this.#passed;
  }

  pass(ms: number): void {
    this.#passed += ms;
  }

  write(text: string | Buffer, name = this.log): void {
    appendFileSync(name, text);
    this.#touch(name);
  }

  create(text: string | Buffer, name = this.log): void {
    writeFileSync(name, text, { flag: 'wx' });
    this.#touch(name);
  }

  /** Written to now, by the time of the play. */
  #touch(name: string): void {
    const now = new Date(this.now());
    utimesSync(name, now, now);
  }

  /** By name, `.1` the newest; the log is gone then. */
  rotate(): void {
    const last = readdirSync(this.folder).filter((name) => /^oc\.log\.\d+$/.test(name)).length;
    for (let index = last; index > 0; index -= 1)
      renameSync(this.path(`oc.log.${index}`), this.path(`oc.log.${index + 1}`));
    renameSync(this.log, this.path('oc.log.1'));
  }

  /** Into a new file; the old one goes. */
  pack(name: string, packing: 'gz' | 'zip'): void {
    const bytes = readFileSync(this.path(name));
    const packed = packing === 'gz' ? gzipSync(bytes) : zipOf([{ name: 'oc.log', data: bytes }]);
    writeFileSync(this.path(`${name}.${packing}`), packed);
    rmSync(this.path(name));
  }

  copyAndCut(copy = 'oc.log.1'): void {
    copyFileSync(this.log, this.path(copy));
    truncateSync(this.log);
  }

  /** The files of the state directory, their names without what is made of paths. */
  get stateFiles(): readonly string[] {
    return existsSync(this.stateDir) ? readdirSync(this.stateDir).sort() : [];
  }

  get stateFile(): string {
    const name = this.stateFiles.find((one) => one.endsWith('.json') && !one.includes('.unknown.')) ?? '';
    return join(this.stateDir, name);
  }

  settings({ scan, ...rest }: CheckedOptions = {}): Promise<CheckSettings> {
    const world = { now: () => this.now(), sleep: async () => undefined };
    return checkSettings(this.stateDir, { world, ...rest }, scan);
  }

  /** A run, in as many milliseconds. */
  async run(options: CheckedOptions = {}, after = 120_000): Promise<Run> {
    this.pass(after);
    const findings: Finding[] = [];
    const answer = await check([this.log], await this.settings(options), {
      finding: async (finding) => void findings.push(finding),
      answer: async () => undefined,
    });
    const run = {
      answer,
      findings,
      numbers: findings.map(numberOf),
      hasGap: answer.open.some(({ code, fresh }) => code === GAP.code && fresh > 0),
    };
    this.runs.push(run);
    return run;
  }

  /** The numbers of all errors that were found, in all runs. */
  get numbers(): readonly number[] {
    return this.runs.flatMap(({ numbers }) => numbers);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

export type CheckedOptions = Partial<Omit<CheckSettings, 'scan'>> & { readonly scan?: Partial<ScanOptions> };

/** The first run looks back for ever, and nobody waits. */
export async function checkSettings(
  stateDir: string,
  settings: Partial<Omit<CheckSettings, 'scan'>> = {},
  scan: Partial<ScanOptions> = {},
): Promise<CheckSettings> {
  return {
    scan: settle({ rules: await builtInRules(), host: 'vna-test', ...scan }),
    stateDir,
    name: null,
    lookbackMs: CENTURY_MS,
    recordTimeoutMs: 60_000,
    deadlineMs: null,
    maxAgeMs: null,
    policy: DEFAULT_POLICY,
    successes: await compileSuccesses([]),
    outbox: null,
    dryRun: false,
    world: { now: Date.now, sleep: async () => undefined },
    isAborted: () => false,
    ...settings,
  };
}

/** Runs `play` on a log of its own. */
export async function withChecked(play: (checked: Checked) => Promise<void>, log?: string): Promise<void> {
  const checked = new Checked(log);
  try {
    await play(checked);
  } finally {
    checked.remove();
  }
}
