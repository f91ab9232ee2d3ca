// Scenarios from the tests of other programs that remember where they stopped, each between two runs of a check.
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { alertPolicy } from '../../src/app/alert-policy.ts';
import { encode } from '../../src/state/document.ts';
import { type Checked, withChecked } from '../helpers/checked.ts';
import { error, errors, headOfError, info, TAIL_OF_ERROR } from '../helpers/follow.ts';

const times = (from: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, at) => from + at);
/** A busy machine is no fault. */
const TIMEOUT_MS = 60_000;

const scenario = (name: string, play: (checked: Checked) => Promise<void>): void =>
  test(name, () => withChecked(play), TIMEOUT_MS);

scenario('S32, S33: cut while nobody looked, then fewer lines', async (checked) => {
  checked.create(errors(...times(0, 10)));
  await checked.run();
  truncateSync(checked.log);
  checked.write(errors(...times(50, 5)));
  const run = await checked.run();
  expect([run.numbers, run.hasGap]).toEqual([times(50, 5), true]);
});

scenario('S41: copied, cut and grown past the old place while nobody looked', async (checked) => {
  checked.create(errors(0, 1));
  await checked.run();
  checked.copyAndCut();
  checked.write(errors(...times(20, 9)));
  expect((await checked.run()).numbers).toEqual(times(20, 9));
});

scenario('S55: half a line, a run, the rest, a run', async (checked) => {
  checked.create(info(0));
  await checked.run();
  checked.write(headOfError(1));
  expect((await checked.run({}, 1000)).numbers).toEqual([]);
  checked.write(`${TAIL_OF_ERROR}\n`);
  await checked.run();
  await checked.run();
  expect(checked.numbers).toEqual([1]);
});

scenario(
  'S55: half a line that nobody ends is told when nothing came for long, and its rest is no second finding',
  async (checked) => {
    checked.create(headOfError(1) + TAIL_OF_ERROR.slice(0, -10));
    expect((await checked.run({}, 59_000)).numbers).toEqual([]);
    expect((await checked.run({}, 2000)).numbers).toEqual([1]);
    checked.write(`${TAIL_OF_ERROR.slice(-10)}\n${info(1)}`);
    expect((await checked.run()).numbers).toEqual([]);
  },
);

scenario('half a line that turns out to be about something else is told again', async (checked) => {
  checked.create(`${headOfError(1)}(Service: AmazonEC2; Status Code: 403; Error Code: Unknown`);
  const early = await checked.run();
  checked.write(`; Request ID: 1)\nCaused by: ${TAIL_OF_ERROR}\n${info(1)}`);
  const late = await checked.run();
  expect([...early.findings, ...late.findings].map(({ code }) => code).at(-1)).toBe('VNA1001');
});

scenario('S65: a very long line is not told again', async (checked) => {
  checked.create(`${error(1).trimEnd()}${'x'.repeat(2_000_000)}\n${info(1)}`);
  expect((await checked.run()).numbers).toEqual([1]);
  checked.write(info(2));
  expect((await checked.run()).numbers).toEqual([]);
});

scenario('S68: a trace that was told before it was over is not told again', async (checked) => {
  checked.create(error(1));
  expect((await checked.run()).numbers).toEqual([1]);
  checked.write('\tat com.ca.oc.plugin.Poller.poll(Poller.java:403)\n');
  expect((await checked.run()).numbers).toEqual([]);
  checked.write(`Caused by: something else\n${info(2)}`);
  expect((await checked.run()).numbers).toEqual([]);
});

scenario('S71: after a run that was answered, only what is new', async (checked) => {
  checked.create(errors(1, 2));
  await checked.run();
  checked.write(error(3));
  expect((await checked.run()).numbers).toEqual([3]);
});

scenario('S72: after a run that was not answered, the same again, under the same names', async (checked) => {
  checked.create(errors(1, 2));
  const refusing = { dryRun: true };
  const first = await checked.run(refusing);
  const second = await checked.run();
  expect(second.findings.map(({ id }) => id)).toEqual(first.findings.map(({ id }) => id));
});

scenario('S73, S100: stopped again and again, every line once', async (checked) => {
  checked.create(
    times(0, 4000)
      .map((number) => error(number % 100))
      .join(''),
  );
  let runs = 0;
  do {
    // Time is up behind the first chunk that is read.
    let looks = 0;
    const now = (): number => checked.now() + (looks++ > 0 ? 1000 : 0);
    await checked.run({ deadlineMs: 1, world: { now, sleep: async () => undefined } });
    runs += 1;
  } while (
    checked.runs.at(-1)?.answer.notes.some((note) => note.includes('time was up')) === true &&
    runs < 100
  );
  await checked.run();
  expect(runs).toBeGreaterThan(2);
  expect(checked.numbers).toEqual(times(0, 4000).map((number) => number % 100));
});

scenario('S74: rotated while stopped', async (checked) => {
  checked.create(error(1));
  await checked.run();
  checked.rotate();
  checked.write(error(2));
  expect((await checked.run()).numbers).toEqual([2]);
});

