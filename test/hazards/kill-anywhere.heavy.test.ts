// A check that is killed, or refused by the system, at each operation that changes something outside of the process.
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Fault } from '../helpers/faults/lab.ts';
import { Stage } from '../helpers/faults/laws.ts';
import { SCENES } from '../helpers/faults/scenes.ts';

let kills = 0;
afterAll(() => {
  process.stderr.write(`${kills} kills\n`);
  expect(kills).toBeGreaterThan(1000);
});

describe.each(SCENES)('$name', (scene) => {
  const disturb = async (isMeant: (fault: Fault) => boolean): Promise<number> => {
    const stage = await Stage.open(scene);
    try {
      return await stage.disturb(stage.faults.filter(isMeant));
    } finally {
      await stage.close();
    }
  };

  test('is told all the same, wherever it is killed', async () => {
    kills += await disturb(({ mode }) => mode !== 'error');
  }, 3_600_000);

  test('is told all the same, whatever is refused', async () => {
    expect(await disturb(({ mode }) => mode === 'error')).toBe(0);
  }, 3_600_000);
});
