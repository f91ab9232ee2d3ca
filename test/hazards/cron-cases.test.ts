// What a log and a machine can do to a check between two runs. Every case begins with a log whose one error was reported.
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { takeLock } from '../../src/state/lock.ts';
import { type Checked, type Run, withChecked } from '../helpers/checked.ts';
import { error, errors, headOfError, info, placeOf, TAIL_OF_ERROR } from '../helpers/follow.ts';
import { asNobody, isRoot } from '../helpers/follow-laws.ts';
import { scanPaths } from '../helpers/scan.ts';

const NOBODY = 65534;

interface Expected {
  readonly numbers: readonly number[];
  /** With a run behind every step, if that sees more before it is destroyed. */
  readonly stepwise?: readonly number[];
  readonly hasGap?: boolean;
}

/** E0 is in the log and was reported. */
async function begin(checked: Checked): Promise<void> {
  checked.create(error(0));
  expect((await checked.run()).numbers).toEqual([0]);
  checked.runs.splice(0);
}

/**
 * The steps, then a run that takes the last record for complete; and once more with a run at once after every step, when
 * the last record may go on: together they must find the same.
 */
function cronCase(
  name: string,
  steps: readonly ((checked: Checked) => void)[],
  { numbers, stepwise = numbers, hasGap = false }: Expected,
): void {
  describe(name, () => {
    test('one run behind all', () =>
      withChecked(async (checked) => {
        await begin(checked);
        for (const step of steps) step(checked);
        await checked.run();
        expect(checked.numbers).toEqual(numbers);
        expect(checked.runs.some((run) => run.hasGap)).toBe(hasGap);
        expect((await checked.run()).numbers).toEqual([]);
      }));

    test('a run behind every step', () =>
      withChecked(async (checked) => {
        await begin(checked);
        for (const step of steps) {
          step(checked);
          await checked.run({}, 1000);
        }
        await checked.run();
        expect(checked.numbers).toEqual(stepwise);
        expect((await checked.run()).numbers).toEqual([]);
      }));

    test('what is told is what a scan tells', () =>
      withChecked(async (checked) => {
        await begin(checked);
        for (const step of steps) step(checked);
        const { findings } = await checked.run();
        const scanned = (await scanPaths([checked.folder])).findings.map(placeOf);
        expect(scanned).toEqual(expect.arrayContaining(findings.map(placeOf)));
      }));
  });
}

const rotate = (checked: Checked): void => checked.rotate();
const write =
  (...numbers: readonly number[]) =>
  (checked: Checked): void =>
    checked.write(errors(...numbers));

cronCase('C1: a line', [write(1)], { numbers: [1] });

test('C2: half a line, a run, its rest', () =>
  withChecked(async (checked) => {
    await begin(checked);
    checked.write(headOfError(1).slice(0, 24));
    expect((await checked.run({}, 1000)).numbers).toEqual([]);
    checked.write(headOfError(1).slice(24) + TAIL_OF_ERROR.slice(0, 30));
    expect((await checked.run({}, 1000)).numbers).toEqual([]);
    checked.write(`${TAIL_OF_ERROR.slice(30)}\n`);
    expect((await checked.run()).numbers).toEqual([1]);
    expect((await checked.run()).numbers).toEqual([]);
  }));

