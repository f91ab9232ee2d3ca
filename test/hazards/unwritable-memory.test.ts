// A memory that can be read but not written: the check knows what it knew, says that it cannot remember more, and tells no
// receiver what it would have to tell again in five minutes.
import { mkdirSync, rmdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { Notice } from '../../src/alerts/alert.ts';
import type { CheckSettings } from '../../src/app/check-settings.ts';
import { withChecked } from '../helpers/checked.ts';
import { errors } from '../helpers/follow.ts';

const MINUTE = 60_000;

function recording(queued: Notice[]): NonNullable<CheckSettings['outbox']> {
  return {
    enqueue: async (notices) => void queued.push(...notices),
    depth: async () => ({ waiting: 0, dead: 0, warnings: [], notes: [] }),
  };
}

test('a lock that cannot be taken, though nobody holds it', () =>
  withChecked(async (checked) => {
    const queued: Notice[] = [];
    const outbox = recording(queued);
    checked.create(errors(1, 2));
    await checked.run({ outbox });
    expect(queued).toHaveLength(1);
    const lock = checked.stateFile.replace(/json$/, 'lock');
    mkdirSync(lock);
    checked.write(errors(3));
    for (let time = 0; time < 3; time += 1) {
      const { answer, numbers } = await checked.run({ outbox }, 5 * MINUTE);
      expect([answer.status, numbers, answer.open[0]?.count]).toEqual(['UNKNOWN', [3], 3]);
      expect(answer.troubles.map(({ message }) => message)).toEqual([expect.stringContaining(lock)]);
    }
    // An hour later it would be told again, and by each run from then on.
    const { answer } = await checked.run({ outbox }, 60 * MINUTE);
    expect([answer.status, answer.notices.length, queued.length]).toEqual(['UNKNOWN', 1, 1]);
    rmdirSync(lock);
    expect((await checked.run({ outbox })).numbers).toEqual([3]);
    expect(queued.map(({ reason }) => reason)).toEqual(['new', 'repeat']);
  }));
