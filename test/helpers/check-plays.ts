// Random lists of what may happen to a log between the runs of a check.

import fc from 'fast-check';
import { type CheckPlay, checkPlay } from './check-laws.ts';
import { ACTIONS } from './family-model.ts';
import { ROTATIONS } from './follow-plays.ts';
import { seedFor } from './seed.ts';

const WORDS: readonly (readonly [weight: number, words: readonly string[]])[] = [
  [6, ['write 1', 'write 2', 'write 5']],
  [3, ['half 200', 'half 7', 'half 60', 'half 130', 'half 400']],
  [2, ['rest']],
  [6, ['run', 'run soon']],
  [3, ['run killed', 'run stopped']],
  [5, ROTATIONS],
  [7, Object.keys(ACTIONS).filter((words) => words !== 'rest')],
];

const play: fc.Arbitrary<CheckPlay> = fc.record({
  actions: fc.array(
    fc.oneof(...WORDS.map(([weight, words]) => ({ weight, arbitrary: fc.constantFrom(...words) }))),
    { minLength: 1, maxLength: 25, size: 'max' },
  ),
});

export async function checkChecking(numRuns: number): Promise<void> {
  await fc.assert(fc.asyncProperty(play, checkPlay), { numRuns, ...seedFor(numRuns) });
}