cronCase('C3: a rotation', [write(1), rotate, write(2)], { numbers: [1, 2] });
cronCase('C4: two rotations', [write(1), rotate, write(2), rotate, write(3)], { numbers: [1, 2, 3] });
cronCase(
  'C5: a rotation with gzip',
  [write(1), rotate, (checked) => checked.pack('oc.log.1', 'gz'), write(2)],
  { numbers: [1, 2] },
);
cronCase(
  'C5 with zip: a rotation with zip',
  [write(1), rotate, (checked) => checked.pack('oc.log.1', 'zip'), write(2)],
  { numbers: [1, 2] },
);
cronCase(
  'C6: copied and cut, then longer',
  [write(1), (one) => one.copyAndCut(), write(2, 3, 4, 5, 6, 7, 8, 9)],
  {
    numbers: [1, 2, 3, 4, 5, 6, 7, 8, 9],
  },
);
cronCase(
  'C7: copied and cut, then shorter',
  [write(1), (one) => one.write(info(1) + info(2)), (one) => one.copyAndCut(), write(2)],
  { numbers: [1, 2] },
);
cronCase(
  'C8: deleted, made anew and longer',
  [({ log }) => rmSync(log), (one) => one.create(errors(1, 2, 3, 4, 5, 6, 7, 8, 9))],
  { numbers: [1, 2, 3, 4, 5, 6, 7, 8, 9], hasGap: true },
);

test('C9: an old archive is touched', () =>
  withChecked(async (checked) => {
    checked.create(error(1));
    checked.rotate();
    checked.write(error(2));
    expect((await checked.run()).numbers).toEqual([1, 2]);
    checked.write(info(1));
    utimesSync(checked.path('oc.log.1'), new Date(), new Date());
    const run = await checked.run();
    expect([run.numbers, run.hasGap]).toEqual([[], false]);
  }));

cronCase('C10: rotated, nothing new', [rotate, (one) => one.write(info(1))], { numbers: [] });

test('C11: the log is deleted', () =>
  withChecked(async (checked) => {
    await begin(checked);
    rmSync(checked.log);
    const { answer } = await checked.run();
    expect(answer.status).toBe('UNKNOWN');
    expect(answer.troubles.map(({ cause }) => cause)).toEqual([`log ${checked.log}`]);
    expect(answer.troubles[0]?.message).toContain('no such file');
  }));

test('C12: the state directory is a file', () =>
  withChecked(async (checked) => {
    checked.create(error(1));
    writeFileSync(checked.stateDir, '');
    for (let time = 0; time < 2; time += 1) {
      const { answer, numbers } = await checked.run();
      expect([answer.status, numbers]).toEqual(['UNKNOWN', [1]]);
      expect(answer.troubles[0]?.message).toContain('--state-dir');
    }
  }));

test('C13: two runs at once', () =>
  withChecked(async (checked) => {
    await begin(checked);
    checked.write(errors(1, 2));
    const runs = await Promise.all([checked.run(), checked.run()]);
    const statuses = runs.map(({ answer }) => answer.status).sort();
    expect(checked.numbers).toEqual([1, 2]);
    // The other one may be over while it is waited for.
    expect(statuses[0]).toBe('CRITICAL');
    expect(['CRITICAL', 'UNKNOWN']).toContain(statuses[1]);
    expect((await checked.run()).answer.status).toBe('CRITICAL');
  }));

test.each([
  ['for a moment, is waited for', 200, 'CRITICAL', [1]],
  ['for longer, is not', 600, 'UNKNOWN', []],
] as const)('C13: a lock that is held %s', (_name, heldMs, status, numbers) =>
  withChecked(async (checked) => {
    await begin(checked);
    checked.write(error(1));
    const lock = await takeLock(checked.stateFile.replace(/json$/, 'lock'));
    let slept = 0;
    const sleep = async (ms: number): Promise<void> => {
      slept += ms;
      if (slept >= heldMs) await lock.release();
    };
    const run = await checked.run({ world: { now: () => checked.now(), sleep } });
    expect([run.answer.status, run.numbers]).toEqual([status, numbers]);
    expect(slept).toBeLessThanOrEqual(500);
    await lock.release();
    await checked.run();
    expect(checked.numbers).toEqual([1]);
  }),
);