scenario('S75: an answer that is refused five times loses nothing', async (checked) => {
  checked.create(error(0));
  await checked.run();
  for (const number of times(1, 5)) {
    checked.write(error(number));
    if (number === 3) checked.rotate();
    await checked.run({ dryRun: true });
  }
  checked.runs.splice(0);
  expect((await checked.run()).numbers).toEqual(times(1, 5));
});

scenario(
  'S77: what a killed run left half written is removed, and the state before it holds',
  async (checked) => {
    checked.create(error(1));
    await checked.run();
    const { stateFile, stateDir } = checked;
    const name = stateFile.slice(stateDir.length + 1);
    writeFileSync(join(stateDir, `.${name}.0123456789ab.tmp`), readFileSync(stateFile).subarray(0, 100));
    checked.write(error(2));
    expect((await checked.run()).numbers).toEqual([2]);
    expect(readdirSync(stateDir).filter((one) => one.endsWith('.tmp'))).toEqual([]);
  },
);

scenario('S78, S102: a state that is cut, and alone, is said to be so', async (checked) => {
  checked.create(error(1));
  await checked.run();
  const whole = readFileSync(checked.stateFile);
  for (const length of [0, 1, whole.length >> 1, whole.length - 2]) {
    writeFileSync(checked.stateFile, whole.subarray(0, length));
    expect((await checked.run()).answer.status).toBe('UNKNOWN');
  }
});

scenario(
  'S79, S81: another log under the same name, or the same file with another content, is read from its start',
  async (checked) => {
    checked.create(errors(1, 2));
    await checked.run();
    rmSync(checked.log);
    checked.create(errors(3, 4));
    expect((await checked.run()).numbers).toEqual([3, 4]);
    // In place: the inode stays.
    writeFileSync(checked.log, errors(5, 6));
    expect((await checked.run()).numbers).toEqual([5, 6]);
  },
);

scenario('S80: what is remembered of files that are gone is bounded', async (checked) => {
  checked.create(error(0));
  for (const number of times(1, 40)) {
    await checked.run();
    checked.rotate();
    checked.write(error(number));
    rmSync(checked.path('oc.log.3'), { force: true });
  }
  await checked.run();
  expect(checked.numbers).toEqual(times(0, 41));
  const { body } = JSON.parse(readFileSync(checked.stateFile, 'utf8')) as {
    body: { family: { contents: unknown[] } };
  };
  expect(body.family.contents.length).toBeLessThanOrEqual(16);
});

scenario('S83: a state of an unknown schema is refused, not misread', async (checked) => {
  checked.create(error(1));
  await checked.run();
  writeFileSync(checked.stateFile, encode({ offset: 5 }).replace('"schema":1', '"schema":0'));
  expect((await checked.run()).answer.troubles[0]?.message).toContain('is of no known schema');
});

scenario('S85, S93: resumed though the inode is another at every run', async (checked) => {
  checked.create(errors(1, 2));
  for (const number of times(3, 4)) {
    await checked.run();
    copyFileSync(checked.log, checked.path('copy'));
    rmSync(checked.log);
    renameSync(checked.path('copy'), checked.log);
    checked.write(error(number));
  }
  await checked.run();
  expect(checked.numbers).toEqual(times(1, 6));
  expect(checked.runs.some(({ hasGap }) => hasGap)).toBe(false);
});

scenario('S86: two more, a rotation without a new log', async (checked) => {
  checked.create(error(1));
  await checked.run();
  checked.write(errors(2, 3));
  checked.rotate();
  const run = await checked.run();
  expect([run.numbers, run.answer.status]).toEqual([[2, 3], 'UNKNOWN']);
  checked.create(error(4));
  expect((await checked.run()).numbers).toEqual([4]);
});

for (const packing of [null, 'gz', 'zip'] as const)
  scenario(`S87, S88: three rotations between two runs, ${packing ?? 'plain'}`, async (checked) => {
    checked.create(error(0));
    await checked.run();
    for (const number of times(1, 3)) {
      checked.write(error(number));
      checked.rotate();
      checked.create(info(number));
      if (packing !== null) {
        checked.pack('oc.log.1', packing);
        renameSync(checked.path(`oc.log.1.${packing}`), checked.path(`oc.log.2026-11-0${number}.${packing}`));
      }
    }
    checked.write(error(9));
    const run = await checked.run();
    expect([run.numbers.toSorted(), run.hasGap]).toEqual([[1, 2, 3, 9], false]);
    expect((await checked.run()).numbers).toEqual([]);
  });

scenario('S90: deleted and made anew in many ways', async (checked) => {
  checked.create(error(0));
  await checked.run();
  for (const number of times(1, 5)) {
    rmSync(checked.log, { force: true });
    if (number % 2 === 0) expect((await checked.run()).answer.status).toBe('UNKNOWN');
    checked.create(errors(...times(number * 10, number)));
    expect((await checked.run()).numbers).toEqual(times(number * 10, number));
  }
});

