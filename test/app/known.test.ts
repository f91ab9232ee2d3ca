import { test } from '@jest/globals';
import { checkKnown } from '../helpers/known-laws.ts';

test('what is known of a wording is what a look at each record says', () => checkKnown(400), 60_000);
