// `oclog check --show-state` and `--reset`: what is remembered, for people, and forgetting it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { type CheckState, parseCheckState } from '../app/check-state.ts';
import type { Given } from '../config/flag.ts';
import { UsageError } from '../lib/errors.ts';
import { stateNameOf } from '../state/directory.ts';
import { takeLock } from '../state/lock.ts';
import { StateStore } from '../state/store.ts';
import type { CheckPlace } from './check-run.ts';
import type { Console } from './console.ts';
import { print } from './print.ts';

export async function runOnState(place: CheckPlace, given: Given, io: Console): Promise<number> {
  const paths = await Promise.all(
    place.logs.map(async (log) => join(place.stateDir, await stateNameOf(log, place.name))),
  );
  if (given['reset'] !== true) return await show(paths, io);
  if (given['dry-run'] === true)
    throw new UsageError('--dry-run changes nothing, and --reset forgets', { hint: 'leave one of them out' });
  if (given['yes'] !== true && !(await isMeant(place.logs, io)))
    return await print('nothing was forgotten\n', io);
  for (const path of paths) await reset(path);
  return await print(
    `forgotten: ${place.logs.join(', ')}; the next run looks back --lookback, and reports that again\n`,
    io,
  );
}

async function show(paths: readonly string[], io: Console): Promise<number> {
  const states = await Promise.all(
    paths.map(async (path) => {
      const file = `${path}.json`;
      const { body, problem } = await new StateStore(file, parseCheckState).read();
      const owner = await readFile(`${path}.lock`, 'utf8').catch(() => null);
      return { file, problem, lock: owner, state: body };
    }),
  );
  return await print(`${JSON.stringify(states, null, 2)}\n`, io);
}

async function reset(path: string): Promise<void> {
  const lock = await takeLock(`${path}.lock`);
  try {
    await new StateStore<CheckState>(`${path}.json`, parseCheckState).remove();
  } finally {
    await lock.release();
  }
}

async function isMeant(logs: readonly string[], io: Console): Promise<boolean> {
  if (process.stdin.isTTY !== true)
    throw new UsageError('--reset asks first, and there is nobody to ask', { hint: 'add --yes' });
  const asking = createInterface({ input: process.stdin, output: io.stderr });
  try {
    const answer = await asking.question(
      `Forget where ${logs.join(', ')} was read to, and its open faults? What the log holds is reported again. [y/N] `,
      { signal: io.signal },
    );
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    asking.close();
  }
}
