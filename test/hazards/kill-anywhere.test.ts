// A check that is killed, or refused by the system, at any operation that changes something outside of the process: what
// it was about to tell is told by the next good run, under the same names. Some of them; the heavy test has all.
import { expect, test } from '@jest/globals';
import { Stage } from '../helpers/faults/laws.ts';
import { SCENES } from '../helpers/faults/scenes.ts';

const PER_SCENE = 7;

test.each(SCENES)(
  '$name: is told all the same',
  async (scene) => {
    const stage = await Stage.open(scene);
    try {
      const { faults } = stage;
      const stride = faults.length / PER_SCENE;
      const some = faults.filter((_, index) => Math.floor(index % stride) === 0);
      expect(some.length).toBeGreaterThanOrEqual(PER_SCENE);
      expect(await stage.disturb(some)).toBeGreaterThan(0);
    } finally {
      await stage.close();
    }
  },
  240_000,
);