describe.each([
  ['C14: garbage', 'not a state'],
  ['C25: nothing', ''],
  ['C21: a program', "require('fs').writeFileSync('/tmp/oclog-was-here', ''); module.exports = 1;"],
])('%s in place of the state', (_name, text) => {
  test('of the first run: says so until it is reset, and repeats nothing', () =>
    withChecked(async (checked) => {
      await begin(checked);
      writeFileSync(checked.stateFile, text);
      checked.write(error(1));
      for (let time = 0; time < 2; time += 1) {
        const { answer, numbers } = await checked.run();
        expect([answer.status, numbers]).toEqual(['UNKNOWN', []]);
        expect(answer.troubles[0]?.message).toContain('--reset');
      }
    }));

  test('of a later run: the one before it is used, and the line says so', () =>
    withChecked(async (checked) => {
      await begin(checked);
      checked.write(error(1));
      await checked.run();
      writeFileSync(checked.stateFile, text);
      checked.write(error(2));
      const { answer, findings, numbers } = await checked.run();
      expect([answer.status, numbers]).toEqual(['UNKNOWN', [1, 2]]);
      expect(findings[0]?.id).toBe(checked.runs[0]?.findings[0]?.id);
      expect(answer.troubles[0]?.message).toContain('the one before it was used');
      const next = await checked.run();
      expect([next.answer.status, next.numbers]).toEqual(['CRITICAL', []]);
    }));
});

test('C15: the very first run reports what is there', () =>
  withChecked(async (checked) => {
    checked.create(errors(1, 2));
    expect((await checked.run()).numbers).toEqual([1, 2]);
  }));

test('C15: the very first run says what it leaves out', () =>
  withChecked(async (checked) => {
    checked.create(errors(1, 2));
    const { numbers, answer } = await checked.run({ lookbackMs: 0 });
    expect(numbers).toEqual([]);
    expect(answer.notes.join()).toContain('2 older findings left out');
    checked.write(error(3));
    expect((await checked.run({ lookbackMs: 0 })).numbers).toEqual([3]);
  }));

test.each([0, 1, 2, 3])('C16: a record of several lines, cut by a run behind line %s', (cut) =>
  withChecked(async (checked) => {
    const lines = [
      `${headOfError(1)}polling failed`,
      '\tat com.ca.oc.plugin.Poller.poll(Poller.java:403)',
      `Caused by: com.amazonaws.AmazonServiceException: ${TAIL_OF_ERROR}`,
      '\tat java.base/java.lang.Thread.run(Thread.java:829)',
    ].map((line) => `${line}\n`);
    await begin(checked);
    checked.write(lines.slice(0, cut).join(''));
    expect((await checked.run({}, 1000)).numbers).toEqual([]);
    checked.write(lines.slice(cut).join(''));
    expect((await checked.run()).numbers).toEqual([1]);
    checked.write(info(1));
    expect((await checked.run()).numbers).toEqual([]);
  }),
);

cronCase(
  'C17: copied and cut while the writer keeps its place',
  [
    write(1),
    (checked) => {
      const { size } = statSync(checked.log);
      checked.copyAndCut();
      const fd = openSync(checked.log, 'r+');
      writeSync(fd, error(2), size);
    },
  ],
  { numbers: [1, 2] },
);

test('C18: what could not be delivered is found again, with the same names', () =>
  withChecked(async (checked) => {
    await begin(checked);
    checked.write(error(1));
    const before = readFileSync(checked.stateFile);
    await expect(checked.run({ world: failingWorld(checked) })).rejects.toThrow('no reader');
    expect(readFileSync(checked.stateFile)).toEqual(before);
    expect((await checked.run()).numbers).toEqual([1]);
  }));

/** A world that ends while the answer is put together. */
function failingWorld(checked: Checked) {
  let looks = 0;
  return {
    now: (): number => {
      looks += 1;
      if (looks > 1) throw new Error('no reader');
      return checked.now();
    },
    sleep: async (): Promise<void> => undefined,
  };
}

cronCase(
  'C19: renamed to a date',
  [write(1), (checked) => renameSync(checked.log, checked.path('oc.log.2025-01-01')), write(2)],
  { numbers: [1, 2] },
);

