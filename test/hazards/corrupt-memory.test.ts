// A state that is cut or changed at any byte, and the generation before it with it: never taken for a state, never passed
// over in silence, and nothing is lost.
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { Checked } from '../helpers/checked.ts';
import { withChecked } from '../helpers/checked.ts';
import { errors, info } from '../helpers/follow.ts';

/** Every so many bytes; the heavy test takes each. */
const STRIDE = Number(process.env['OCLOG_STATE_STRIDE'] ?? 151);

const DAMAGES: readonly (readonly [name: string, damage: (bytes: Buffer, at: number) => Buffer])[] = [
  ['cut', (bytes, at) => bytes.subarray(0, at)],
  ['changed', (bytes, at) => Buffer.from(bytes.map((byte, index) => (index === at ? byte ^ 0x04 : byte)))],
  ['zeroed from there on', (bytes, at) => Buffer.from(bytes.map((byte, index) => (index >= at ? 0 : byte)))],
];

/** Two good runs, then news that no run has seen. */
async function prepare(checked: Checked): Promise<readonly [latest: Buffer, previous: Buffer]> {
  checked.create(errors(1) + info(1));
  await checked.run();
  checked.write(errors(2) + info(2));
  await checked.run();
  checked.write(errors(3) + info(3));
  return [readFileSync(checked.stateFile), readFileSync(`${checked.stateFile}.previous`)];
}

test.each(DAMAGES)(
  'a state that is %s: the one before it is used, and the answer says so',
  (_name, damage) =>
    withChecked(async (checked) => {
      const [latest, previous] = await prepare(checked);
      for (let at = 0; at < latest.length; at += STRIDE) {
        writeFileSync(checked.stateFile, damage(latest, at));
        writeFileSync(`${checked.stateFile}.previous`, previous);
        // Changed in a blank or a line end it may still verify: then it is the state.
        const { answer, numbers } = await checked.run({}, 1000);
        const isWhole = answer.status === 'CRITICAL';
        expect([at, answer.status, numbers]).toEqual([
          at,
          isWhole ? 'CRITICAL' : 'UNKNOWN',
          isWhole ? [3] : [2, 3],
        ]);
        if (isWhole) expect(at).toBeGreaterThan(latest.length - 2);
      }
    }),
  1_200_000,
);

test.each(DAMAGES)(
  'both of them %s: no run knows, until it is reset; then all is told',
  (_name, damage) =>
    withChecked(async (checked) => {
      const [latest, previous] = await prepare(checked);
      for (let at = 0; at < Math.min(latest.length, previous.length) - 1; at += STRIDE) {
        writeFileSync(checked.stateFile, damage(latest, at));
        writeFileSync(`${checked.stateFile}.previous`, damage(previous, at));
        const { answer, numbers } = await checked.run({}, 1000);
        expect([at, answer.status, numbers]).toEqual([at, 'UNKNOWN', []]);
        expect(answer.troubles[0]?.message).toContain('--reset');
        // It is left for whoever wants to look at it.
        expect(readFileSync(checked.stateFile)).toEqual(damage(latest, at));
      }
    }),
  1_200_000,
);
