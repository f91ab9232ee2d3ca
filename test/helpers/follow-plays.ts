// Random lists of what may happen to a log.

import fc from 'fast-check';
import { ACTIONS } from './family-model.ts';
import { check, type Play } from './follow-laws.ts';
import { seedFor } from './seed.ts';

export const ROTATIONS = ['.N', 'dated', 'dated.N'].flatMap((scheme) => [
  `rotate ${scheme} plain`,
  `rotate ${scheme} plain seen absent`,
  ...['gz', 'zip'].flatMap((packing) =>
    ['', ' seen created', ' seen packing', ' seen packed', ' seen absent'].map(
      (seen) => `rotate ${scheme} ${packing}${seen}`,
    ),
  ),
]);

/** The words of all actions, by how often they are wanted. */
const WORDS: readonly (readonly [weight: number, words: readonly string[]])[] = [
  [6, ['write 1', 'write 2', 'write 5']],
  [3, ['half 200', 'half 7', 'half 60', 'half 130', 'half 400']],
  [2, ['rest']],
  [6, ['look']],
  [5, ROTATIONS],
  [7, Object.keys(ACTIONS).filter((words) => words !== 'rest')],
];

const word = fc.oneof(
  ...[...WORDS, [1, ['idle']] as const].map(([weight, words]) => ({
    weight,
    arbitrary: fc.constantFrom(...words),
  })),
);

const play: fc.Arbitrary<Play> = fc.record({
  from: fc.constantFrom('end', 'start', 'archives'),
  before: fc.array(word, { maxLength: 6 }),
  actions: fc.array(word, { minLength: 1, maxLength: 25, size: 'max' }),
});

export async function checkFollowing(numRuns: number): Promise<void> {
  await fc.assert(fc.asyncProperty(play, check), { numRuns, ...seedFor(numRuns) });
}
