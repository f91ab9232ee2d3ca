// Laws of a run that is killed or refused, tried against the same scene undisturbed: whatever happened, by the end of the
// good runs behind it everything was told, repeats bore the same names, and nothing was left behind.
import { expect } from '@jest/globals';
import { type Ended, type Fault, Lab, NO_FILE } from './lab.ts';
import type { Scene } from './scenes.ts';

const KILLS = ['kill before', 'kill half', 'kill after'] as const;
/** Far more system calls than one thread makes. */
const MOST_CALLS = 1000;
/** Operations that can stop halfway. */
const DIVISIBLE = /write|stdout|socket/i;
const REFUSALS = ['ENOSPC', 'EIO', 'EDQUOT'] as const;

/** Each operation meets one of the errors, once and for good. */
function refusalsAt(at: number): readonly Fault[] {
  const code = REFUSALS[at % REFUSALS.length] ?? 'EIO';
  return [
    { mode: 'error', at, code },
    { mode: 'error', at, code, isLasting: true },
  ];
}

/** What there is to hold a disturbed run to. */
interface Outcome {
  readonly findings: readonly string[];
  /** Ids of notices, by receiver. */
  readonly notices: readonly (readonly string[])[];
  readonly files: readonly string[];
  readonly isUnknown: boolean;
}

/** A scene, ready to be disturbed at any operation of its run. */
export class Stage {
  readonly #lab: Lab;
  readonly #scene: Scene;
  readonly #undisturbed: Outcome;
  /** Ids of alerts: of what the run in question is to tell, and of all that any run tells. */
  readonly #alerts: { readonly due: readonly string[]; readonly possible: readonly string[] };
  /** Of the run in question. */
  readonly operations: readonly string[];

  private constructor(
    lab: Lab,
    scene: Scene,
    told: {
      readonly undisturbed: Outcome;
      readonly due: readonly string[];
      readonly possible: readonly string[];
    },
    operations: readonly string[],
  ) {
    this.#lab = lab;
    this.#scene = scene;
    this.#undisturbed = told.undisturbed;
    this.#alerts = told;
    this.operations = operations;
  }

  static async open(scene: Scene): Promise<Stage> {
    const lab = await Lab.open();
    await scene.begin(lab);
    lab.keep();
    lab.restore();
    await scene.run(lab);
    const due = alertsOf(lab);
    await scene.end(lab);
    const undisturbed = outcomeOf(lab);
    await scene.end(lab);
    const possible = alertsOf(lab);
    lab.restore();
    const operations = await lab.operationsOf((fault) => scene.run(lab, fault));
    return new Stage(lab, scene, { undisturbed, due, possible }, operations);
  }

  /** All that can happen to the run in question. */
  get faults(): readonly Fault[] {
    return this.operations.flatMap((operation, at): readonly Fault[] => [
      ...KILLS.flatMap((mode) => (mode !== 'kill half' || DIVISIBLE.test(operation) ? [{ mode, at }] : [])),
      ...(NO_FILE.test(operation) ? [] : refusalsAt(at)),
    ]);
  }

  /** Kills the run at every so many system calls, until it makes no more; yields how often. */
  async killAtCalls(from: number, step: number): Promise<number> {
    let kills = 0;
    for (let at = from; at < MOST_CALLS; at += step) {
      if ((await this.disturb([{ mode: 'kill at call', at }])) === 0) return kills;
      kills += 1;
    }
    throw new Error(`it was killed ${kills} times, and is not over yet`);
  }

  /**
   * Plays the scene with each of the faults; throws at the first law that does not hold, and says where. Yields how many runs
   * were killed: not all are, since one that writes slowly has another number of operations.
   */
  async disturb(faults: readonly Fault[]): Promise<number> {
    let kills = 0;
    for (const fault of faults) {
      try {
        if ((await this.#disturbOnce(fault)) === 'SIGKILL') kills += 1;
      } catch (error) {
        const where = `${JSON.stringify(fault)}, ${this.operations[fault.at]}, of ${this.operations.join(' ')}`;
        throw new Error(`${this.#scene.name}: ${where}\n${error instanceof Error ? error.message : error}`);
      }
    }
    return kills;
  }

  async #disturbOnce(fault: Fault): Promise<Ended['status']> {
    const lab = this.#lab;
    lab.restore();
    const ended = await this.#scene.run(lab, fault);
    judgeEnd(fault, ended);
    lab.age();
    await this.#scene.end(lab);
    const alerts = alertsOf(lab);
    expect(alerts).toEqual(expect.arrayContaining([...this.#alerts.due]));
    expect(this.#alerts.possible).toEqual(expect.arrayContaining([...alerts]));
    const outcome = outcomeOf(lab);
    // Who is refused something may not know.
    const isUnknown = outcome.isUnknown && (fault.mode !== 'error' || this.#undisturbed.isUnknown);
    expect({ ...outcome, isUnknown }).toEqual(this.#undisturbed);
    return ended.status;
  }

  close(): Promise<void> {
    return this.#lab.close();
  }
}

/** What ends by itself ends as a command of ours does: whatever is refused, that is no fault of the program. */
function judgeEnd({ mode }: Fault, { status, stderr }: Ended): void {
  if (mode === 'error' || typeof status === 'number') expect([0, 1, 2, 3, 4]).toContain(status);
  else expect(status).toBe('SIGKILL');
  expect(stderr).not.toMatch(/fault of oclog itself|\n {4}at /);
}

function outcomeOf(lab: Lab): Outcome {
  const { received, files, ended } = lab;
  return {
    findings: printedIds(lab, 'finding'),
    notices: received.map(idsOf),
    files,
    isUnknown: ended.some(({ stdout }) => stdout.startsWith('OCLOG UNKNOWN')),
  };
}

function alertsOf(lab: Lab): readonly string[] {
  return printedIds(lab, 'alert');
}

function printedIds({ printed }: Lab, type: string): readonly string[] {
  return distinct(printed.filter((one) => one.type === type).map(({ id }) => String(id)));
}

function idsOf(notices: readonly { readonly id: string }[]): readonly string[] {
  return distinct(notices.map(({ id }) => id));
}

function distinct(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort();
}