scenario('S91: an archive that is large when unpacked', async (checked) => {
  checked.create(error(0));
  await checked.run();
  const line = info(1);
  for (let at = 0; at < 4; at += 1) checked.write(line.repeat(20_000));
  checked.write(error(1));
  checked.rotate();
  checked.pack('oc.log.1', 'gz');
  checked.create(error(2));
  expect((await checked.run()).numbers).toEqual([1, 2]);
});

scenario('S95: a fault that counts from its third sighting on counts over runs', async (checked) => {
  const fire = { count: 3, within: 3_600_000 };
  const policy = alertPolicy([]);
  const rules = new Map([
    ['aws.invalid-client-token-id', { quietAfter: null, repeat: null, fire, inhibits: [] }],
  ]);
  checked.create(error(1));
  const status = async (): Promise<string> =>
    (await checked.run({ policy: { ...policy, rules } })).answer.status;
  expect(await status()).toBe('OK');
  checked.write(error(2));
  expect(await status()).toBe('OK');
  checked.write(error(3));
  expect(await status()).toBe('CRITICAL');
});

scenario('S96: stays critical, longer when it comes again, until it is quiet', async (checked) => {
  checked.create(error(1));
  const policy = alertPolicy([], { quietAfter: 15 * 60_000 });
  const status = async (): Promise<string> => (await checked.run({ policy }, 10 * 60_000)).answer.status;
  expect(await status()).toBe('CRITICAL');
  checked.write(error(2));
  expect(await status()).toBe('CRITICAL');
  checked.write(info(1));
  expect(await status()).toBe('CRITICAL');
  checked.write(info(2));
  expect(await status()).toBe('OK');
});

scenario('a link that is turned to another log: the rest of the one, then the other', async (checked) => {
  const elsewhere = join(checked.root, 'elsewhere');
  mkdirSync(elsewhere);
  writeFileSync(join(elsewhere, 'a.log'), error(1));
  symlinkSync(join(elsewhere, 'a.log'), checked.log);
  await checked.run();
  appendFileSync(join(elsewhere, 'a.log'), error(2));
  unlinkSync(checked.log);
  writeFileSync(join(elsewhere, 'b.log'), error(3));
  symlinkSync(join(elsewhere, 'b.log'), checked.log);
  const run = await checked.run();
  expect([run.numbers, run.hasGap]).toEqual([[2, 3], false]);
});

scenario('a link to a log that is rotated where it is', async (checked) => {
  const elsewhere = join(checked.root, 'elsewhere');
  mkdirSync(elsewhere);
  const real = join(elsewhere, 'vna.log');
  writeFileSync(real, error(1));
  symlinkSync(real, checked.log);
  await checked.run();
  appendFileSync(real, error(2));
  renameSync(real, `${real}.1`);
  writeFileSync(real, error(3));
  expect((await checked.run()).numbers).toEqual([2, 3]);
});

scenario('the folder is renamed away and made anew', async (checked) => {
  checked.create(error(1));
  await checked.run();
  renameSync(checked.folder, `${checked.folder}-old`);
  mkdirSync(checked.folder);
  checked.create(error(2));
  const run = await checked.run();
  expect([run.numbers, run.hasGap]).toEqual([[2], true]);
});

scenario('a writer that was not told goes on in the archive', async (checked) => {
  checked.create(error(1));
  await checked.run();
  checked.rotate();
  checked.create(error(2));
  await checked.run();
  checked.write(error(3), checked.path('oc.log.1'));
  await checked.run();
  expect(checked.numbers).toEqual([1, 2, 3]);
});

scenario('archives that were put back are no news', async (checked) => {
  checked.create(error(60));
  await checked.run();
  const old = error(1).replaceAll('2026-11-23', '2020-01-01');
  writeFileSync(checked.path('oc.log.2020-01-01'), old);
  expect((await checked.run()).numbers).toEqual([]);
});

scenario('a record that was seen and then destroyed before it was over is told', async (checked) => {
  checked.create(info(1));
  await checked.run();
  checked.write(error(1));
  expect((await checked.run({}, 1000)).numbers).toEqual([]);
  rmSync(checked.log);
  checked.create(info(2));
  const run = await checked.run();
  expect([run.numbers, run.hasGap]).toEqual([[1], true]);
  expect(existsSync(checked.log)).toBe(true);
});

scenario('a thousand archives: none is told twice, and the state stays small', async (checked) => {
  const day = (at: number): string =>
    new Date(Date.UTC(2020, 0, 1) + at * 86_400_000).toISOString().slice(0, 10);
  for (const at of times(0, 1200))
    checked.create(error(at % 100).replaceAll('2026-11-23', day(at)), checked.path(`oc.log.${day(at)}`));
  checked.create(error(50));
  const first = await checked.run();
  expect(first.numbers).toHaveLength(1201);
  checked.write(error(51));
  checked.rotate();
  checked.create(error(52));
  expect((await checked.run()).numbers).toEqual([51, 52]);
  expect(readFileSync(checked.stateFile).length).toBeLessThan(300_000);
});