cronCase(
  'C20: rotated, the archive deleted',
  [write(1), rotate, (checked) => rmSync(checked.path('oc.log.1')), write(2)],
  { numbers: [2], stepwise: [1, 2], hasGap: true },
);

cronCase(
  'C22: a copy in its place',
  [rotate, (checked) => copyFileSync(checked.path('oc.log.1'), checked.log), write(1)],
  { numbers: [1] },
);

cronCase('C23: copied and cut, nothing new', [write(1), (one) => one.copyAndCut()], { numbers: [1] });

test('C24: NULs, bytes that are no UTF-8, a line of 3 MB', () =>
  withChecked(async (checked) => {
    await begin(checked);
    checked.write(Buffer.concat([Buffer.alloc(100), Buffer.from(error(1))]));
    checked.write(Buffer.concat([Buffer.from(error(2).trimEnd()), Buffer.from([0xff, 0xfe, 0x0d, 0x0a])]));
    checked.write(`${error(3).trimEnd()}${'x'.repeat(3_000_000)}\n`);
    expect((await checked.run()).numbers).toEqual([1, 2, 3]);
  }));

test('C26: the state cannot be written: what is found is shown each time, until it can', () =>
  withChecked(async (checked) => {
    chmodSync(checked.root, 0o755);
    mkdirSync(checked.stateDir, { mode: 0o700 });
    // Root may write everywhere.
    if (isRoot) chownSync(checked.stateDir, NOBODY, NOBODY);
    const run = async (): Promise<Run> => {
      await asNobody(async () => void (await checked.run()));
      return checked.runs.at(-1) as Run;
    };
    checked.create(error(0));
    expect((await run()).numbers).toEqual([0]);
    chmodSync(checked.stateDir, 0o500);
    checked.write(error(1));
    for (const numbers of [[1], [1, 2]]) {
      const { answer, numbers: found } = await run();
      expect([answer.status, found]).toEqual(['UNKNOWN', numbers]);
      if (numbers.length === 1) checked.write(error(2));
    }
    chmodSync(checked.stateDir, 0o700);
    checked.write(error(3));
    expect((await run()).numbers).toEqual([1, 2, 3]);
  }));

test('C27: rotated, and the new log has the same time of change', () =>
  withChecked(async (checked) => {
    await begin(checked);
    checked.rotate();
    checked.write(info(1));
    const same = new Date();
    for (const path of [checked.log, checked.path('oc.log.1')]) utimesSync(path, same, same);
    expect((await checked.run()).numbers).toEqual([]);
  }));

test('C28: a thousand times the same is one notice', () =>
  withChecked(async (checked) => {
    checked.create(errors(...Array.from({ length: 1000 }, (_, at) => at % 100)));
    const { answer } = await checked.run();
    expect(
      answer.notices.map(({ reason, incidents }) => [reason, incidents.map(({ count }) => count)]),
    ).toEqual([['new', [1000]]]);
  }));

test('C29: nothing new, and still critical until it is quiet', () =>
  withChecked(async (checked) => {
    await begin(checked);
    expect((await checked.run()).answer.status).toBe('CRITICAL');
    checked.pass(3_600_000);
    // Nobody knows while nothing is written.
    expect((await checked.run()).answer.status).toBe('CRITICAL');
    checked.write(info(1));
    const { answer } = await checked.run();
    expect([answer.status, answer.changes.map(({ incident }) => incident.state)]).toEqual(['OK', ['quiet']]);
  }));

test('a state that is a symbolic link is refused', () =>
  withChecked(async (checked) => {
    await begin(checked);
    const { stateFile } = checked;
    renameSync(stateFile, `${stateFile}.else`);
    symlinkSync(`${stateFile}.else`, stateFile);
    expect((await checked.run()).answer.troubles[0]?.message).toContain('symbolic link');
  }));
